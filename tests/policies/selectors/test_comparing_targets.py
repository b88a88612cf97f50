"""One indicator over regions: what stands in one chart, how it is scaled, and what is offered to begin with."""

from decimal import Decimal

import pytest

from policies.models import Policy, Region, Target
from policies.selectors import comparing_targets
from policies.selectors.comparing_targets import compare, manner, shared_indicators

pytestmark = pytest.mark.usefixtures("kept_library")


@pytest.fixture
def add(library):
    """Makes a target of a published policy of a province, by the first two digits of its code."""

    def make(digits, indicator, value, unit, **facts):
        code = f"{digits}0000"
        region, _ = Region.objects.get_or_create(
            code=code, defaults={"name": f"{code}省", "short_name": code, "level": "province"}
        )
        policy, _ = Policy.objects.get_or_create(
            slug=f"方案-{digits}",
            defaults={
                "source": library.issue.source, "order": 1, "title": "方案", "kind": "plan", "level": "province",
                "region": region, "start_line": 12, "end_line": 21, "state": "published",
            },
        )  # fmt: skip
        facts = {"op": "=", "year": 2030} | facts
        return Target.objects.create(
            policy=policy, line=14, quote=indicator, rule="test", indicator=indicator, value=Decimal(value), unit=unit,
            **facts,
        )  # fmt: skip

    return make


def drawn(chart) -> list[tuple[str, float, float]]:
    return [(bar.target.policy.region_id, bar.low, bar.high) for bar in chart.bars]


def test_a_chart_is_sorted_by_value_across_units(add, reader):
    add("11", "算力投资", 3, "亿元")
    add("12", "算力投资", "0.1", "万亿元")
    add("13", "算力 投资", 600, "亿元")
    (chart,) = compare("算力投资", reader).charts
    assert drawn(chart) == [("120000", 100, 100), ("130000", 60, 60), ("110000", 0.3, 0.3)]
    assert chart.unit == "亿元"
    assert [bar.converted for bar in chart.bars] == ["1000 亿元", "", ""]


def test_another_spelling_of_a_unit_is_not_converted(add, reader):
    add("11", "超算", 3, "EFLOPS")
    add("12", "超算", 2, "EFlops")
    (chart,) = compare("超算", reader).charts
    assert [bar.converted for bar in chart.bars] == ["", ""]


def test_a_misread_unit_is_spelt_rightly_over_the_chart_and_left_as_printed_in_it(add, reader):
    add("11", "超算", 3, "Efllops")
    add("12", "超算", 500, "PFLOPS", year=2031)
    add("12", "超算", 2000, "TFLOPS")
    charts = compare("超算", reader).charts
    assert [chart.unit for chart in charts] == ["EFLOPS", "PFLOPS"]
    assert [(bar.target.quantity, bar.converted) for bar in charts[0].bars] == [
        ("3 Efllops", ""),
        ("2000 TFLOPS", "0.002 EFLOPS"),
    ]


def test_a_range_goes_from_its_lower_end_to_its_upper(add, reader):
    add("11", "占比", 20, "%", value_max=40, op="range")
    add("12", "占比", 50, "%")
    (chart,) = compare("占比", reader).charts
    assert drawn(chart) == [("120000", 100, 100), ("110000", 40, 80)]


def test_units_deadlines_and_manners_of_counting_stand_apart(add, reader):
    add("11", "基站", 3, "个")
    add("12", "基站", 5, "个")
    add("12", "基站", 9, "个", year=2035)
    add("12", "基站", 7, "个", year=None)
    add("13", "每万人拥有基站数", 26, "个")
    add("13", "基站投资", 2, "亿元")
    add("13", "新建基站", 2, "个")
    charts = compare("基站", reader).charts
    assert [(chart.unit, chart.manner, chart.year, chart.regions) for chart in charts[:3]] == [
        ("个", "", 2030, 2),
        ("个", "", 2035, 1),
        ("个", "", None, 1),
    ]
    assert {(chart.unit, chart.manner) for chart in charts[3:5]} == {("个", "每万人"), ("个", "新增")}
    assert (charts[5].unit, charts[5].manner) == ("亿元", "")
    assert len({chart.anchor for chart in charts}) == len(charts) == 6


@pytest.mark.parametrize(
    ("indicator", "unit", "told"),
    [
        ("人均算力", "个", "人均"),
        ("每百户宽带数", "户", "每百户"),
        ("产值年均增长", "%", "年均、增减"),
        ("产值占比", "%", ""),
        ("新增企业", "家", "新增"),
        ("累计企业", "家", ""),
    ],
)
def test_manner(indicator, unit, told):
    assert manner(Target(indicator=indicator, unit=unit, base_unit=unit)) == told


def test_what_is_nothing_or_less_has_no_bar(add, reader):
    add("11", "能耗", -3, "%")
    add("12", "能耗", 0, "%")
    (chart,) = compare("能耗", reader).charts
    assert drawn(chart) == [("120000", 0, 0), ("110000", 0, 0)]


def test_every_word_is_needed_and_folded(add, reader):
    add("11", "5G 基站", 1, "个")
    assert compare("５g基站", reader).total == 1
    assert compare("基站 5G", reader).total == 1
    assert compare("6G 基站", reader).total == 0


def test_rejected_rows_never_and_drafts_to_editors_only(add, library, reader, editor):
    add("11", "草稿中心", 1, "个", review="rejected")
    assert compare("草稿中心", reader).total == 0
    assert compare("草稿中心", editor).total == 1


def test_too_many_give_names_to_choose_from(add, reader, monkeypatch):
    monkeypatch.setattr(comparing_targets, "MOST", 2)
    for digits in ("11", "12", "13"):
        add(digits, "中心", 1, "个")
    add("13", "数据中心", 1, "个")
    found = compare("中心", reader)
    assert (found.total, found.charts) == (5, [])
    assert [(named.name, named.regions, named.targets) for named in found.names[:2]] == [
        ("中心", 3, 3),
        ("数据中心", 1, 1),
    ]


def test_shared_indicators_are_one_whatever_stands_around_them(add, reader, library):
    for digits, indicator in [
        ("11", "累计建成 5G 基站"),
        ("12", "5G 基站数量"),
        ("13", "5G 基站"),
        ("13", "5G 基站数"),
    ]:
        add(digits, indicator, 1, "个")
    add("11", "景气指数", 1, "")
    add("12", "景气指", 1, "")
    add("11", "宽带用户", 1, "户")
    add("12", "宽带用户", 1, "户")
    add("12", "只在一处", 1, "户")
    add("11", "被否决", 1, "户", review="rejected")
    add("12", "被否决", 1, "户")
    assert [(named.name, named.regions) for named in shared_indicators(reader)] == [("5G 基站", 3), ("宽带用户", 2)]
    assert [named.name for named in shared_indicators(reader, Target.objects.filter(indicator="5G 基站数"))] == [
        "5G 基站"
    ]
    assert shared_indicators(reader, Target.objects.filter(policy__region=library.province)) == []


def test_shared_indicators_are_found_by_their_names(add, reader):
    for digits, indicator in [("11", "累计建成智算中心"), ("12", "智算中心数"), ("13", "打造智算中心")]:
        add(digits, indicator, 1, "个")
    for named in shared_indicators(reader):
        assert compare(named.name, reader).total >= named.targets
