"""Doubts about an outline's numbering."""

from tests.ingest.parsing.outlines import body


def test_a_missing_article_is_told():
    (warning,) = body("第一条 甲。\n第三条 丙。", "law").warnings
    assert (warning.code, warning.line) == ("article-gap", 2)
    assert "第一条" in warning.message
    assert "第三条" in warning.message


def test_a_number_that_comes_twice_is_told():
    (warning,) = body("一、甲\n做甲。\n二、乙\n做乙。\n二、丙\n做丙。").warnings
    assert (warning.code, warning.line) == ("number-order", 5)


def test_articles_count_through_chapters_and_chapters_through_parts():
    text = "第一编 总\n第一章 甲\n第一条 甲。\n第二编 分\n第二章 乙\n第二条 乙。"
    assert not body(text, "law").warnings
