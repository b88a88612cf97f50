import pytest

from ingest.parsing.furniture import is_editor_note, page_lines, source_at


@pytest.mark.parametrize("line", ["编者按", "【编者按】", "**编 者 按**", "编者按：近日，示例。", "## 编者按"])
def test_editor_notes(line):
    assert is_editor_note(line)


@pytest.mark.parametrize("line", ["编者按照要求修改。", "这里有编者按", ""])
def test_other_lines_are_no_editor_notes(line):
    assert not is_editor_note(line)


@pytest.mark.parametrize(
    ("lines", "name", "sure", "end"),
    [
        (["（来源：示例日报）"], "示例日报", True, 1),
        (["(来源: 示例日报、样本网)"], "示例日报、样本网", True, 1),
        (["**【来源：示例日报】**"], "示例日报", True, 1),
        (["（来源：示例日报（客户端））"], "示例日报（客户端）", True, 1),
        (["（来源：示例", "", "日报）"], "示例日报", True, 3),
        (["来源：示例日报"], "示例日报", False, 1),
        (["加快示例。（来源：示例日报）"], "示例日报", True, 1),
    ],
)
def test_source_lines(lines, name, sure, end):
    source = source_at(lines, 1)
    assert source
    assert (source.name, source.sure, source.end) == (name, sure, end)


@pytest.mark.parametrize("line", ["数据来源：示例统计", "能源来源：太阳能", "资金来源不明。", "（来源：）"])
def test_other_sources_end_no_document(line):
    assert source_at([line], 1) is None


def test_page_numbers_running_heads_and_comments_are_furniture():
    lines = [
        "- 12 -",
        "第 3 页 共 9 页",
        "示例动态",
        "示例动态 2031年第9期",
        "总第509期",
        "<!-- 注 -->",
        "12",
        "2031年3月7日",
    ]
    assert page_lines(lines, {"示例动态"}) == {1, 2, 3, 4, 5, 6}


def test_bare_numbers_are_pages_where_they_count_through_the_text():
    counting = ["甲", "1", "乙", "2", "丙", "3", "丁", "4", "戊", "5"]
    assert page_lines(counting, set()) == {2, 4, 6, 8, 10}
    assert page_lines([*counting, "97"], set()) == set()
