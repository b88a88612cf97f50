"""How records are put into words."""

from decimal import Decimal

import pytest

from policies.models import Observation, Policy, Provision, Target
from policies.templatetags.reading import change, closed, label, level, period, when, years


@pytest.mark.parametrize(
    ("year_from", "year", "words"), [(None, 2025, "2025年"), (2021, 2025, "2021—2025年"), (None, None, "")]
)
def test_years(year_from, year, words):
    assert years(Target(year=year, year_from=year_from)) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2022", "2022年"),
        ("2022年末", "2022年末"),
        ("2022-12", "2022年12月"),
        ("2023-01/2023-10", "2023年1—10月"),
        ("2021/2023", "2021年—2023年"),
        ("2022-11/2023-02", "2022年11月—2023年2月"),
        ("", ""),
    ],
)
def test_when(said, words):
    assert when(Observation(when=said)) == words


def test_level_and_change():
    row = Observation(value=Decimal("7.300000"), unit="%", yoy=Decimal("0.2"), yoy_unit="个百分点")
    assert (level(row), change(row)) == ("7.3%", "+0.2 个百分点")
    row = Observation(unit="亿元", yoy=Decimal("-6.10"), yoy_unit="%")
    assert (level(row), change(row)) == ("—", "-6.1%")
    assert change(Observation(value=Decimal(1))) == ""


@pytest.mark.parametrize(
    ("start", "end", "words"), [(2023, 2027, "2023—2027年"), (2025, 2025, "2025年"), (None, None, "")]
)
def test_period(start, end, words):
    assert period(Policy(period_start=start, period_end=end)) == words


@pytest.mark.parametrize(
    ("kind", "printed", "words"),
    [
        ("article", "第八条", "第八条"),
        ("section", "第一节", "第一节"),
        ("section", "十二", "十二、"),
        ("subsection", "（一）", "（一）"),
        ("item", "3", "3."),
        ("item", "一是", "一是"),
        ("goal", "——2", "——"),
        ("paragraph", "段3", ""),
        ("body", "", ""),
    ],
)
def test_label(kind, printed, words):
    assert label(Provision(type=kind, label=printed)) == words


@pytest.mark.parametrize(("heading", "words"), [("加强统筹", "加强统筹。"), ("加强统筹。", "加强统筹。"), ("", "")])
def test_closed(heading, words):
    assert closed(heading) == words
