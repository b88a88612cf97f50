"""How differences are put on a page."""

from policies.differences import Piece
from policies.models import Provision
from policies.templatetags.comparing import opening, versioned


def test_a_difference_is_marked_and_said():
    shown = versioned([Piece("应当<", False), Piece("及时&", True)], "ins")
    assert shown == '应当&lt;<ins><span class="hidden">〔增加：</span>及时&amp;<span class="hidden">〕</span></ins>'
    assert "〔删去：" in versioned([Piece("旧", True)], "del")


def test_a_clause_is_told_by_its_heading_or_how_it_begins():
    assert opening(Provision(type="article", label="第八条", heading="数据共享", text="甲")) == "第八条 数据共享"
    assert opening(Provision(type="article", label="第八条", text="甲" * 30)) == f"第八条 {'甲' * 24}……"
    assert opening(Provision(type="section", label="一", heading="总体要求")) == "一、总体要求"
    assert opening(Provision(type="body", label="", text="甲\n乙")) == "甲乙"
