"""Index and outbox against the database: what differs is named, and made to agree."""

import shutil
from datetime import timedelta

import pytest
from django.utils import timezone

from policies.models import Change, Policy
from search import indexing
from search.verification import CHECKS
from tests.search.builders import policy
from tests.verifying import faults

pytestmark = pytest.mark.django_db
WAITING, SAME = (check.says for check in CHECKS)


@pytest.fixture
def made() -> Policy:
    made = policy("驿站规划", "驿站。")
    indexing.rebuild()
    indexing.rebuild(engine="tantivy")
    Change.objects.all().delete()
    return made


def repair(says: str) -> None:
    (check,) = (check for check in CHECKS if check.says == says)
    assert list(check.faults())
    assert check.repair
    check.repair()
    assert list(check.faults()) == []


def test_an_index_that_was_kept_passes(made):
    Change.objects.note([made.pk])
    assert [faults(CHECKS, check.says) for check in CHECKS] == [[], []]


def test_a_clause_that_no_index_heard_of(made):
    made.provisions.update(text="客舍。")
    assert [fault.split()[0] for fault in faults(CHECKS, SAME)] == ["whoosh", "tantivy"]
    assert made.slug in faults(CHECKS, SAME)[0]
    repair(SAME)


def test_a_policy_that_is_gone(made):
    Policy.objects.all().delete()
    assert "已不在" in faults(CHECKS, SAME)[0]
    repair(SAME)


def test_an_index_that_is_gone(made, index_folder):
    shutil.rmtree(indexing.current().folder)
    assert "manage.py index" in faults(CHECKS, SAME)[0]
    repair(SAME)


def test_a_change_that_waits_for_long(made):
    Change.objects.note([made.pk])
    assert faults(CHECKS, WAITING) == []
    Change.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert "1 条变更等待编入索引" in faults(CHECKS, WAITING)[0]
    repair(WAITING)
