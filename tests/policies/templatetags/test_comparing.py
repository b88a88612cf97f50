"""How differences are put on a page."""

from policies.differences import Piece
from policies.models import Provision
from policies.selectors.history import Difference
from policies.templatetags.comparing import changed, opening, versioned


def test_a_difference_is_marked_and_said():
    shown = versioned([Piece("应当<", False), Piece("及时&", True)], "ins")
    assert shown == '应当&lt;<ins><span class="hidden">〔增加：</span>及时&amp;<span class="hidden">〕</span></ins>'
    assert "〔删去：" in versioned([Piece("旧", True)], "del")


def test_of_a_long_value_only_the_words_that_differ_are_struck():
    assert changed(Difference("value", "数值", "12", "13")) == "<del>12</del> → <ins>13</ins>"
    text = "省数据局负责登记。每年评估。" * 30
    shown = changed(Difference("text", "正文", text + "公开数据", text + "公开全部数据"))
    assert ("<del>" not in shown, shown.count("<ins>"), "全部" in shown, len(shown) < 200) == (True, 1, True, True)


def test_a_clause_is_told_by_its_heading_or_how_it_begins():
    assert opening(Provision(type="article", label="第八条", heading="数据共享", text="甲")) == "第八条 数据共享"
    assert opening(Provision(type="article", label="第八条", text="甲" * 30)) == f"第八条 {'甲' * 24}……"
    assert opening(Provision(type="section", label="一", heading="总体要求")) == "一、总体要求"
    assert opening(Provision(type="body", label="", text="甲\n乙")) == "甲乙"
