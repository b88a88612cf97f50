"""Paragraphs and tables, as formats with a structure hold them, written out as lines of text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.reading.reading import ReadingError

# What would end a line for `str.splitlines`, or may not stand in text at all.
LINE_ENDS = re.compile(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\u200b\ufeff\ufffe\uffff\xad]")
BLANK = re.compile(r"[ \xa0\u2002-\u200a\u202f]{1,}")
WIDEST = 100  # columns or rows that one cell may span
LARGEST = 200_000  # cells of one table
MENU = 3  # paragraphs of links in one cell
MANY = 20  # paragraphs that no cell of a table holds, but a frame for text does


@dataclass(slots=True)
class Cell:
    """A cell: what stands in it, and how many columns and rows it takes."""

    blocks: list["Block"] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    rows: list[list[Cell]] = field(default_factory=list)


class Linked(str):
    """A paragraph that is made of links to other pages, as menus are."""

    links: int

    def __new__(cls, text: str, links: int) -> "Linked":
        paragraph = super().__new__(cls, text)
        paragraph.links = links
        return paragraph


Block = str | Table  # a paragraph, with a newline where its lines are broken by hand, or a table


def clean(text: str) -> str:
    """Text without control characters and with plain spaces, its lines ended by newlines only."""
    return BLANK.sub(" ", CONTROL.sub("", LINE_ENDS.sub("\n", text)))


def joined(parts: Iterable[str]) -> str:
    """Lines of one text as one: with a space between, but not beside Chinese."""
    result = ""
    for part in (part.strip() for part in parts):
        if result and part and not (is_wide(result[-1]) or is_wide(part[0])):
            result += " "
        result += part
    return result


def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·"


def lines_of(blocks: Sequence[Block]) -> list[str]:
    """The lines of blocks, with an empty line between two; the rows of a table stand together.

    Raises ReadingError for a table beyond reason.
    """
    lines: list[str] = []
    for block in flat(blocks):
        rows = _rows(block) if isinstance(block, Table) else [line.strip() for line in clean(block).split("\n")]
        rows = [row for row in rows if row.strip()]
        if rows:
            lines += [*rows, ""]
    return lines[:-1]


def words_of(block: Block) -> str:
    """The words of a paragraph, or of a table's cells."""
    return block if isinstance(block, str) else " ".join(_text(cell) for row in block.rows for cell in row)


def flat(blocks: Sequence[Block]) -> Iterable[Block]:
    """The blocks in order, with tables that only lay out text opened."""
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, Table) and _is_frame(block):
            stack += reversed([inner for row in block.rows for cell in row for inner in cell.blocks])
        else:
            yield block


def _is_frame(table: Table) -> bool:
    """Whether a table only lays out text: no row has two cells with words, or a cell holds a table, a whole text or a
    menu."""
    for row in table.rows:
        for cell in row:
            if len(cell.blocks) > MANY or any(isinstance(block, Table) for block in cell.blocks):
                return True
            if sum(isinstance(block, Linked) for block in cell.blocks) >= MENU:
                return True
    return not any(sum(1 for cell in row if _text(cell)) > 1 for row in table.rows)


def _text(cell: Cell) -> str:
    paragraphs = (clean(block).replace("\t", " ").split("\n") for block in cell.blocks if isinstance(block, str))
    return joined(line for lines in paragraphs for line in lines)


def _rows(table: Table) -> list[str]:
    """Tab-separated lines: a spanning cell's words stand in its first place, the others are empty."""
    taken: dict[int, int] = {}  # column: rows that a cell from above still takes there
    count = 0
    lines = []
    for row in table.rows:
        places: dict[int, str] = {}
        column = 0
        above = {at: left - 1 for at, left in taken.items() if left > 1}
        for cell in row:
            while taken.get(column):
                column += 1
            width = min(max(cell.columns, 1), WIDEST)
            places[column] = _text(cell)
            for at in range(column, column + width):
                if cell.rows > 1:
                    above[at] = min(cell.rows, WIDEST) - 1
            column += width
        width = max([column, *(at + 1 for at, left in taken.items() if left)], default=0)
        count += width
        if count > LARGEST:
            raise ReadingError(f"有一个表格超过 {LARGEST // 10_000} 万个单元格，没有读取；请把表格拆小或删去后再试。")
        lines.append("\t".join(places.get(at, "") for at in range(width)))
        taken = above
    return lines
