"""Page numbers and running heads: what repeats at the same place over pages."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.reading.pdf.layout import Line, Page

DEPTH = 3  # lines from the edge of a page that may be furniture
NEAR = 4.0  # points within which two places are the same
REPEATED = 0.7  # least share of what stands at such a place that is found on other pages too
DIGITS = re.compile(r"\d+|(?<![a-zA-Z])[ivxlcIVXLC]{1,7}(?![a-zA-Z])")
BLANK = re.compile(r"\s+")
NUMBER = re.compile(
    r"[-—–－·~]{0,3}\d{1,4}[-—–－·~]{0,3}|第\d{1,4}页(?:[，,/（(]?共\d{1,4}页[）)]?)?|(?:Page)?\d{1,4}(?:/|of)\d{1,4}"
)
ARABIC = re.compile(r"\d{1,9}")
SENTENCE = ("。", "，", "；", "、", "：")
MARGIN = 0.1  # of a page's height, where a number that stands alone is the page's

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
        alike: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            alike[masked(line.text)].append(line)
        repeated = [line for group in alike.values() if _is_series(group) for line in group]
        if len(repeated) >= REPEATED * len(lines):
            found |= {id(line) for line in repeated}
    return found | {id(line) for page in pages if (line := edge(page)) and _is_number(line, page)}


def _is_series(lines: Sequence[Line]) -> bool:
    """Whether lines alike but for their numbers are furniture: no sentences, their numbers the same or the pages'."""
    if len(lines) < 2 or lines[0].text.endswith(SENTENCE):
        return False
    for before, after in pairwise(lines):
        numbers = zip(ARABIC.findall(before.text), ARABIC.findall(after.text), strict=False)
        if any(int(b) - int(a) not in (0, after.page - before.page) for a, b in numbers):
            return False
    return True


def _is_number(line: Line, page: Page) -> bool:
    """Whether the line is a page number by itself, in the margin: so it is told on a single page."""
    outside = line.bottom < MARGIN * page.height or line.top > (1 - MARGIN) * page.height
    return outside and bool(NUMBER.fullmatch(BLANK.sub("", line.text)))


def masked(text: str) -> str:
    """The text without blanks, every number alike."""
    return DIGITS.sub("#", BLANK.sub("", text))
