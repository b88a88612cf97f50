"""One page of a PDF: its characters gathered into lines, its ruled tables into rows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from pdfplumber.page import Page as PlumberPage

from ingest.reading.blocks import clean, joined

Char = dict[str, Any]

# Gaps, in parts of the size of the type.
SPACE = 0.4
LATIN_SPACE = 0.2
COLUMN = 1.5
SAME = 0.2  # two prints of one character: bold type made of plain
MOST_EDGES = 3_000  # lines drawn on a page, beyond which it is a picture and no table
OPENERS = "（(“‘《〈〔【["  # end no line
CLOSERS = "，。、；：！？）)”’》〉〕】%％.,"  # begin none
PICTURE = 0.6  # share of the page that a scan covers

# Fonts often name a radical, or another form, where the character is meant that looks the same.
RADICALS = str.maketrans(
    "―戶⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "—户母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
FORMS = re.compile(r"[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")


WHOLE, LEFT, RIGHT = range(3)
# A page is set in two columns where a gap goes through most of its lines, which fill either side of it.
FEWEST = 8  # lines
MOST = 0.5  # of the lines
FILLED = 0.75  # of a side


@dataclass(slots=True)
class Line:
    """A printed line; x and y in points from the page's top left corner, `size` that of its type.

    `cells` are its parts that wide gaps divide, each with where it begins and ends.
    """

    page: int
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    cells: list[tuple[float, float, str]]
    column: int  # WHOLE, or LEFT or RIGHT on a page that is set in two
    chunk: float = 0.0  # the width of what cannot be parted from its first character


@dataclass(slots=True)
class Table:
    page: int
    top: float
    bottom: float
    rows: list[list[str]]


@dataclass(slots=True)
class Page:
    """`pictured` says that a picture covers the page."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    characters: int = 0
    pictured: bool = False


def read_page(page: PlumberPage) -> Page:
    """The lines of a page from top to bottom, and its ruled tables, whose words are in no line."""
    chars = [char for char in page.chars if char["upright"] and _is_inside(char, page)]
    result = Page(page.page_number, float(page.width), float(page.height))
    result.characters = sum(1 for char in chars if not char["text"].isspace())
    result.pictured = _is_pictured(page)
    if result.characters and 4 <= len(page.edges) <= MOST_EDGES:
        for found in page.find_tables():
            inside = [char for char in chars if _is_in(char, found.bbox)]
            rows = [
                [joined(line.text for line in _lines(result.number, [c for c in inside if _is_in(c, cell)]))
                 if cell else "" for cell in row.cells]
                for row in found.rows
            ]  # fmt: skip
            if any(sum(1 for cell in row if cell) > 1 for row in rows):
                result.tables.append(Table(result.number, found.bbox[1], found.bbox[3], rows))
                chars = [char for char in chars if not _is_in(char, found.bbox)]
    result.lines = list(_lines(result.number, chars))
    gutter = _gutter(result.lines)
    if gutter:
        result.lines = list(_in_two(result.lines, chars, gutter))
    return result


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the gap between two columns of text lies; None on a page that has one."""
    halved = [line for line in lines if len(line.cells) == 2]
    if len(halved) < max(FEWEST, MOST * len(lines)):
        return None
    middle = median((line.cells[0][1] + line.cells[1][0]) / 2 for line in halved)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(
        1
        for line in halved
        if FILLED * (middle - left) <= line.cells[0][1] - line.cells[0][0] <= middle - left
        and FILLED * (right - middle) <= line.cells[1][1] - line.cells[1][0] <= right - middle
    )
    return middle if full >= MOST * len(halved) else None


def _in_two(lines: Sequence[Line], chars: Sequence[Char], gutter: float) -> Iterator[Line]:
    """The lines of a page in two columns: left before right, between the lines that go through both."""
    through = [line for line in lines if any(start < gutter < end for start, end, _ in line.cells)]
    top = float("-inf")
    for line in [*through, None]:
        bottom = line.top if line else float("inf")
        band = [char for char in chars if top < _middle(char) < bottom]
        number = lines[0].page
        yield from _lines(number, [char for char in band if char["x0"] < gutter], LEFT)
        yield from _lines(number, [char for char in band if char["x0"] >= gutter], RIGHT)
        if line:
            yield line
            top = line.bottom


def _is_inside(char: Char, page: PlumberPage) -> bool:
    return bool(char["x1"] > 0 and char["x0"] < page.width and char["bottom"] > 0 and char["top"] < page.height)


def _is_in(char: Char, box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _is_pictured(page: PlumberPage) -> bool:
    area = sum(abs((image["x1"] - image["x0"]) * (image["bottom"] - image["top"])) for image in page.images)
    return bool(area >= PICTURE * float(page.width) * float(page.height))


def _lines(number: int, chars: Sequence[Char], column: int = WHOLE) -> Iterator[Line]:
    """The characters as lines, from top to bottom."""
    group: list[Char] = []
    for char in sorted(chars, key=_middle):
        if char["text"].isspace() and not group:
            continue
        if group and _middle(char) - median((_middle(group[0]), _middle(group[-1]))) > 0.5 * min(
            max(char["size"], 1), max(c["size"] for c in group[-3:])
        ):
            yield from _line(number, group, column)
            group = []
        group.append(char)
    yield from _line(number, group, column)


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(number: int, chars: Iterable[Char], column: int) -> Iterator[Line]:
    """One line, or none if nothing is printed on it."""
    ordered = [char for char in sorted(chars, key=_left) if char["text"]]
    printed = [char for before, char in pairwise([None, *ordered]) if char and not _is_double(before, char)]
    while printed and printed[-1]["text"].isspace():
        printed.pop()
    while printed and printed[0]["text"].isspace():
        printed.pop(0)
    if not printed:
        return
    size = median(char["size"] for char in printed)
    cells: list[tuple[float, float, str]] = []
    text, start, last = "", _left(printed[0]), printed[0]
    for char in printed:
        if char["text"].isspace():
            text += " "
            continue
        gap = char["x0"] - last["x1"]
        if text.strip() and gap > COLUMN * size:
            cells.append((start, last["x1"], characters(text)))
            text, start = "", char["x0"]
        elif gap > (LATIN_SPACE if _is_latin(last) and _is_latin(char) else SPACE) * size:
            text += " "
        text += char["text"]
        last = char
    cells.append((start, last["x1"], characters(text)))
    whole = " ".join(cell[2] for cell in cells)
    if whole:
        yield Line(
            number, whole, _left(printed[0]), last["x1"], min(c["top"] for c in printed),
            max(c["bottom"] for c in printed), size, cells, column, _chunk(printed),
        )  # fmt: skip


def _left(char: Char) -> float:
    return float(char["x0"])


def _is_double(before: Char | None, char: Char) -> bool:
    return bool(before and before["text"] == char["text"] and char["x0"] - before["x0"] < SAME * char["size"])


def _is_latin(char: Char) -> bool:
    return bool(char["text"].isascii() and char["text"].isalnum())


def _chunk(chars: Sequence[Char]) -> float:
    """How wide the beginning of a line is that could not have been parted: a word, or a character and its marks."""
    last = chars[0]
    for before, char in pairwise(chars):
        word = " " < before["text"] < "\x7f" and " " < char["text"] < "\x7f"
        if not (word or before["text"] in OPENERS or char["text"] in CLOSERS):
            break
        last = char
    return float(last["x1"] - chars[0]["x0"])


def characters(text: str) -> str:
    """The text as it was meant: radicals and compatibility forms made plain, control characters left out."""
    text = FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return clean(text.translate(RADICALS)).replace("\n", " ").replace("\t", " ").strip()
