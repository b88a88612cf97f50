"""Where a clause holds what was looked for, in the characters that are printed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import fold_with_map

BEFORE = 40  # characters of a snippet before its first mark
LENGTH = 180

Range = tuple[int, int]  # [start, end), offsets of characters


class Mark(NamedTuple):
    """A marked part [start, end) of a text; `continued` where it goes on with a mark that began before it."""

    start: int
    end: int
    continued: bool = False


def marks(text: str, sought: Iterable[str]) -> list[Range]:
    """The places in the printed `text` of the folded texts `sought`: from left to right, apart from each other."""
    folded = fold_with_map(text)
    merged: list[Range] = []
    for start, end in sorted(place for wanted in sought for place in folded.occurrences(wanted)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut(marked: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """What of the marks lies in [start, end) of their text, as marks of that part alone."""
    return [
        Mark(max(low, start) - start, min(high, end) - start, continued or low < start)
        for low, high, continued in marked
        if low < end and high > start
    ]


def excerpt(text: str, marked: list[Range]) -> Range:
    """The part of `text` to show: around the first mark; it cuts no mark in two."""
    first = marked[0][0] if marked else 0
    start = max(first - BEFORE, 0)
    if start < BEFORE // 2:  # cutting off a few characters saves nothing
        start = 0
    end = max([start + LENGTH, *(high for low, high in marked if low < start + LENGTH)])
    if end > len(text) - BEFORE // 2:
        end = len(text)
    return start, end


def snippet(text: str, marked: list[Range]) -> SafeString:
    """HTML of the excerpt of `text`, its marks in <mark>, dots where something is left out."""
    start, end = excerpt(text, marked)
    inside = [(low, high) for low, high in marked if high <= end]
    before = "…" if start > 0 else ""
    after = "…" if end < len(text) else ""
    return mark_safe(f"{before}{_with_marks(text, start, end, inside)}{after}")  # noqa: S308 every part is escaped


def with_marks(text: str, marked: Sequence[Range | Mark]) -> SafeString:
    """HTML of the whole `text`, its marks in <mark>, those that are continued of the class `on`."""
    return mark_safe(_with_marks(text, 0, len(text), marked))  # noqa: S308 every part is escaped


def _with_marks(text: str, start: int, end: int, marked: Sequence[Range | Mark]) -> str:
    parts = []
    at = start
    for low, high, *continued in marked:
        tag = '<mark class="on">' if any(continued) else "<mark>"
        parts += [escape(text[at:low]), tag, escape(text[low:high]), "</mark>"]
        at = high
    return "".join([*parts, escape(text[at:end])])
