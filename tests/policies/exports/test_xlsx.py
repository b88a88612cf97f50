"""Workbooks as openpyxl opens them."""

import io

import pytest
from openpyxl import load_workbook

from policies.exports import xlsx


def made(rows: list[list[object]]):
    file = io.BytesIO()
    xlsx.write_xlsx(file, "目标", ["指标", "网址"], rows)
    return load_workbook(file)


def test_a_full_sheet_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    book = made([[number, f"https://example.org/{number}"] for number in range(3)])
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [["指标", 0, 1], ["指标", 2]]


def test_links_are_bounded(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_LINKS", 1)
    sheet = made([["甲", "https://example.org/1"], ["乙", "https://example.org/2"]]).active
    assert [(row[1].value, bool(row[1].hyperlink)) for row in sheet.iter_rows(min_row=2)] == [
        ("https://example.org/1", True),
        ("https://example.org/2", False),
    ]


def test_columns_are_as_wide_as_their_cells_and_long_text_is_wrapped():
    long, address = "到二〇三三年建成驿站三千个以上。" * 20, "https://example.org/"
    sheet = made([[long, address + "a" * 40], ["短", address]]).active
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [60, 60]
    assert [bool(cell.alignment.wrap_text) for cell in sheet["A"]] == [False, True, False]
    assert not sheet["B2"].alignment.wrap_text
    sheet = made([[3000, "https://a.org/"]]).active
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [10, 17]


@pytest.mark.parametrize("words", ["长" * 40_000, "控\x00制", ""])
def test_what_a_cell_cannot_hold_is_left_out(words):
    value = made([[words, "https://example.org/"]]).active["A2"].value
    assert (value or "") == words.replace("\x00", "")[: xlsx.LONGEST]
