"""Marks and snippets."""

import re

from search.analysis import fold
from search.highlight import BEFORE, LENGTH, marks, snippet, with_marks


def test_marks_the_printed_characters():
    text = "推进５Ｇ 基站和數據\n安全，5G基站。"
    assert [text[start:end] for start, end in marks(text, [fold("5G基站"), fold("数据安全")])] == [
        "５Ｇ 基站",
        "數據\n安全",
        "5G基站",
    ]


def test_marks_that_meet_become_one():
    text = "数据安全管理，数据"
    assert [text[start:end] for start, end in marks(text, ["数据安全", "安全管理", "数据"])] == ["数据安全管理", "数据"]


def test_everything_is_escaped():
    text = "<b>驿站</b> & “驿站” <script>"
    html = with_marks(text, marks(text, ["驿站", "<script>"]))
    assert html == ("&lt;b&gt;<mark>驿站</mark>&lt;/b&gt; &amp; “<mark>驿站</mark>” <mark>&lt;script&gt;</mark>")
    assert snippet(text, marks(text, ["驿站", "<script>"])) == html


def test_a_snippet_shows_the_first_mark_whole():
    text = "前文" * 200 + "驿站名录" * 100 + "后文" * 200
    marked = marks(text, ["驿站名录" * 60])
    html = snippet(text, marked)
    assert f"<mark>{'驿站名录' * 60}</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")
    assert html.index("<mark>") == BEFORE + 1


def test_a_snippet_goes_on_to_the_end_of_a_later_mark():
    text = "驿站" + "文" * (LENGTH - 4) + "驿站名录，" + "文" * 300
    html = snippet(text, marks(text, ["驿站", "驿站名录"]))
    assert html.endswith("<mark>驿站名录</mark>…")
    assert len(re.sub("<[^>]+>", "", html)) == LENGTH + 2 + 1


def test_a_short_clause_is_shown_whole():
    assert snippet("全市建成驿站。", [(4, 6)]) == "全市建成<mark>驿站</mark>。"
    assert snippet("全市建成驿站。", []) == "全市建成驿站。"
