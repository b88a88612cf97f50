"""Numbers as bars, drawn by the server."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its number, and its length in per cent of the longest."""

    name: int | str
    number: int
    percent: float


def bars(rows: Iterable[tuple[int | str, int]]) -> list[Bar]:
    rows = list(rows)
    longest = max((number for _, number in rows), default=0) or 1
    return [Bar(name, number, round(100 * number / longest, 1)) for name, number in rows]
