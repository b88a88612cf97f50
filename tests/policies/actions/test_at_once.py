"""Two editors on one record at once: the second waits for the first, and is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from policies.actions.correct import correct
from policies.actions.editing import version_of
from policies.history import ConflictError
from policies.models import Action, Target


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
