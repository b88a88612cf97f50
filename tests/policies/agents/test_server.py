"""Arguments are checked before any tool runs."""

import pytest


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("search", {"query": "数据", "colour": "red"}, "colour"),
        ("search", {}, "query"),
        ("search", {"query": "数据", "kind": "laws"}, "kind"),
        ("search", {"query": "数据", "page": 0}, "page"),
        ("targets", {"value_min": "nan", "unit": "个"}, "value_min"),
        ("clause", {"policy": "", "eid": "art_1"}, "policy"),
        ("regions", {"limit": 5}, "limit"),
    ],
)
def test_what_a_tool_does_not_know_is_refused_by_name(ask, tool, arguments, named):
    assert named in ask(tool, **arguments)["error"]


def test_a_tool_that_does_not_exist_is_refused(ask):
    assert "delete" in ask("delete")["error"]


def test_nul_characters_are_refused_by_name(ask):
    assert ask("search", query="数据\x00")["status"] == "invalid"
    assert ask("compare_regions", indicator="算力", regions=["青\x00川"])["message"] == "参数 regions 含有空字符。"
