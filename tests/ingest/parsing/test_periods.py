"""The time of a bulletin and of its facts."""

import pytest

from ingest.parsing.periods import Calendar


@pytest.mark.parametrize(
    ("title", "default"),
    [
        ("某省2030年统计公报", "2030"),
        ("2030年1—8月份运行情况", "2030-01/2030-08"),
        ("2030年上半年运行情况", "2030-01/2030-06"),
        ("2030年前三季度运行情况", "2030-01/2030-09"),
        ("2030年一至三季度运行情况", "2030-01/2030-09"),
        ("2030年第三季度运行情况", "2030-07/2030-09"),
        ("2030年前11个月运行情况", "2030-01/2030-11"),
        ("2030 年 8 月份运行情况", "2030-08"),
    ],
)
def test_the_title_tells_the_time(title, default):
    calendar = Calendar.of_title(title)
    assert calendar is not None
    assert calendar.default == default


def test_a_title_without_a_year_tells_none():
    assert Calendar.of_title("运行情况") is None


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("截至9月末，余额", "2030-09"),
        ("年末人口", "2030年末"),
        ("2029年末人口", "2029年末"),
        ("1—3月份，产量", "2030-01/2030-03"),
        ("前5个月产量", "2030-01/2030-05"),
        ("全年产量", "2030"),
        ("产量比上年末", None),
        ("增速较前三季度", None),
        ("产量较2028年", None),
        ("去年全年", None),
        ("床位由2028年的", None),
    ],
)
def test_the_time_that_words_name(words, time):
    assert Calendar(2030, "2030").time_in(words) == time
