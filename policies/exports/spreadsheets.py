"""Tables as CSV that a spreadsheet opens as they are."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from policies.measures import plain

FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # what one or another spreadsheet takes for the beginning of one

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class _Line:
    """What csv writes a row to; it hands the row back instead of keeping it."""

    def write(self, row: str) -> str:
        return row


def csv_lines(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A line with the names of the columns and one for each row: UTF-8 with a mark for Excel, no cell a formula."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([_harmless(_printed(cell)) for cell in row])


def _printed(cell: object) -> str:
    return plain(cell) if isinstance(cell, Decimal) else str(cell)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
