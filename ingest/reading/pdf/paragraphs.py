"""Printed lines rejoined into paragraphs, and columns of words into the rows of a table."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.reading.pdf.layout import CLOSERS as CLOSING
from ingest.reading.pdf.layout import Line, Page, Table

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

    def add(texts: Sequence[str], page: int) -> None:
        if lines:
            lines.append("")
            numbers.append(numbers[-1])
        lines.extend(texts)
        numbers.extend([page] * len(texts))

    paragraph: list[Line] = []
    rows: Table | None = None
    for part in _parts(pages):
        if isinstance(part, Table):
            if paragraph:
                add([_text(paragraph)], paragraph[0].page)
                paragraph = []
            more = _continued(rows, part)
            if more is None:
                add(_tabbed(part.rows), part.page)
            else:
                lines.extend(_tabbed(more))
                numbers.extend([part.page] * len(_tabbed(more)))
            rows = part
            continue
        rows = None
        column = columns[_shape(pages[part.page - 1])]
        if paragraph and not _goes_on(paragraph, part, column):
            add([_text(paragraph)], paragraph[0].page)
            paragraph = []
        paragraph.append(part)
    if paragraph:
        add([_text(paragraph)], paragraph[0].page)
    return lines, numbers


def _parts(pages: Sequence[Page]) -> Iterator[Line | Table]:
    """Lines and tables in the order of the print; lines that stand in columns as tables."""
    for page in pages:
        lines = sorted(page.lines, key=lambda line: line.top)
        for table in [*sorted(page.tables, key=lambda table: table.top), None]:
            above = [line for line in lines if table is None or line.top < table.top]
            lines = lines[len(above) :]
            yield from _aligned(above)
            if table:
                yield table


def _aligned(lines: Sequence[Line]) -> Iterator[Line | Table]:
    """Runs of lines whose wide gaps stand under each other are the rows of a table."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line and len(line.cells) > 1 and (not run or line.top - run[-1].bottom < 2 * line.size):
            run.append(line)
            continue
        yield from _table_of(run)
        run = []
        if line and len(line.cells) > 1:
            run.append(line)
        elif line:
            yield line


def _table_of(run: Sequence[Line]) -> Iterator[Line | Table]:
    columns: list[list[float]] = []
    for start, end, _ in sorted(cell for line in run for cell in line.cells):
        if columns and start < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], end)
        else:
            columns.append([start, end])
    rows = [["" for _ in columns] for _ in run]
    for row, line in zip(rows, run, strict=True):
        for start, _, text in line.cells:
            at = next(index for index, (_, end) in enumerate(columns) if start < end)
            if row[at]:
                yield from run  # two cells of one line in one column: the gaps are no columns
                return
            row[at] = text
    if len(run) > 1 and (len(columns) > 2 or len(run) > 2):
        yield Table(run[0].page, run[0].top, run[-1].bottom, rows)
    else:
        yield from run


def _continued(before: Table | None, table: Table) -> list[list[str]] | None:
    """The rows that a table adds to the one before, if a page parted it: without the repeated names of columns."""
    if not before or table.page != before.page + 1 or len(before.rows[0]) != len(table.rows[0]):
        return None
    return table.rows[1:] if table.rows[0] == before.rows[0] else table.rows


def _tabbed(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["\t".join(row) for row in rows if any(row)]


def _shape(page: Page) -> tuple[int, int]:
    return round(page.width), round(page.height)


def _columns(pages: Sequence[Page]) -> dict[tuple[int, int], Column]:
    grouped: dict[tuple[int, int], list[Page]] = defaultdict(list)
    for page in pages:
        grouped[_shape(page)].append(page)
    return {shape: _column(group) for shape, group in grouped.items()}


def _column(pages: Sequence[Page]) -> Column:
    """The column that most lines of the pages are set in."""
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return Column(0.0, pages[0].width, 0.0)
    size = median(line.size for line in lines)
    lines = [line for line in lines if abs(line.size - size) <= SIZE * size] or lines
    left = _shared(sorted(line.x0 for line in lines), size)
    unhung = [line for line in lines if line.text[-1] not in CLOSING] or lines  # punctuation may hang over
    right = -_shared(sorted(-line.x1 for line in unhung), size)
    filled = sum(1 for line in lines if line.x1 > right - 1.5 * size)
    if filled < max(3, SHARE * len(lines)) or right - left < NARROWEST * pages[0].width:
        right = max(right, pages[0].width - left)  # hardly a line is full: the margins are alike
    steps = [b.top - a.top for page in pages for a, b in pairwise(page.lines) if a.x1 > right - 2 * size]
    leading = median(steps) if steps else 0.0
    indented = sum(1 for line in lines if INDENT * size < line.x0 - left < WIDEST_INDENT * size)
    pairs = [b.top - a.top for page in pages for a, b in pairwise(page.lines)]
    parted = sum(1 for step in pairs if leading and leading + LOOSE * size < step < WIDEST_GAP * leading)
    return Column(left, right, leading, indented > HABIT * len(lines), parted > HABIT * len(lines))


def _shared(places: Sequence[float], size: float) -> float:
    """The outermost place that more than a stray line has."""
    for index, place in enumerate(places):
        near = sum(1 for other in places[index : index + max(3, len(places) // 50)] if other <= place + size)
        if near >= min(max(3, len(places) // 50), len(places)):
            return place
    return places[0]


def _goes_on(paragraph: Sequence[Line], line: Line, column: Column) -> bool:
    """Whether a line continues the paragraph: the one before is full, and nothing says that a new one begins."""
    last = paragraph[-1]
    size = last.size
    if abs(line.size - size) > SIZE * size or len(last.cells) > 1 or len(line.cells) > 1:
        return False
    full = last.x1 + line.chunk > column.right - SLACK * size
    if SOURCE.match(line.text) or not (full or last.text.endswith(OPEN)):
        return False
    same_page = line.page == last.page
    if same_page and column.leading and line.top - last.top > column.leading + LOOSE * size:
        return False
    finished = last.text.rstrip(CLOSERS).endswith(SENTENCE_END)
    closed = finished or last.text.endswith((*PART_END, *CLOSERS))
    margin = column.left + INDENT * size
    if line.x0 > margin:  # indented: a new paragraph, or one that is set in as a whole
        return not (closed or LABEL.match(line.text) or (column.indented and last.x0 <= margin))
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
