"""What is kept in memory is what is committed."""

import pytest
from django.db import connection

from policies.models import Change, Policy
from search.kept import Kept
from tests.search.builders import policy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other():
    """A second connection, in a transaction of its own."""
    made = connection.copy()
    made.ensure_connection()
    made.set_autocommit(False)
    yield made
    made.close()


@pytest.fixture
def titles() -> Kept[list[str]]:
    return Kept(lambda: list(Policy.objects.order_by("pk").values_list("title", flat=True)))


def test_gathered_once_and_again_after_a_change(titles):
    made = policy("驿站规划")
    first = titles.get()
    assert first == ["驿站规划"]
    assert titles.get() is first
    Policy.objects.filter(pk=made.pk).update(title="渡口规划")
    Change.objects.note([made.pk])
    assert titles.get() == ["渡口规划"]


def test_a_change_that_was_going_on_meanwhile_is_seen_when_it_is_committed(titles, other):
    made = policy("驿站规划")
    with other.cursor() as cursor:
        cursor.execute("UPDATE policies_policy SET title = '渡口规划' WHERE id = %s", [made.pk])
        cursor.execute("INSERT INTO policies_change (policy_id, created_at) VALUES (%s, now())", [made.pk])
    before = titles.get()
    assert before == ["驿站规划"]
    assert titles.get() is before
    other.commit()
    after = titles.get()
    assert after == ["渡口规划"]
    assert titles.get() is after
