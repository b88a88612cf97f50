import pytest

from ingest.parsing.headings import bracketed_heading, run_in_heading, spaced_heading


def heading(text, in_article=False, alone=False):
    return text[: run_in_heading(text, in_article, alone)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("更新岸机设备。分批更换。", "更新岸机设备"),
        ("分段施工，先急后缓。强化观念。", "分段施工，先急后缓"),
        ("加强软件（SDK）管理。使用前评估。", "加强软件（SDK）管理"),
        ("2031年，新增码头6个，完成改造48台。明年继续。", ""),
        ("对销售额突破5000万元的企业给予奖励。按年拨付。", ""),
        ("2031年打底子。修码头4座。", "2031年打底子"),
        ("2031年底修好码头。明年继续。", ""),
        ("到2033年建成驿站3000个。以后逐年增加。", ""),
        ("开展自查。", ""),
        ("做三件事：甲；乙。再做一件。", ""),
    ],
)
def test_the_first_sentence_is_a_heading_when_it_reads_like_one(text, found):
    assert heading(text) == found


def test_a_single_sentence_is_the_heading_of_what_comes_below():
    assert heading("基本原则。", alone=True) == "基本原则"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自愿申请。标识的取得不作为前置条件。", "自愿申请"),
        ("渡船可以靠泊的，应当准予靠泊。靠泊后验票。", ""),
        ("保留过程记录，存入台账。保存三年；", ""),
    ],
)
def test_under_an_article_only_short_names_are_headings(text, found):
    assert heading(text, in_article=True) == found


def test_an_articles_heading_stands_in_brackets():
    text = "（立法目的） 为了规范管理"
    found = bracketed_heading(text)
    assert found is not None
    assert (text[found[0] : found[1]], text[found[2] :]) == ("立法目的", "为了规范管理")


@pytest.mark.parametrize("text", ["（一）有场所；", "（以下简称本站），应当", "为了（规范）管理"])
def test_other_brackets_are_no_heading(text):
    assert bracketed_heading(text) is None


def test_a_wide_space_parts_heading_and_sentence():
    text = "主要目标　到2033年，建成驿站。"
    end, rest = spaced_heading(text)
    assert (text[:end], text[rest:]) == ("主要目标", "到2033年，建成驿站。")
    assert spaced_heading("推进 IPv6 改造。") == (0, 0)
