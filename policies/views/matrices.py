"""Numbers over two axes, as a table whose cells are darker the larger their number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SHADES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A row or column: what it counts under, what it is called, where its name leads (blank: nowhere)."""

    key: Any
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, a shade from 0 (nothing) to SHADES (the most, if it is as many), and where it leads."""

    number: int
    shade: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    place: Place
    cells: list[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: list[Place]
    rows: list[Row]


def matrix(
    counts: Mapping[tuple[Any, Any], int],
    rows: Iterable[Place],
    columns: Iterable[Place],
    address: Callable[[Any, Any], str] = lambda row, column: "",
    totals: Mapping[Any, int] | None = None,
) -> Matrix:
    """`counts` by (row, column); `address` gives a cell's link.

    `totals` by row is given where its cells overlap, so that their sum would count some things twice.
    """
    rows, columns = list(rows), list(columns)
    most = max((counts.get((row.key, column.key), 0) for row in rows for column in columns), default=0)

    def cell(row: Any, column: Any) -> Cell:
        number = counts.get((row, column), 0)
        return Cell(number, shade(number, most), address(row, column) if number else "")

    drawn = []
    for row in rows:
        cells = [cell(row.key, column.key) for column in columns]
        total = sum(cell.number for cell in cells) if totals is None else totals.get(row.key, 0)
        drawn.append(Row(row, cells, total))
    return Matrix(columns, drawn)


def shade(number: int, most: int) -> int:
    """`number`'s share of `most` in SHADES steps, a step to each where there are not so many; 0 for none."""
    return -(-SHADES * number // max(most, SHADES))
