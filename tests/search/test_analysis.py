"""Folding, runs, bigrams, characters and words."""

import pytest

from search.analysis import bigrams, characters, fold, fold_with_map, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("５Ｇ 基站", "5g基站"),
        ("加快建设\n驿站　网络", "加快建设驿站网络"),
        ("Smart  Harbour\t计划", "smart harbour计划"),
        ("IPv6 2033 年", "ipv6 2033年"),
        ("數據安全與個人信息", "数据安全与个人信息"),
        ("破坏土地、公里", "破坏土地、公里"),  # a phrase-wise conversion would spoil these
        ("占比：35.5％（约）", "占比:35.5%(约)"),
        ("①㎡…", "1m2..."),
        ("零\u200b宽\ufeff字", "零宽字"),
        ("控\x00制", "控制"),
        ("  ", ""),
    ],
)
def test_folds(text: str, folded: str):
    assert fold(text) == folded
    assert fold(folded) == folded


def test_a_letter_and_its_mark_are_one():
    assert fold("cafe\u0301 x") == "café x"


def test_marks_without_end_take_no_time_without_end():
    """Folding each anew with every mark that follows it would take hours."""
    text = "数a" + "\u0301" * 100_000
    folded = fold_with_map(text)
    assert folded.text.startswith("数á\u0301")
    assert folded.printed(1, 2) == (1, 32)
    assert folded.printed(1, len(folded.text)) == (1, len(text))


def test_leads_back_to_the_printed_characters():
    text = "建 ５Ｇ 基站㎡cafe\u0301"
    folded = fold_with_map(text)

    def printed(part: str) -> str:
        start = folded.text.index(part)
        low, high = folded.printed(start, start + len(part))
        return text[low:high]

    assert printed("5g基站") == "５Ｇ 基站"
    assert printed("m") == "㎡"
    assert printed("2c") == "㎡c"
    assert printed("é") == "e\u0301"


def test_occurrences_do_not_overlap():
    assert fold_with_map("数据数据数据").occurrences("数据数据") == [(0, 4)]
    assert fold_with_map("数 据，数据").occurrences("数据") == [(0, 3), (4, 6)]


def test_bigrams_stay_inside_runs():
    assert bigrams(fold("数据，5G基站、北")) == {"数据", "5g", "基站"}


def test_characters_hold_punctuation_but_no_space():
    assert characters(fold("Blue Bay，好")) == set("blueay,好")


def test_words_know_no_guessing_and_keep_latin_runs_whole():
    assert words(fold("人民政府建设5G基站IPv6")) == ["人民政府", "建设", "5g", "基站", "ipv6"]
    assert "".join(words("专精特新的小巨人")) == "专精特新的小巨人"


def test_a_word_has_a_bounded_length():
    assert max(map(len, words("x" * 5000))) <= 64
