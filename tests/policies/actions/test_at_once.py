"""Two editors on one record at once: the second waits for the first, and is told."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from policies.actions.correct import correct
from policies.actions.editing import version_of
from policies.actions.publish import UnsettledError, publish
from policies.history import ConflictError
from policies.models import Action, Doubt, State, Target
from policies.models.doubt import MUST_FIX
from policies.turns import take_turn

WAITING = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"


def somebody_waits() -> bool:
    """Whether another transaction waits for its turn."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_one_of_two_edits_of_the_same_version_is_refused(library):
    target = library.plan.target_set.first()
    seen, start = version_of(Target.objects.get(pk=target.pk)), Barrier(2)
    answers: list[Action | ConflictError | None] = []

    def edit(value: int) -> None:
        try:
            start.wait()
            answers.append(correct(target, {"value": value}, user=None, seen=seen))
        except ConflictError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=edit, args=(value,)) for value in (21, 22)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, ConflictError) for answer in answers) == 1
    assert Action.objects.count() == 1
    assert Target.objects.get(pk=target.pk).value in (21, 22)


@pytest.mark.django_db(transaction=True)
def test_a_doubt_that_a_load_brings_meanwhile_keeps_an_issue_from_readers(library):
    issue, chief = library.draft_issue, User.objects.create_superuser("主编")
    refusals: list[UnsettledError] = []

    def try_to_publish() -> None:
        try:
            publish(issue, user=chief)
        except UnsettledError as error:
            refusals.append(error)
        finally:
            connection.close()

    thread = Thread(target=try_to_publish)
    with transaction.atomic():
        take_turn()
        thread.start()
        while thread.is_alive() and not somebody_waits():
            thread.join(0.05)
        Doubt.objects.create(issue=issue, code=min(MUST_FIX), line=1, message="缺页")
    thread.join()
    issue.refresh_from_db()
    assert (len(refusals), issue.state) == (1, State.DRAFT)
