"""The years that a text sets, and those it only looks back to."""

import pytest

from ingest.parsing.deadlines import find_deadlines
from ingest.parsing.present import NOWHEN, Present


def told(text, present=NOWHEN):
    return [(d.kind, d.year, d.year_from) for d in find_deadlines(text, present)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，建成", ("until", 2025, None)),
        ("2026年12月底前完成", ("until", 2026, None)),
        ("（2025年6月30日前完成）", ("until", 2025, None)),
        ("力争2027年实现", ("until", 2027, None)),
        ("于2025年底建成", ("until", 2025, None)),
        ("到二〇二五年", ("until", 2025, None)),
        ("到“十四五”末", ("until", 2025, None)),
        ("“十五五”期间", ("period", 2030, 2026)),
        ("“十四五”时期茶园投资", ("period", 2025, 2021)),
        ("2023—2025年，每年", ("period", 2025, 2023)),
        ("从2023年到2025年", ("period", 2025, 2023)),
        ("2024年，新增", ("bare", 2024, None)),
        ("截至2022年底", ("cutoff", 2022, None)),
        ("2018年以来", ("past", 2018, None)),
        ("提高到2027年的60%", ("until", 2027, None)),
    ],
)
def test_kinds_of_deadlines(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "较2020年增长",
        "比2020年底下降",
        "以2020年为基数",
        "自2029年3月6日起施行",
        "2023年11月2日印发",
        "实施“十四五”规划",
        "2015年出台的办法修订",
    ],
)
def test_base_years_days_and_names_set_none(text):
    assert [kind for kind, *_ in told(text) if kind in ("until", "period")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年内新建站点", ("until", 2031)),
        ("今年新建站点", ("bare", 2031)),
        ("本年度新建站点", ("bare", 2031)),
        ("今年年底前新建站点", ("until", 2031)),
        ("年底前新建站点", ("until", 2031)),
        ("明年新建站点", ("until", 2032)),
        ("三年内新建站点", ("until", 2034)),
        ("力争用3年左右时间，新建站点", ("until", 2034)),
        ("通过五年努力，新建站点", ("until", 2036)),
    ],
)
def test_years_counted_from_the_one_that_the_policy_speaks_in(text, expected):
    assert [deadline[:2] for deadline in told(text, Present(2031))] == [expected]
    assert told(text) == []


def test_years_counted_by_a_plan_that_is_as_long():
    assert told("用3年时间新建站点", Present(2031, (2032, 2034))) == [("until", 2034, None)]
    assert told("用3年时间新建站点", Present(None, (2032, 2034))) == [("until", 2034, None)]
    assert told("用3年时间新建站点", Present(None, (2032, 2036))) == []


def test_the_end_of_the_year_is_that_of_its_sentence():
    assert told("2033年3月开工，年底前建成", Present(2031))[-1] == ("until", 2033, None)
    assert told("2033年3月开工。年底前建成", Present(2031))[-1] == ("until", 2031, None)


@pytest.mark.parametrize(
    "text",
    [
        "今年以来新增",
        "较今年增长",
        "截至今年6月",
        "近三年内获奖",
        "连续三年内达标",
        "自认定之日起三年内",
        "三年内无事故",
        "每年年底前报送",
        "2030年年内",
        "建设期为3年",
    ],
)
def test_what_only_looks_counted_sets_none(text):
    assert [d for d in told(text, Present(2031)) if d[1] >= 2031] == []
