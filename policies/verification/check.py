"""What a check is: one invariant of the base, what breaks it, and how it is made to hold again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Check:
    """`says` is the invariant in Chinese; `faults` gives for each thing that breaks it a phrase that names its place.

    It only reads, and is called in a transaction.  `repair` makes what follows from other rows follow again, in
    transactions of its own; None where only a person can tell what is right.
    """

    says: str
    faults: Callable[[], Iterable[str]]
    repair: Callable[[], object] | None = None


def asked(query: str, parameters: Any = None) -> Iterator[tuple[Any, ...]]:
    """The rows that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        yield from cursor


def place(slug: str | None, eid: str | None = "", line: int = 0) -> str:
    """Where in which policy something stands: 云岭-2031-数据条例#art_3 第 12 行."""
    address = f"{slug or '（无政策）'}{'#' + eid if eid else ''}"
    return f"{address} 第 {line} 行" if line else address
