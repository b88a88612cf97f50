"""Tables as XLSX: typed cells, a frozen header with a filter, links, and no cell that is a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from policies.exports.feeds import UNPRINTABLE
from policies.measures import plain

LONGEST = 32_767  # characters of a cell
MOST_ROWS = 1_048_576  # of a sheet, its header among them
MOST_LINKS = 5_000  # of one sheet: they are kept in memory to the end, and Excel refuses more than 65,530
SAMPLED = 200  # rows that tell how wide the columns are: a sheet is written from its top, widths first
NARROWEST, WIDEST = 10, 60  # Latin characters that a column is shown with, of which a Chinese one takes two
LINK = Font(color="0563C1", underline="single")
HEAD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_xlsx(file: IO[bytes], title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Sheets with a frozen header and a filter; numbers and dates keep their type, text stays text.

    Columns are as wide as what stands in the first SAMPLED rows, text wider than WIDEST is wrapped.
    The last column holds addresses, which are links in the first MOST_LINKS rows.  Rows go to a file as they come;
    a sheet that is full is followed by another.
    """
    book = Workbook(write_only=True)
    remaining, full = iter(rows), True
    while full:
        full = _fill(book.create_sheet(title), columns, islice(remaining, MOST_ROWS - 1)) == MOST_ROWS
    book.save(file)


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write header and rows; gives back how many rows the sheet has then."""
    sheet.freeze_panes = "A2"
    remaining = iter(rows)
    sample = list(islice(remaining, SAMPLED))
    widths = [_width(cells) for cells in zip(columns, *sample, strict=True)]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_bold(sheet, label) for label in columns])
    count = 1
    for count, row in enumerate(chain(sample, remaining), 2):
        cells = [_typed(sheet, value) for value in row]
        for cell, width in zip(cells[:-1], widths, strict=False):
            if isinstance(cell.value, str) and 2 * len(cell.value) > width:
                cell.alignment = WRAPPED
        if count <= MOST_LINKS + 1:
            cells[-1].hyperlink = str(row[-1])
            cells[-1].font = LINK
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    return count


def _width(cells: Iterable[Any]) -> int:
    """Of a column with these cells, its label among them, with room for the arrow of the filter."""
    widest = max(_shown(plain(cell) if isinstance(cell, Decimal) else str(cell)) for cell in cells)
    return max(NARROWEST, min(WIDEST, widest + 3))


def _shown(text: str) -> int:
    """How wide text is; what is beyond the widest column is not counted."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text[:WIDEST])


def _bold(sheet: Any, label: str) -> Any:
    cell = WriteOnlyCell(sheet, label)
    cell.font = HEAD
    return cell


def _typed(sheet: Any, value: Any) -> Any:
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int | float):
        return WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, UNPRINTABLE.sub("", str(value))[:LONGEST] or None)
    if cell.value is not None:
        cell.data_type = "s"  # also where it begins with an equals sign
    return cell
