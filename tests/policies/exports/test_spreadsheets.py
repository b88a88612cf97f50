"""CSV that a spreadsheet opens without doing anything."""

import pytest

from policies.exports.spreadsheets import csv_lines


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("－2", "'－2"),
        ("-12.5", "-12.5"),
        ("甲,乙", '"甲,乙"'),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str):
    assert list(csv_lines(["列"], [[cell]])) == ["\ufeff列\r\n", f"{written}\r\n"]
