"""Targets in tables of indicators."""

import pytest

from ingest.parsing.indicator_tables import find_table_targets
from ingest.parsing.outline import build_outline
from ingest.parsing.present import NOWHEN, Present
from tests.ingest.parsing.targets import shown


def targets(text, present=NOWHEN, kind="plan"):
    lines = text.strip("\n").split("\n")
    body = build_outline(lines, 1, len(lines), kind)
    return find_table_targets(lines, body.tables, body.outline, kind, present)


def found(text, present=NOWHEN, kind="plan"):
    return [shown(target) for target in targets(text, present, kind)]


ORCHARDS = """
一、总体要求
推进果业发展，主要指标见附件。
附件1
果业发展主要指标
序号\t指标名称\t单位\t2031年\t2035年\t属性
1\t良种覆盖率\t%\t82\t≥95\t预期性
2\t林果产值\t亿元\t120\t200左右\t预期性
3\t冷藏库容\t万立方米\t30\t50以上\t约束性
4\t其中：产地库\t万立方米\t—\t20\t预期性
5\t果园道路\t—\t—\t基本贯通\t预期性
"""


def test_a_target_column_gives_a_row_an_indicator_a_unit_and_a_year():
    assert found(ORCHARDS) == [
        "良种覆盖率: >= 95% @2035",
        "林果产值: ~ 200亿元 @2035",
        "冷藏库容: >= 50万立方米 @2035",
        "冷藏库容（产地库）: 20万立方米 @2035",
    ]


def test_where_it_stands():
    first = targets(ORCHARDS)[0]
    assert (first.path, first.line) == ("附件1", 6)
    assert first.quote == "1\t良种覆盖率\t%\t82\t≥95\t预期性"


def test_years_before_the_policy_are_past_and_its_own_is_not():
    table = "表1 主要指标\n指标\t2032年\t2033年\t2035年\n站点（个）\t3\t5\t9"
    assert found(table, Present(2033)) == ["站点: 5个 @2033", "站点: 9个 @2035"]
    assert found(table, Present(2032, (2033, 2035))) == ["站点: 5个 @2033", "站点: 9个 @2035"]
    assert found(table) == ["站点: 5个 @2033", "站点: 9个 @2035"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("指标\t单位\t2030年基数\t2035年目标", ["90% @2035"]),
        ("指标\t计量单位\t现状值\t目标值", ["90%"]),
        ("主要指标\t单位\t2030年实际\t2035年", ["90% @2035"]),
        ("指标名称\t单位\t现状值（2030年）\t目标值（2035年）", ["90% @2035"]),
        ("指标内容\t单位\t年均增长\t到2035年目标", ["90% @2035"]),
        ("考核指标\t单位\t2030年基期值\t2035年指标值", ["90% @2035"]),
        ("指标\t单位\t2029年\t2030年完成情况", []),
        ("地区\t单位\t2030年\t2035年", []),
    ],
)
def test_columns(header, expected):
    printed = found(f"{header}\n绿化率\t%\t60\t90", Present(2031))
    assert printed == [f"绿化率: {row}" for row in expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("90", "90%"),
        ("90%", "90%"),
        ("≥90", ">= 90%"),
        ("＞90", "> 90%"),
        ("90以上", ">= 90%"),
        ("不低于90", ">= 90%"),
        ("≤90", "<= 90%"),
        ("90以内", "<= 90%"),
        ("90左右", "~ 90%"),
        ("达到90", "90%"),
        ("85—90", "85–90%"),
        ("1,200", "1200%"),
        ("保持稳定", None),
        ("—", None),
        ("完成上级下达任务", None),
        ("90（待定）", None),
    ],
)
def test_cells(cell, expected):
    assert found(f"指标\t单位\t2035年目标\n绿化率\t%\t{cell}") == ([f"绿化率: {expected} @2035"] if expected else [])


def test_the_unit_may_stand_in_the_name_in_the_cell_or_over_the_table():
    table = "表2 主要指标\n单位：万人\n指标\t2035年目标\n游客\t30\n（2）床位（张）\t500\n3.步道\t80公里\n培训\t12万"
    assert found(table) == ["游客: 30万人 @2035", "床位: 500张 @2035", "步道: 80公里 @2035", "培训: 12万人 @2035"]


def test_a_change_belongs_to_the_indicator_and_a_bracket_to_the_whole_period():
    table = "指标\t单位\t2035年目标\n用水量\t%\t下降12\n造林\t万亩\t〔30〕"
    assert found(table, Present(2031, (2031, 2035))) == ["用水量下降: 12% @2035", "造林: 30万亩 @2031–2035"]


def test_target_years_under_one_head():
    table = "序号\t指标\t单位\t目标值\t\n\t\t\t2033年\t2035年\n1\t驿站\t个\t5\t9"
    assert found(table) == ["驿站: 5个 @2033", "驿站: 9个 @2035"]


def test_a_column_without_its_year_takes_that_of_the_title():
    assert found("表1 2035年发展目标\n指标\t单位\t目标值\n渡口\t个\t9") == ["渡口: 9个 @2035"]


def test_a_row_that_lost_its_merged_cell_stands_at_the_right():
    table = "类别\t指标\t单位\t2030年\t2035年\n设施\t渡口\t个\t3\t9\n码头\t个\t1\t4"
    assert found(table) == ["渡口: 9个 @2035", "码头: 4个 @2035"]


def test_the_deepest_of_several_names_counts():
    table = "一级指标\t二级指标\t单位\t2035年目标\n设施\t渡口\t个\t9\n\t码头\t个\t4"
    assert found(table) == ["渡口: 9个 @2035", "码头: 4个 @2035"]


def test_yearly_growth_counts_where_the_indicator_is_one():
    header = "指标\t2030年\t2035年\t年均/累计\t属性\n"
    first = "茶业产值增长（%）\t—\t—\t5左右\t预期性\n城镇化率（%）\t60\t65\t〔5〕\t预期性\n"
    assert found(header + first + "用水量降低（%）\t-\t-\t〔12〕\t约束性", Present(2031, (2031, 2035))) == [
        "茶业产值增长: ~ 5% @2035",
        "城镇化率: 65% @2035",
        "用水量降低: 12% @2031–2035",
    ]


def test_tables_of_reports_and_of_other_things_promise_nothing():
    table = "指标\t单位\t2035年目标\n渡口\t个\t9"
    assert found(table, kind="report") == []
    assert found("项目\t金额\n渡口\t9\n码头\t4") == []
