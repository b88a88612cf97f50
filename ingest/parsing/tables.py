"""Tables and figures: tab-separated lines with the caption and the 单位： line above them, and the
captions of pictures that a text has lost."""

import re
from collections.abc import Sequence

from ingest.parsing.labels import read_label
from ingest.records import FigureRecord, TableRecord

_NUMBER = r"(?:\d{1,3}(?:\s?[-—–.．]\s?\d{1,3})?|[一二三四五六七八九十]{1,3})"
_TABLE_CAPTION = re.compile(rf"(?P<more>续\s?)?[（(]?附?表\s?(?P<number>{_NUMBER})?[）)]?[\s:：.．、]*(?P<title>.*)")
_FIGURE_CAPTION = re.compile(rf"图\s?(?P<number>{_NUMBER})[\s:：.．、]*(?P<title>\S.*)")
_UNIT = re.compile(r"[（(]?\s?(?:计量)?单位\s?[:：]\s?(?P<unit>[^（(）)]{1,20}(?:[（(][^（(）)]{1,10}[）)])?)\s?[）)]?")
_UNIT_IN_TITLE = re.compile(r"\s*[（(]\s?单位\s?[:：]\s?([^（(）)]{1,20})[）)]\s*$")
_FOOTNOTE = re.compile(r"\s*\^?\[\d{1,3}\]")
_AMOUNT = re.compile(r"[-+−]?[\d,，]+(?:\.\d+)?%?$")
_LONGEST_CAPTION = 80
_SENTENCE_END = ("。", "；", "，", ";", "：", ":")


def find_figure(line: str, number: int) -> FigureRecord | None:
    """The figure whose caption `line` is: 图1 …, short and no sentence."""
    text = line.replace("**", "").strip()
    match = _FIGURE_CAPTION.fullmatch(text) if len(text) <= _LONGEST_CAPTION else None
    if not match or text.endswith(_SENTENCE_END):
        return None
    label = re.sub(r"\s", "", match["number"])
    return FigureRecord(number, f"图{label}", _FOOTNOTE.sub("", match["title"]).strip())


def find_tables(lines: Sequence[str], start: int, end: int) -> list[TableRecord]:
    """The tables of lines start..end (1-based, inclusive); `line` is the caption's, or the first row's."""
    tables: list[TableRecord] = []
    number = start
    while number <= end:
        if "\t" not in lines[number - 1].strip():
            number += 1
            continue
        last = _block_end(lines, number, end)
        floor = tables[-1].end_line + 1 if tables else start
        table, continued = _table(lines, floor, number, last)
        if table and continued and tables and tables[-1].number == table.number:
            _append(tables[-1], table)
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
        if "\t" in line.strip():
            if number > last + 1 and line.count("\t") != columns:
                break
            last = number
        elif line.strip():
            break
    return last


def _table(lines: Sequence[str], floor: int, first: int, last: int) -> tuple[TableRecord | None, bool]:
    """The table of rows first..last, and whether its caption says 续表."""
    cells = [
        [cell.strip() for cell in line.replace("**", "").strip(" \r\n").split("\t")] for line in lines[first - 1 : last]
    ]
    cells = [row for row in cells if any(row)]
    top, caption, unit = _above(lines, floor, first)
    if not caption and (len(cells) < 2 or all(_is_listing(row) for row in cells)):
        return None, False
    width = max(map(len, cells))
    cells = [row + [""] * (width - len(row)) for row in cells]
    header, rows = _split_header(cells)
    number = title = None
    if caption:
        label = caption["number"]
        number = "表" + re.sub(r"\s", "", label) if label else None
        title = _FOOTNOTE.sub("", caption["title"]).strip()
        in_title = _UNIT_IN_TITLE.search(title)
        if in_title:
            unit = unit or in_title[1].strip()
            title = title[: in_title.start()]
    return TableRecord(top, last, number, title or None, unit, header, rows), bool(caption and caption["more"])


def _above(lines: Sequence[str], floor: int, first: int) -> tuple[int, re.Match[str] | None, str | None]:
    """Where the table begins with what stands above its rows, its caption and its unit."""
    top, caption, unit = first, None, None
    for number in range(first - 1, floor - 1, -1):
        text = lines[number - 1].replace("**", "").strip()
        if not text:
            continue
        if len(text) > _LONGEST_CAPTION:
            break
        in_unit = _UNIT.fullmatch(text)
        if in_unit and not unit:
            top, unit = number, in_unit["unit"].strip()
            continue
        match = _TABLE_CAPTION.fullmatch(text)
        if match and (match["number"] or match["more"]) and not text.endswith(_SENTENCE_END):
            top, caption = number, match
        break
    return top, caption, unit


def _is_listing(row: list[str]) -> bool:
    """A list item whose label a tab follows is no row of a table."""
    label = read_label(row[0])
    return len([cell for cell in row if cell]) <= 2 and label is not None and label.end == len(row[0])


def _split_header(cells: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Column names and rows; a second line that begins empty and holds no amounts belongs to the names."""
    first = cells[0]
    if any(_AMOUNT.fullmatch(cell) for cell in first[1:]):
        return [], cells
    if len(cells) < 2 or cells[1][0] or any(_AMOUNT.fullmatch(cell) for cell in cells[1]):
        return first, cells[1:]
    second = cells[1]
    named = [cell for column in zip(first, second, strict=True) for cell in column if cell]
    if len(named) == len(first) and not all(map(_either, first, second)):
        return named, cells[2:]  # the print has moved the names off their columns: only their order is left
    merged, above = [], ""
    for upper, lower in zip(first, second, strict=True):
        above = upper or (above if lower else "")
        merged.append(above + lower)
    return merged, cells[2:]


def _either(upper: str, lower: str) -> bool:
    return bool(upper or lower)


def _append(table: TableRecord, more: TableRecord) -> None:
    table.end_line = more.end_line
    table.rows += more.rows if more.header == table.header else [more.header, *more.rows]
