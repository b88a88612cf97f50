"""The year that a policy speaks in."""

from datetime import date

import pytest

from ingest.parsing.present import NOWHEN, Present, present_of
from ingest.records import PolicyRecord

ISSUED = date(2030, 12, 20)
DIGEST = date(2036, 5, 1)


def policy(title, issued_on=None, period=None, note=None, number=None):
    return PolicyRecord(
        1, None, title, "plan", "city", 1, 9, issued_on=issued_on, period=period, editor_note=note, doc_number=number
    )


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("甲市茶业办法", 2030),
        ("甲市茶业办法（2029年版）", 2030),
        ("甲市到2035年的茶业愿景", 2030),
    ],
)
def test_the_day_of_issue_tells_it(title, year):
    assert present_of(policy(title, ISSUED), DIGEST) == Present(year)


@pytest.mark.parametrize("title", ["甲市2031年茶业工作要点", "关于印发2031年度植树计划的通知"])
def test_a_year_in_the_title_makes_it_a_policy_of_that_year(title):
    assert present_of(policy(title, ISSUED), DIGEST) == Present(2031, yearly=True)


def test_a_plan_has_its_period_too():
    plan = present_of(policy("甲市茶业行动计划（2031—2033年）", ISSUED, (2031, 2033)), DIGEST)
    assert plan == Present(2030, (2031, 2033))
    assert (plan.since, plan.after(3), plan.after(5)) == (2031, 2033, 2035)


@pytest.mark.parametrize(
    "note",
    [
        "2032年7月，甲市人民政府印发《甲市茶业行动计划》，引起关注。",
        "2032 年，甲市发布了《关于甲市茶业行动计划的通知》。",
        "2028年，乙市印发《乙市林业办法》。2032年3月，甲市人民政府办公室出台《甲市茶业行动计划》。",
    ],
)
def test_the_note_may_tell_the_year_of_issue_without_a_day(note):
    assert present_of(policy("甲市茶业行动计划", note=note), DIGEST) == Present(2032)


def test_another_documents_year_in_the_note_is_not_its_own():
    note = "2028年，乙市印发《乙市林业办法》。近日，甲市印发《甲市茶业行动计划》。"
    assert present_of(policy("甲市茶业行动计划", note=note), DIGEST) == Present(2036)


def test_number_and_period_date_it_before_the_digest_does():
    numbered = policy("甲市茶业行动计划", number="甲政办发〔2032〕8号")
    assert present_of(numbered, DIGEST) == Present(2032)
    old = policy("甲市茶业行动计划（2031—2033年）", period=(2031, 2033))
    assert present_of(old, DIGEST) == Present(2031, (2031, 2033))
    coming = policy("甲市茶业行动计划（2037—2039年）", period=(2037, 2039))
    assert present_of(coming, DIGEST) == Present(2036, (2037, 2039))


def test_nothing_told():
    assert present_of(policy("甲市茶业办法"), None) == NOWHEN
    assert (NOWHEN.since, NOWHEN.after(3)) == (None, None)
