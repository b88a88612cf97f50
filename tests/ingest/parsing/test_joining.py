import pytest

from ingest.parsing.joining import cut, is_broken, is_finished, read_line, text_of, trimmed
from ingest.parsing.text import Piece


def test_markdown_is_left_out_and_columns_are_kept():
    line = read_line("  - （一）**抓好落实**。各站", 7)
    assert line.text == "（一）抓好落实。各站"
    assert [(piece.line, piece.column, piece.text) for piece in line.pieces] == [
        (7, 4, "（一）"),
        (7, 9, "抓好落实"),
        (7, 15, "。各站"),
    ]
    assert line.text[: line.bold_end] == "（一）抓好落实"


def test_a_heading_mark_is_left_out():
    assert read_line("## 第一章　总则", 1).text == "第一章　总则"


def test_a_plain_line_is_one_piece():
    assert read_line("各站点应当公示。 ", 3).pieces == (Piece(3, 0, "各站点应当公示。"),)


def test_cutting_keeps_lines_and_columns():
    pieces = [Piece(1, 4, "甲乙丙"), Piece(3, 0, "丁戊")]
    assert cut(pieces, 2, 4) == [Piece(1, 6, "丙"), Piece(3, 0, "丁")]
    assert text_of(trimmed([Piece(1, 0, "  甲 "), Piece(2, 0, "乙 ")])) == "甲 乙"


@pytest.mark.parametrize(
    "text",
    [
        "各站点应当公示。",
        "下列材料：",
        "材料虚假的；",
        "要求“应接尽接。”",
        "(2030年11月28日省人民代表大会常务委员会通过)",
        "加装传感器（责任单位：省数据局、各县（市、区）政府）",
        "",
    ],
)
def test_sentences_that_end(text):
    assert is_finished(text)


@pytest.mark.parametrize("text", ["各站点应当", "推广一码通行、", "打造“一张网”", "窄带物联网(NB-IoT)"])
def test_sentences_that_do_not_end(text):
    assert not is_finished(text)


def test_a_long_line_without_an_end_is_broken_by_a_page():
    assert is_broken("标识服务机构停止服务的，应当提前六十日告知申请人，并将标识记录移交省级数据管理部")


def test_a_short_line_without_an_end_is_whole():
    assert not is_broken("发展目标")
    assert not is_broken("宜昌市人民政府办公室")


def test_a_line_that_ends_in_a_comma_is_broken_however_short():
    assert is_broken("市数据、")
