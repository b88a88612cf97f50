"""Markdown: tables opened, escapes undone, everything else as typed."""

from ingest.reading import read


def lines(*typed: str) -> list[str]:
    return read("\n".join(typed).encode(), "办法.md").lines


def test_tables_are_tab_separated_and_lines_keep_their_numbers():
    assert lines(
        "表1 驿站", "| 指标 | 个数 |", "|:---|---:|", "| 驿站 | 3 |", "|  | 4 |", "完 | 了", "", "甲 | 乙"
    ) == [
        "表1 驿站",
        "指标\t个数",
        "",
        "驿站\t3",
        "\t4",
        "完\t了",
        "",
        "甲 | 乙",
    ]


def test_tables_may_lack_their_outer_bars_and_hold_escaped_ones():
    assert lines("甲 | 乙", "--- | ---", "1\\|2 | 3") == ["甲\t乙", "", "1|2\t3"]


def test_escapes_are_undone_and_rules_dropped():
    assert lines("1\\. 驿站\\*", "---", "标题", "====", "——目标") == ["1. 驿站*", "", "标题", "", "——目标"]


def test_headings_lists_and_stress_stay():
    typed = ["# 办法", "", "## 第一章 总则", "- （一）**开门**。"]
    assert lines(*typed) == typed
