"""Policies side by side: who may be asked for, what stands in one row, and what is suggested."""

from datetime import date

import pytest

from policies.models import (
    Agency,
    Edition,
    Policy,
    Provision,
    Region,
    Responsibility,
    ResponsibleAgency,
    Target,
    Topic,
)
from policies.selectors.comparing_policies import asked_for, compare, recent_editions, suggested

pytestmark = pytest.mark.usefixtures("kept_library")


@pytest.fixture
def other(library) -> Policy:
    """A published plan of another province, with a target, a task and a topic of its own."""
    region = Region.objects.create(code="520000", name="白河省", short_name="白河", level="province")
    policy = Policy.objects.create(
        source=library.issue.source, slug="白河-2024-方案", order=1, title="白河省算力方案", kind="plan",
        level="province", region=region, start_line=12, end_line=21, state="published", issued_on=date(2024, 6, 1),
    )  # fmt: skip
    clause = Provision.objects.create(
        policy=policy, position=1, depth=1, type="section", label="一", path="一", eid="sec_1", heading="总体目标",
        text="建成智算中心。", start_line=13, end_line=14, topics=["computing"],
    )  # fmt: skip
    Target.objects.create(
        policy=policy, provision=clause, line=14, quote="x", indicator="建成智算中心数", op="=", value=5, unit="个",
        rule="test",
    )  # fmt: skip
    duty = Responsibility.objects.create(policy=policy, provision=clause, line=14, quote="x", rule="test")
    finance = Agency.objects.create(name="白河省财政厅", region=region, level="province")
    ResponsibleAgency.objects.create(responsibility=duty, agency=finance, position=1, name="省财政厅", role="lead")
    policy.topics.add(library.topic)
    return policy


def test_policies_come_in_the_order_asked_each_once(library, reader):
    asked = asked_for([library.plan.slug, library.law.slug, library.plan.slug], reader)
    assert (asked.policies, asked.missing) == ([library.plan, library.law], [])


def test_drafts_are_missing_to_readers(library, reader, editor):
    slugs = [library.draft.slug, "没有", "a\0b"]
    assert asked_for(slugs, reader).missing == slugs
    assert asked_for(slugs, editor).policies == [library.draft]


def test_one_indicator_stands_in_one_row(library, other, reader):
    rows = compare([library.plan, other], reader).targets
    assert [(row.name, row.shared) for row in rows] == [("智算中心", 2), ("", 1)]
    assert [[target.value for target in cell] for cell in rows[0].cells] == [[12], [5]]
    assert [[target.indicator for target in cell] for cell in rows[1].cells] == [["算力规模"], []]


def test_one_indicator_in_units_that_cannot_be_compared_stands_apart(library, other, reader):
    Target.objects.filter(policy=other).update(unit="PFLOPS", base_unit="PFLOPS")
    (row,) = compare([library.plan, other], reader).targets
    assert (row.name, [len(cell) for cell in row.cells]) == ("", [2, 1])


def test_agencies_of_one_office_stand_in_one_row(library, other, reader):
    rows = compare([library.plan, other], reader).agencies
    assert [(row.name, row.shared) for row in rows] == [("财政厅", 2), ("", 1)]
    assert [[(doer.agency.name, doer.role) for doer in cell] for cell in rows[0].cells] == [
        [("青川省财政厅", "配合")],
        [("白河省财政厅", "牵头")],
    ]


def test_offices_of_other_places_keep_their_names(library, other, reader):
    Agency.objects.filter(name="白河省财政厅").update(region=library.city, name="云岭市财政厅")
    rows = compare([library.plan, other], reader).agencies
    assert [[doer.agency.name for doer in cell] for cell in rows[0].cells] == [
        ["青川省数据局", "青川省财政厅"],
        ["云岭市财政厅"],
    ]


def test_a_topic_leads_to_the_clauses(library, other, reader):
    Topic.objects.create(slug="alone", name="孤独", terms=["独"])
    library.plan.provisions.filter(eid="sec_1").update(topics=["alone", "computing", "forgotten"])
    rows = compare([library.plan, other], reader).topics
    assert [(row.name, row.shared) for row in rows] == [("算力", 2), ("孤独", 1)]


def test_rejected_rows_never(library, other, reader):
    library.plan.provisions.filter(eid="sec_1").update(review="rejected")
    Target.objects.filter(policy=other).update(review="rejected")
    Responsibility.objects.filter(policy=other).update(review="rejected")
    found = compare([library.plan, other], reader)
    assert found.outlines is not None
    assert found.outlines.rows == []
    assert [[target.indicator for target in cell] for row in found.targets for cell in row.cells] == [
        ["智算中心", "算力规模"],
        [],
    ]
    assert [[doer.agency.name for doer in cell] for row in found.agencies for cell in row.cells] == [
        ["青川省数据局", "青川省财政厅"],
        [],
    ]


def test_versions_stand_in_the_order_of_time_with_signs(library, other, reader):
    for policy in (library.plan, other):
        policy.title_key, policy.region = "算力方案", library.province
        policy.save()
    found = compare([other, library.plan], reader)
    assert found.versions is not None
    assert found.outlines is None
    assert [(side.sign, side.policy) for side in found.sides] == [("甲", library.plan), ("乙", other)]


def test_three_are_compared_by_their_outlines(library, other, editor):
    found = compare([library.plan, other, library.draft], editor)
    assert found.outlines is not None
    assert [[unit is not None for unit in row] for row in found.outlines.rows] == [[True, True, True]]


def test_other_editions_are_suggested_first_then_those_of_the_kind_and_topics(library, other, reader):
    Policy.objects.update(title_key="")
    law = library.law
    law.title_key = library.plan.title_key = "条例"
    law.save()
    library.plan.save()
    assert list(suggested([library.plan], reader)) == [law, other]
    assert list(suggested([library.plan, law], reader)) == [other]
    other.topics.clear()
    assert list(suggested([library.plan], reader)) == [law]


def test_titles_are_looked_for(library, other, reader, editor):
    assert list(suggested([], reader, "算力 方案")) == [other, library.plan]
    assert list(suggested([other], reader, "算力")) == [library.plan]
    assert list(suggested([], reader, "草稿")) == []
    assert list(suggested([], editor, "草稿")) == [library.draft]
    assert list(suggested([], reader, topic=library.topic)) == [other, library.plan]
    assert list(suggested([], reader, "青川", library.topic)) == [library.plan]


def test_editions_to_compare_are_those_that_one_may_read(library, other, reader, editor):
    seen = Edition.objects.create(earlier=library.plan, later=other, relation="revised")
    draft = Edition.objects.create(earlier=library.draft, later=other, relation="draft_of")
    Edition.objects.create(earlier=library.law, later=other, relation="same")
    assert recent_editions(reader) == [seen]
    assert recent_editions(editor) == [draft, seen]
