"""Tables and figures: tab-separated lines with the caption and the 单位： line above them, and the
captions of pictures that a text has lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parsing.labels import read_label
from ingest.records import FigureRecord, TableRecord

_NUMBER = r"(?:\d{1,3}(?:\s?[-—–.．]\s?\d{1,3})?|[一二三四五六七八九十]{1,3})"
_TABLE_CAPTION = re.compile(
    rf"(?P<more>[（(]?续\s?)?[（(]?附?(?P<kind>表|专栏)\s?(?P<number>{_NUMBER})?[）)]?[\s:：.．、]*(?P<title>.*)"
)
_ANNEXED = re.compile(r"附表\s?[:：\s]\s?\S")
_CONTINUED = re.compile(r"[（(]?[续接]上?表?[）)]?")
_MORE_IN_TITLE = re.compile(r"\s*[（(]续表?\s?\d{0,2}[）)]$")
_NAME = re.compile(r"\S[^，。；：]{1,40}(?:表|清单|一览)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE_CAPTION = re.compile(rf"图\s?(?P<number>{_NUMBER})[\s:：.．、]*(?P<title>\S.*)")
_UNIT = re.compile(r"[（(]?\s?(?:计量)?单位\s?[:：]\s?(?P<unit>[^（(）)]{1,20}(?:[（(][^（(）)]{1,10}[）)])?)\s?[）)]?")
_UNIT_IN_TITLE = re.compile(r"(?:\s*[（(]|\s+)\s?单位\s?[:：]\s?([^（(）)]{1,20})[）)]?\s*$")
_FOOTNOTE = re.compile(r"\s*\^?\[\d{1,3}\]")
_AMOUNT = re.compile(r"[-+−]?[\d,，]+(?:\.\d+)?%?$")
_LONGEST_CAPTION = 80
_LONGEST_GROUP = 40
_FARTHEST = 8  # lines above the rows
_SENTENCE_END = ("。", "；", "，", ";", "：", ":")


def find_figure(line: str, number: int) -> FigureRecord | None:
    """The figure whose caption `line` is: 图1 …, short and no sentence."""
    text = line.replace("**", "").strip()
    match = _FIGURE_CAPTION.fullmatch(text) if len(text) <= _LONGEST_CAPTION else None
    if not match or text.endswith(_SENTENCE_END):
        return None
    label = re.sub(r"\s", "", match["number"])
    return FigureRecord(number, f"图{label}", _FOOTNOTE.sub("", match["title"]).strip())


@dataclass(slots=True)
class _Above:
    """The first line of a table with what stands above its rows; `more` where that says 续表."""

    top: int
    number: str | None = None
    title: str | None = None
    unit: str | None = None
    more: bool = False

    def read(self, line: int, caption: re.Match[str], title: str) -> None:
        """Take in a caption that begins on `line`."""
        self.top = line
        self.number = caption["kind"] + re.sub(r"\s", "", caption["number"]) if caption["number"] else None
        title = _FOOTNOTE.sub("", title).strip()
        in_title = _UNIT_IN_TITLE.search(title)
        if in_title:
            self.unit = self.unit or in_title[1].strip()
            title = title[: in_title.start()]
        going_on = _MORE_IN_TITLE.search(title)
        self.more = bool(caption["more"] or going_on)
        self.title = title[: going_on.start()] if going_on else title
        self.title = self.title or None


def find_tables(lines: Sequence[str], start: int, end: int) -> list[TableRecord]:
    """The tables of lines start..end (1-based, inclusive); `line` is the caption's, or the first row's.

    What a 续表 or a caption marked （续） goes on with belongs to the table above it.
    """
    tables: list[TableRecord] = []
    number = start
    while number <= end:
        if "\t" not in lines[number - 1].strip():
            number += 1
            continue
        last = _block_end(lines, number, end)
        before = tables[-1] if tables else None
        above = _above(lines, before.end_line + 1 if before else start, number)
        table = _table(lines, above, number, last)
        if table and before and above.more and above.number in (None, before.number):
            if _adjoin(lines, before, table):
                _append(before, table)
            else:  # words lie between, which are no part of a table
                table.number, table.title = before.number, table.title or before.title
                tables.append(table)
        elif table:
            tables.append(table)
        number = last + 1
    return tables


def _block_end(lines: Sequence[str], first: int, end: int) -> int:
    """The last line of the rows that begin on `first`; a blank line before rows of the same width is a page break."""
    columns = lines[first - 1].count("\t")
    last = first
    for number in range(first + 1, end + 1):
        line = lines[number - 1]
        if not line.strip():
            continue
        if "\t" not in line.strip() and not _is_group(lines, number, end, columns):
            break
        if number > last + 1 and line.count("\t") != columns:
            break
        last = number
    return last


def _is_group(lines: Sequence[str], number: int, end: int, columns: int) -> bool:
    """Whether a line is a row with words in its first cell only: 一、经济, whose tabs may be lost."""
    line = lines[number - 1]
    text = line.replace("**", "").strip()
    if len(text) > _LONGEST_GROUP or text.endswith(_SENTENCE_END):
        return False
    if "\t" in line:
        return True
    caption = _TABLE_CAPTION.fullmatch(text)
    if _UNIT.fullmatch(text) or _CONTINUED.fullmatch(text) or (caption and (caption["number"] or caption["more"])):
        return False
    return (
        "\t" in lines[number - 2].strip()
        and number < end
        and lines[number].count("\t") == columns
        and bool(lines[number].strip())
    )


def _table(lines: Sequence[str], above: _Above, first: int, last: int) -> TableRecord | None:
    """The table of rows first..last; None where its lines only look like one."""
    cells = [
        [cell.strip() for cell in line.replace("**", "").strip(" \r\n").split("\t")] for line in lines[first - 1 : last]
    ]
    cells = [row for row in cells if any(row)]
    captioned = above.number or above.title or above.more
    if not captioned and (len(cells) < 2 or all(_is_listing(row) for row in cells)):
        return None
    width = max(map(len, cells))
    header, rows = _split_header([row + [""] * (width - len(row)) for row in cells])
    rows = [row for row in rows if row != header]  # the names of columns are repeated on a new page
    return TableRecord(above.top, last, above.number, above.title, above.unit, header, rows)


def _above(lines: Sequence[str], floor: int, first: int) -> _Above:
    """What stands above the row on line `first`: a caption and a 单位： line in either order, or 续表."""
    above = _Above(first)
    numbers = range(first - 1, max(floor, first - _FARTHEST) - 1, -1)
    texts = [(number, text) for number in numbers if (text := lines[number - 1].replace("**", "").strip())]
    for index, (number, text) in enumerate(texts):
        in_unit = _UNIT.fullmatch(text)
        if in_unit and not above.unit:
            above.top, above.unit = number, in_unit["unit"].strip()
            continue
        if above.number or above.title or len(text) > _LONGEST_CAPTION or text.endswith(_SENTENCE_END):
            break
        caption = _TABLE_CAPTION.fullmatch(text)
        if _CONTINUED.fullmatch(text):
            above.top, above.more = number, True
            break
        if caption and (caption["number"] or caption["more"] or _ANNEXED.match(text)):
            above.read(number, caption, caption["title"])
            continue
        upper, label = texts[index + 1] if index + 1 < len(texts) else (number, "")
        caption = _TABLE_CAPTION.fullmatch(label)
        if caption and caption["number"] and not caption["title"]:  # its title on a line of its own
            above.read(upper, caption, text)
        elif _NAME.fullmatch(text):  # without a number its line stays a line of the text
            above.title = text
        break
    return above


def _adjoin(lines: Sequence[str], before: TableRecord, table: TableRecord) -> bool:
    return not any(line.strip() for line in lines[before.end_line : table.line - 1])


def _is_listing(row: list[str]) -> bool:
    """A list item whose label a tab follows is no row of a table."""
    label = read_label(row[0])
    return len([cell for cell in row if cell]) <= 2 and label is not None and label.end == len(row[0])


def _split_header(cells: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Column names and rows; lines after the first that begin empty and hold no amounts belong to the names."""
    first = cells[0]
    if _has_amounts(first) and not _names_years(first):
        return [], cells
    count = 1
    while count < len(cells) and not cells[count][0] and not any(map(_AMOUNT.fullmatch, cells[count])):
        count += 1
    if count == 2:
        named = [cell for column in zip(first, cells[1], strict=True) for cell in column if cell]
        if len(named) == len(first) and not all(map(_either, first, cells[1])):
            return named, cells[2:]  # the print has moved the names off their columns: only their order is left
    names = first
    for lower in cells[1:count]:
        names = _merged(names, lower)
    return names, cells[count:]


def _has_amounts(row: list[str]) -> bool:
    return any(map(_AMOUNT.fullmatch, row[1:]))


def _names_years(row: list[str]) -> bool:
    """指标 2029 2030: years in their order are names of columns."""
    years = [cell for cell in row[1:] if _AMOUNT.fullmatch(cell)]
    return len(years) > 1 and all(map(_YEAR.fullmatch, years)) and years == sorted(set(years))


def _merged(upper: list[str], lower: list[str]) -> list[str]:
    """Two lines of names as one: 产量 over 本月 and 累计 is 产量本月 and 产量累计."""
    merged, above = [], ""
    for high, low in zip(upper, lower, strict=True):
        above = high or (above if low else "")
        merged.append(above + low)
    return merged


def _either(upper: str, lower: str) -> bool:
    return bool(upper or lower)


def _append(table: TableRecord, more: TableRecord) -> None:
    table.end_line = more.end_line
    table.rows += more.rows if more.header in ([], table.header) else [more.header, *more.rows]
