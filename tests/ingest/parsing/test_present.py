"""The year that a policy speaks in."""

from datetime import date

import pytest

from ingest.parsing.present import NOWHEN, Present, present_of

ISSUED = date(2030, 12, 20)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("甲市2031年茶业工作要点", 2031),
        ("关于印发2031年度植树计划的通知", 2031),
        ("甲市茶业办法", 2030),
        ("甲市茶业办法（2029年版）", 2030),
        ("甲市到2035年的茶业愿景", 2030),
    ],
)
def test_the_title_or_the_day_of_issue_tells_it(title, year):
    assert present_of(title, ISSUED, None) == Present(year)


def test_a_plan_has_its_period_too():
    plan = present_of("甲市茶业行动计划（2031—2033年）", ISSUED, (2031, 2033))
    assert plan == Present(2030, (2031, 2033))
    assert (plan.since, plan.after(3), plan.after(5)) == (2031, 2033, 2035)


def test_nothing_told():
    assert present_of("甲市茶业办法", None, None) == NOWHEN
    assert (NOWHEN.since, NOWHEN.after(3)) == (None, None)
