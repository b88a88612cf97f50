"""Printed lines rejoined into paragraphs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.reading.pdf.layout import CLOSERS as CLOSING
from ingest.reading.pdf.layout import WHOLE, Line, Page, Table
from ingest.reading.pdf.tables import aligned, continued, tabbed

Place = tuple[int, int, int]

SENTENCE_END = tuple("。！？!?")
PART_END = tuple("；：;:")
OPEN = tuple("（(“‘《〈〔【[，、")
SOURCE = re.compile(r"[（(]\s*来源\s*[:：]")
CLOSERS = "”’）)》】〕"
LABEL = re.compile(
    r"第[零〇一二三四五六七八九十百\d]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}[.．、](?!\d)|[①-⑳◆●■]|——|附件|[图表]\s?\d|编者按"
)
# In parts of the size of the type.
INDENT = 0.8
WIDEST_INDENT = 3.2
LOOSE = 0.35  # more white above a line than others have: a new paragraph
SLACK = 0.75  # what a full line may lack: a blank, or what its margin was taken for too much
WIDEST_GAP = 3  # lines
HABIT = 0.1  # of the lines show how paragraphs are told from each other
NARROWEST = 0.5  # part of the page that a column takes
SHARE = 0.15  # of the lines end at the margin where text is set in paragraphs
SIZE = 0.08  # part by which two sizes may differ and be one


@dataclass(frozen=True, slots=True)
class Column:
    """Where text begins and ends on pages of one size, and how far two of its lines are apart, in points;
    whether paragraphs begin with an indent, whether white stands between them."""

    left: float
    right: float
    leading: float
    indented: bool = False
    parted: bool = False


def paragraphs(pages: Sequence[Page]) -> tuple[list[str], list[int]]:
    """The lines of text, an empty one between two paragraphs, and the page that each begins on."""
    columns = _columns(pages)
    lines: list[str] = []
    numbers: list[int] = []

    def add(texts: Sequence[str], page: int, apart: bool = True) -> None:
        if lines and apart:
            lines.append("")
            numbers.append(numbers[-1])
        lines.extend(texts)
        numbers.extend([page] * len(texts))

    table: Table | None = None
    for part in _rejoined(pages, columns):
        if isinstance(part, Table):
            more = continued(table, part)
            add(tabbed(part.rows if more is None else more), part.page, apart=more is None)
            table = part
        else:
            add([_text(part)], part[0].page)
            table = None
    return lines, numbers


def _rejoined(pages: Sequence[Page], columns: Mapping[Place, Column]) -> Iterator[list[Line] | Table]:
    """Paragraphs as their lines, and tables, in order."""
    paragraph: list[Line] = []
    for part in _parts(pages):
        if paragraph and (isinstance(part, Table) or not _goes_on(paragraph[-1], part, pages, columns)):
            yield paragraph
            paragraph = []
        if isinstance(part, Table):
            yield part
        else:
            paragraph.append(part)
    if paragraph:
        yield paragraph


def _parts(pages: Sequence[Page]) -> Iterator[Line | Table]:
    """Lines and tables in the order of the print."""
    for page in pages:
        lines = page.lines
        for table in sorted(page.tables, key=lambda table: table.top):
            yield from aligned([line for line in lines if line.top < table.top])
            lines = [line for line in lines if line.top >= table.top]
            yield table
        yield from aligned(lines)


def _place(page: Page, line: Line) -> Place:
    """Lines of one place are set in one column: on pages of one size, in the same one of two, if there are two."""
    return round(page.width), round(page.height), line.column


def _columns(pages: Sequence[Page]) -> dict[Place, Column]:
    grouped: dict[Place, list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            grouped[_place(page, line)].append(line)
    return {place: _column(lines, place[0] if place[2] == WHOLE else 0) for place, lines in grouped.items()}


def _column(lines: Sequence[Line], width: float) -> Column:
    """The column that most of the lines are set in; `width` is the page's, if it has but one."""
    size = median(line.size for line in lines)
    steps = [after.top - before.top for before, after in pairwise(lines) if before.page == after.page]
    lines = [line for line in lines if abs(line.size - size) <= SIZE * size and len(line.cells) == 1] or lines
    left = _shared(sorted(line.x0 for line in lines), size)
    unhung = [line for line in lines if line.text[-1] not in CLOSING] or lines  # punctuation may hang over
    right = -_shared(sorted(-line.x1 for line in unhung), size)
    full = [line for line in lines if line.x1 > right - 2 * size]
    if len(full) < max(3, SHARE * len(lines)) or right - left < NARROWEST * width:
        right = max(right, width - left)  # hardly a line is full: the margins are alike
    dense = [
        after.top - before.top
        for before, after in pairwise(lines)
        if before.page == after.page and before.x1 > right - 2 * size
    ]
    leading = median(dense) if dense else 0.0
    indented = sum(1 for line in lines if INDENT * size < line.x0 - left < WIDEST_INDENT * size)
    parted = sum(1 for step in steps if leading and leading + LOOSE * size < step < WIDEST_GAP * leading)
    return Column(left, right, leading, indented > HABIT * len(lines), parted > HABIT * len(lines))


def _shared(places: Sequence[float], size: float) -> float:
    """The outermost place that more than a stray line has."""
    for index, place in enumerate(places):
        near = sum(1 for other in places[index : index + max(3, len(places) // 50)] if other <= place + size)
        if near >= min(max(3, len(places) // 50), len(places)):
            return place
    return places[0]


def _goes_on(last: Line, line: Line, pages: Sequence[Page], columns: Mapping[Place, Column]) -> bool:
    """Whether a line continues the paragraph of the last: that is full, and nothing says that a new one begins."""
    size = last.size
    if abs(line.size - size) > SIZE * size or len(last.cells) > 1 or len(line.cells) > 1:
        return False
    column = columns[_place(pages[line.page - 1], line)]
    before = columns[_place(pages[last.page - 1], last)]
    full = last.x1 + line.chunk > before.right - SLACK * size
    if SOURCE.match(line.text) or not (full or last.text.endswith(OPEN)):
        return False
    if line.page == last.page and column.leading and line.top - last.top > column.leading + LOOSE * size:
        return False
    finished = last.text.rstrip(CLOSERS).endswith(SENTENCE_END)
    closed = finished or last.text.endswith((*PART_END, *CLOSERS))
    margin = column.left + INDENT * size
    if line.x0 > margin:  # indented: a new paragraph, or one that is set in as a whole
        return not (closed or LABEL.match(line.text) or (column.indented and last.x0 <= before.left + INDENT * size))
    if closed and LABEL.match(line.text):
        return False
    return column.indented or column.parted or not finished


def _text(paragraph: Sequence[Line]) -> str:
    """The lines of a paragraph as one: a space only between two words of Latin letters."""
    text = paragraph[0].text
    for line in paragraph[1:]:
        latin = text[-1:].isascii() and text[-1:].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
        text += f" {line.text}" if latin else line.text
    return text
