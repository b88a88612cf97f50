"""Vouching for records, and rejecting them."""

import pytest

from policies.actions.confirm import confirm
from policies.actions.correct import correct
from policies.actions.reject import reject
from policies.history import EditError
from policies.models import Provision, Target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


def reviews(rows) -> list[str]:
    return [type(row).objects.get(pk=row.pk).review for row in rows]


def test_confirming_keeps_what_was_corrected_and_takes_a_rejected_one_back(library):
    one, two, rejected = library.plan.target_set.order_by("pk")
    correct(two, {"unit": "EFLOPS"}, user=None)
    action = confirm([one, two, rejected, library.law], user=None)
    assert reviews([one, two, rejected, library.law]) == ["confirmed", "corrected", "confirmed", "confirmed"]
    assert action
    assert action.summary.startswith("3 条目标、政策")
    assert confirm([one], user=None) is None


def test_a_corrected_one_that_was_rejected_is_corrected_again(library):
    row = library.plan.target_set.first()
    correct(row, {"unit": "座"}, user=None)
    reject([row], user=None)
    confirm([row], user=None)
    assert reviews([row]) == ["corrected"]


class TestRejectingAClause:
    def test_takes_what_was_found_in_it_along(self, library):
        clause = library.plan.provisions.get(eid="sec_1")
        reject([clause], user=None)
        assert not Target.objects.standing().filter(provision=clause).exists()
        assert not library.plan.observation_set.standing().exists()
        assert library.plan.responsibility_set.standing().exists()

    def test_asks_for_those_below_it_first(self, library):
        chapter = library.law.provisions.get(eid="chp_1")
        with pytest.raises(EditError, match="下级条款"):
            reject([chapter], user=None)
        reject([chapter, *chapter.children.all()], user=None)
        assert not Provision.objects.standing().filter(eid__startswith="chp_1", policy=library.law).exists()
        with pytest.raises(EditError, match="上级条款"):
            confirm([chapter.children.first()], user=None)


def test_a_policy_is_withdrawn_and_not_rejected(library):
    with pytest.raises(EditError, match="撤回"):
        reject([library.plan], user=None)
