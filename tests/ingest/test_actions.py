"""What editors do with runs."""

import pytest
from django.core.exceptions import PermissionDenied

from ingest import actions, runs
from ingest.intake import File, Refused
from ingest.models import Batch, Run

State = Run.State


def test_submitting_keeps_the_bytes_and_announces_the_run_once_committed(
    editor, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.submit("驿站".encode(), "甲.txt", user=editor)
        assert sent == []
    assert sent == [run.pk]
    run.refresh_from_db()
    assert (bytes(run.content).decode(), run.size, run.state, run.created_by) == ("驿站", 6, State.QUEUED, editor)
    assert run.events.get().message == "editor上传。"


@pytest.mark.parametrize("action", [actions.cancel, actions.retry, actions.accept, actions.decline])
def test_only_permitted_users_decide(reader, sent, action):
    run = actions.submit(b"1", "甲.txt", user=None)
    with pytest.raises(PermissionDenied):
        action(run, user=reader)
    run.refresh_from_db()
    assert (run.state, run.events.count()) == (State.QUEUED, 1)


def test_only_permitted_users_submit(reader, sent):
    with pytest.raises(PermissionDenied):
        actions.submit(b"1", "甲.txt", user=reader)
    with pytest.raises(PermissionDenied):
        actions.submit_batch([File("甲.txt", b"1")], [], user=reader)
    assert not Run.objects.exists()
    assert not Batch.objects.exists()


def test_a_batch_keeps_what_was_refused(editor, sent):
    batch = actions.submit_batch([File("甲.txt", b"1")], [Refused("乙.png", "这是图片。")], user=editor)
    assert batch.runs.get().created_by == editor
    assert Batch.objects.get().refused == [{"name": "乙.png", "reason": "这是图片。"}]


def test_the_worker_of_a_cancelled_run_has_lost_it_even_after_a_retry(editor, sent):
    run = actions.submit(b"1", "甲.txt", user=editor)
    slow = runs.claim(run.pk)
    assert slow
    assert actions.cancel(run, user=editor)
    with pytest.raises(runs.LostRunError):
        runs.begin(slow, Run.Step.PARSE, {})
    assert actions.retry(run, user=editor)
    assert runs.claim(run.pk)
    with pytest.raises(runs.LostRunError):
        runs.fail(slow, "不行。")
    assert [event.message for event in run.events.all()][-3:] == [
        "editor取消了处理。",
        "editor要求重试，重新排队。",
        "任务进程接手。",
    ]


def test_a_retried_run_may_stall_as_often_as_a_new_one(editor, sent):
    run = actions.submit(b"1", "甲.txt", user=editor)
    Run.objects.update(state=State.FAILED, stalls=2, attempts=3, message="不再尝试", changes={}, accepted_by=editor)
    assert actions.retry(run, user=editor)
    run.refresh_from_db()
    assert (run.stalls, run.attempts, run.message, run.changes, run.accepted_by) == (0, 3, "", None, None)
