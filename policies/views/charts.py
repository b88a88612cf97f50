"""Numbers as bars, drawn by the server."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its number, its length in per cent of the longest, and where its name leads."""

    name: int | str
    number: int
    percent: float
    address: str = ""


def bars(rows: Iterable[tuple[int | str, int]]) -> list[Bar]:
    return linked_bars((name, number, "") for name, number in rows)


def linked_bars(rows: Iterable[tuple[int | str, int, str]]) -> list[Bar]:
    rows = list(rows)
    longest = max((number for _, number, _ in rows), default=0) or 1
    return [Bar(name, number, round(100 * number / longest, 1), address) for name, number, address in rows]
