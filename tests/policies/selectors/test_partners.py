"""Whom an agency works with."""

import pytest

from policies.models import Agency, Responsibility, ResponsibleAgency
from policies.selectors.partners import named_together, partners
from policies.selectors.records import engagements

pytestmark = pytest.mark.usefixtures("kept_library")


def duty(policy, *named, review="machine"):
    row = Responsibility.objects.create(policy=policy, line=20, quote="x", rule="test", review=review)
    for position, (agency, role) in enumerate(named, 1):
        ResponsibleAgency.objects.create(
            responsibility=row, agency=agency, position=position, name=agency.name, role=role
        )


@pytest.fixture
def forestry(library) -> Agency:
    """An agency with which the bureau has more tasks than with any other, most of which readers do not see."""
    forestry = Agency.objects.get(name="青川省林业厅")
    duty(library.plan, (forestry, "lead"), (library.bureau, "support"), (library.finance, "responsible"))
    duty(library.plan, (forestry, "support"), (library.bureau, "lead"), review="rejected")
    for _ in range(2):
        duty(library.draft, (forestry, "support"), (library.bureau, "lead"))
    return forestry


def told(found):
    return [(row.agency.name, row.shared, row.leads, row.supports, row.responsible) for row in found]


def test_partners_are_counted_by_responsibility_and_their_role(library, forestry, reader):
    found, total = partners(library.bureau, reader, 10)
    assert told(found) == [("青川省财政厅", 2, 0, 1, 1), ("青川省林业厅", 1, 1, 0, 0)]
    assert total == 2


def test_editors_see_those_of_drafts_and_nobody_the_rejected(library, forestry, editor):
    found, total = partners(library.bureau, editor, 1)
    assert told(found) == [("青川省林业厅", 3, 1, 2, 0)]
    assert total == 2


def test_pairs_are_those_in_the_agencys_own_responsibilities(library, forestry, reader):
    duty(library.plan, (forestry, "lead"), (library.finance, "support"))
    counts = named_together(library.bureau, [forestry, library.finance], reader)
    assert counts[forestry.pk, library.finance.pk] == counts[library.finance.pk, forestry.pk] == 1
    assert counts[forestry.pk, forestry.pk] == 1
    assert counts[library.finance.pk, library.finance.pk] == 2


def test_policies_are_ranked_by_the_tasks_that_they_give(library, forestry, reader, editor):
    duty(library.law, (library.bureau, "lead"))
    told = [(row.policy, row.year, row.tasks) for row in engagements(library.bureau, reader)]
    assert told == [(library.plan, 2023, 2), (library.law, 2024, 1)]
    assert engagements(library.bureau, editor)[0].policy == library.draft
