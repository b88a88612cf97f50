"""Statistical facts: indicator, time, level and change."""

import pytest

from ingest.parsing.nodes import Node, Outline
from ingest.parsing.observations import find_observations
from ingest.parsing.periods import Calendar
from ingest.parsing.text import JoinedText

YEARLY = "某省2030年茶业统计公报"
MONTHLY = "2030年1—8月份数据服务业运行情况"


def facts(text, title=YEARLY):
    node = Node("section", "一、", "一", "sec_1", 1, 1, text=JoinedText.of_line(text))
    rows = []
    for o in find_observations(Outline([node]), title):
        level = "" if o.value is None else f" {o.value:g}{o.unit or ''}"
        change = "" if o.yoy is None else f" ({o.yoy:+g}{o.yoy_unit})"
        rows.append(f"{o.indicator}:{level}{change} {o.when}")
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年粮食产量600万吨，比上年增长1.5%；棉花产量20万吨，减产0.4%。",
         ["粮食产量: 600万吨 (+1.5%) 2030", "棉花产量: 20万吨 (-0.4%) 2030"]),
        ("全年采摘面积30万亩，比上年扩大2万亩。", ["采摘面积: 30万亩 (+2万亩) 2030"]),
        ("乡村旅游接待人次增长8.2%。", ["乡村旅游接待人次: (+8.2%) 2030"]),
        ("年末全省驿站覆盖率为70.2%，比上年末提升1.5个百分点。",
         ["全省驿站覆盖率: 70.2% (+1.5个百分点) 2030年末"]),
        ("库存净变化率为-0.90‰。", ["库存净变化率: -0.9‰ 2030"]),
        ("生产总值[2]8000亿元，增长5%。", ["生产总值: 8000亿元 (+5%) 2030"]),
        ("投资（不含农户）700亿元，增长2%。", ["投资（不含农户）: 700亿元 (+2%) 2030"]),
        ("全年茶具销售额90亿元，按可比价格计算，同比增长6%，占礼品销售额的比重为27%。",
         ["茶具销售额: 90亿元 (+6%) 2030", "茶具销售额占礼品销售额的比重: 27% 2030"]),
        ("移动电话基站108万个，其中4G基站60万个，5G基站23万个。",
         ["移动电话基站: 108万个 2030", "4G基站: 60万个 2030", "5G基站: 23万个 2030"]),
        ("全年完成补栽面积38万亩。", ["补栽面积: 38万亩 2030"]),
        ("全年成功举办6次展会。", ["成功举办展会: 6次 2030"]),
    ],
)  # fmt: skip
def test_levels_and_changes(text, expected):
    assert facts(text) == expected


def test_members_are_completed_from_what_they_divide():
    assert facts("全年茶企利润840亿元，下降4%。分门类看，种植业利润150亿元，增长8%；加工业640亿元，下降3%。") == [
        "茶企利润: 840亿元 (-4%) 2030",
        "种植业利润: 150亿元 (+8%) 2030",
        "加工业茶企利润: 640亿元 (-3%) 2030",
    ]
    assert facts("全年商品零售额中，饮料类增长5%，家具类下降7%。") == [
        "饮料类商品零售额: (+5%) 2030",
        "家具类商品零售额: (-7%) 2030",
    ]


def test_the_time_holds_until_another_is_named():
    assert facts("年末渔船保有量3万艘，其中远洋渔船保有量2千艘。全年新船交付量90艘。\n铁路里程500公里。") == [
        "渔船保有量: 3万艘 2030年末",
        "远洋渔船保有量: 2千艘 2030年末",
        "新船交付量: 90艘 2030",
        "铁路里程: 500公里 2030",
    ]
    assert facts("12月份，客流增多的渡口个数为23个。") == ["客流增多的渡口个数: 23个 2030-12"]


def test_monthly_reports():
    text = "1—8月份，数据服务业收入800亿元，同比增加9%，增速较一季度提高1.6个百分点。8月份，收入增长3%。"
    assert facts(text, MONTHLY) == [
        "数据服务业收入: 800亿元 (+9%) 2030-01/2030-08",
        "收入: (+3%) 2030-08",
    ]


def test_values_dealt_out_in_order():
    text = "云南省、海南省和四川省数据收入分别为20亿元、10亿元和30亿元，分别增长4%、5%和6%。"
    assert facts(text) == [
        "云南省数据收入: 20亿元 (+4%) 2030",
        "海南省数据收入: 10亿元 (+5%) 2030",
        "四川省数据收入: 30亿元 (+6%) 2030",
    ]


def test_the_growth_of_a_growth_and_dates_are_no_facts():
    assert facts("2030年8月1日起，收入增速比同期工业高2个百分点。") == []


@pytest.mark.parametrize(
    ("title", "default"),
    [
        ("某省2030年统计公报", "2030"),
        ("2030年1—8月份运行情况", "2030-01/2030-08"),
        ("2030年上半年运行情况", "2030-01/2030-06"),
        ("2030年前三季度运行情况", "2030-01/2030-09"),
        ("2030 年 8 月份运行情况", "2030-08"),
    ],
)
def test_the_title_tells_the_time(title, default):
    calendar = Calendar.of_title(title)
    assert calendar is not None
    assert calendar.default == default


def test_without_a_year_there_are_no_facts():
    assert facts("产量60万吨。", "运行情况") == []
