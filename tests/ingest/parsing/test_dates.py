from datetime import date

import pytest

from ingest.parsing.dates import find_days, parse_date, parse_period, small_number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年3月3日", date(2023, 3, 3)),
        ("于 2023 年 11 月 23 日至 27 日举行", date(2023, 11, 23)),
        ("二〇二三年十二月二十三日", date(2023, 12, 23)),
        ("二○二三年十月十日", date(2023, 10, 10)),
        ("２０２１年１月１日", date(2021, 1, 1)),
        ("1995年8月l日", date(1995, 8, 1)),
        ("发布日期：2023-11-02", date(2023, 11, 2)),
        ("2023.4.5", date(2023, 4, 5)),
        ("2023年2月30日", None),
        ("2023年13月1日", None),
        ("1023年1月1日", None),
        ("2023年1月", None),
        ("版本 1.2.3", None),
        ("2月24日", None),
    ],
)
def test_a_day_is_read_as_it_is_printed(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("2月24日", date(2031, 2, 24)), ("3月20日", date(2031, 3, 20)), ("12月28日", date(2030, 12, 28))],
)
def test_a_day_without_its_year_takes_that_of_the_issue(text, day):
    assert parse_date(text, date(2031, 3, 7)) == day


def test_days_come_in_order_with_their_places():
    text = "2023年1月19日公布　自2023-03-01起施行"
    assert [text[day.start : day.end] for day in find_days(text)] == ["2023年1月19日", "2023-03-01"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("云溪省数字码头行动计划（2031—2033年）", (2031, 2033)),
        ("云溪省数字码头行动计划(2031-2033)", (2031, 2033)),
        ("云溪省数字码头行动计划（2031年至2033年）", (2031, 2033)),
        ("云溪省数字码头行动计划（二〇三一—二〇三三年）", (2031, 2033)),
        ("云溪省“十四五”数字码头规划", (2021, 2025)),
        ("云溪省国民经济和社会发展第十五个五年规划纲要", (2026, 2030)),
        ("2031年1—10月份码头运行情况", None),
        ("数字码头白皮书（2031年）", None),
        ("云溪省数字码头行动计划（2033—2031年）", None),
    ],
)
def test_a_period_is_what_the_title_states(title, period):
    assert parse_period(title) == period


@pytest.mark.parametrize(
    ("text", "number"),
    [("15", 15), ("１５", 15), ("十", 10), ("十五", 15), ("二十三", 23), ("一二八", 128), ("", None), ("甲", None)],
)
def test_small_numbers(text, number):
    assert small_number(text) == number
