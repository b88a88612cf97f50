"""Page numbers and running heads: what repeats at the same place over pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from ingest.reading.pdf.layout import Line, Page

DEPTH = 3  # lines from the edge of a page that may be furniture
NEAR = 4.0  # points within which two places are the same
REPEATED = 0.7  # least share of what stands at such a place that is found on other pages too
DIGITS = re.compile(r"\d+|(?<![a-zA-Z])[ivxlcIVXLC]{1,7}(?![a-zA-Z])")
BLANK = re.compile(r"\s+")

Place = tuple[int, int]


def without_furniture(pages: Sequence[Page]) -> Sequence[Page]:
    """The same pages; lines that repeat at the upper or lower edge, numbers aside, are taken out of them.

    Going inwards from the edge, a place is furniture if most of what stands there, in type of one size,
    repeats: text proper has something else on every page.
    """
    for edge in (_first, _last):
        for _ in range(DEPTH):
            found = _repeated(pages, edge)
            if not found:
                break
            for page in pages:
                page.lines = [line for line in page.lines if id(line) not in found]
    return pages


def _first(page: Page) -> Line | None:
    line = min(page.lines, key=lambda line: line.top, default=None)
    inside = line and any(table.top < line.top for table in page.tables)
    return None if inside else line


def _last(page: Page) -> Line | None:
    line = max(page.lines, key=lambda line: line.bottom, default=None)
    inside = line and any(table.bottom > line.bottom for table in page.tables)
    return None if inside else line


def _repeated(pages: Sequence[Page], edge: Callable[[Page], Line | None]) -> set[int]:
    """The ids of the outermost lines that are furniture."""
    places: dict[Place, list[Line]] = defaultdict(list)
    for page in pages:
        line = edge(page)
        if line:
            from_edge = line.top if edge is _first else page.height - line.bottom
            places[round(from_edge / NEAR), round(line.size)].append(line)
    found: set[int] = set()
    for lines in places.values():
        counted = Counter(masked(line.text) for line in lines)
        repeated = [line for line in lines if counted[masked(line.text)] > 1]
        if len(repeated) >= REPEATED * len(lines):
            found |= {id(line) for line in repeated}
    return found


def masked(text: str) -> str:
    """The text without blanks, every number alike."""
    return DIGITS.sub("#", BLANK.sub("", text))
