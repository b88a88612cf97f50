"""Runs: taken by one worker, watched over, given back when it dies, given up when they kill."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from ingest import actions, runs
from ingest.models import Run
from ingest.tasks import run_ingest

LONG_AGO = Now() - timedelta(hours=1)
State = Run.State
PATIENCE = 60  # seconds after which something hangs


@pytest.fixture
def run(db):
    return Run.objects.create(filename="甲.txt", content=b"1", size=1, sha256="0" * 64)


def test_a_broker_that_is_away_does_not_lose_the_run(run, monkeypatch):
    def refuse(*args, **options):
        raise OperationalError("no broker")

    monkeypatch.setattr(runs.celery_app, "send_task", refuse)
    runs.send(run.pk)
    run.refresh_from_db()
    assert run.state == State.QUEUED


def test_a_run_is_taken_once(run):
    first = runs.claim(run.pk)
    assert first
    assert (first.state, first.attempts) == (State.RUNNING, 1)
    assert runs.claim(run.pk) is None
    runs.fail(first, "不行。")
    assert runs.claim(run.pk) is None, "a message that comes late does nothing"


def test_who_lost_a_run_cannot_write_to_it(run, sent):
    slow = runs.claim(run.pk)
    assert slow
    Run.objects.update(heartbeat_at=LONG_AGO)
    assert runs.requeue_stalled() == [run.pk]
    quick = runs.claim(run.pk)
    assert quick
    with pytest.raises(runs.LostRunError):
        runs.write(slow, step=Run.Step.LOAD)
    with pytest.raises(runs.LostRunError):
        runs.fail(slow, "不行。")
    runs.write(quick, step=Run.Step.PARSE)
    run.refresh_from_db()
    assert (run.step, run.attempts) == (Run.Step.PARSE, 2)


def test_every_write_is_a_sign_of_life(run):
    taken = runs.claim(run.pk)
    assert taken
    Run.objects.update(heartbeat_at=LONG_AGO)
    runs.write(taken, step=Run.Step.READ)
    assert runs.requeue_stalled() == []


@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_the_worker_works(run, monkeypatch):
    monkeypatch.setattr(runs, "BEAT", 0.01)
    taken = runs.claim(run.pk)
    assert taken
    Run.objects.update(heartbeat_at=LONG_AGO)
    with runs.beating(taken):
        deadline = time.monotonic() + PATIENCE
        while Run.objects.filter(heartbeat_at__lt=Now() - runs.STALE).exists():
            assert time.monotonic() < deadline, "no heartbeat"
            time.sleep(0.01)
    assert runs.requeue_stalled() == []


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_run_is_given_up_while_its_text_is_parsed(run, editor, monkeypatch):
    def parse(lines, known):
        assert actions.cancel(run, user=editor)
        time.sleep(PATIENCE)
        pytest.fail("it went on")

    monkeypatch.setattr(runs, "BEAT", 0.01)
    monkeypatch.setattr("ingest.pipeline.gazetteer", lambda: None)
    monkeypatch.setattr("ingest.pipeline.parse_lines", parse)
    run_ingest(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.step) == (State.CANCELLED, Run.Step.PARSE)


def test_a_living_run_is_left_alone(run, sent):
    runs.claim(run.pk)
    assert runs.requeue_stalled() == []
    run.refresh_from_db()
    assert (run.state, sent) == (State.RUNNING, [])


@pytest.mark.parametrize("hours", [-3, 3])
def test_clocks_of_machines_do_not_matter(run, sent, monkeypatch, hours):
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=hours))
    runs.claim(run.pk)
    assert runs.requeue_stalled() == []


def test_a_dead_run_is_found_though_the_clock_of_the_database_was_put_back(run, sent):
    other = Run.objects.create(filename="乙.txt", content=b"2", size=1, sha256="1" * 64)
    assert runs.claim(other.pk)
    Run.objects.update(heartbeat_at=Now() + timedelta(hours=1), announced_at=Now() + timedelta(hours=1))
    assert set(runs.requeue_stalled()) == {other.pk, run.pk}
    assert runs.requeue_stalled() == []


def test_a_run_that_kills_its_workers_is_given_up(run, sent):
    for _ in range(runs.ATTEMPTS):
        assert runs.claim(run.pk)
        Run.objects.update(heartbeat_at=LONG_AGO)
        runs.requeue_stalled()
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "不再尝试" in run.message
    assert len(sent) == runs.ATTEMPTS - 1
    assert run.events.last().message == run.message


def test_a_run_whose_message_was_lost_is_announced_again(run, sent):
    assert runs.requeue_stalled() == [], "it may still be on its way"
    Run.objects.update(announced_at=LONG_AGO)
    assert runs.requeue_stalled() == [run.pk]
    assert runs.requeue_stalled() == [], "once is enough for a while"
    assert sent == [run.pk]
    run.refresh_from_db()
    assert run.queued_at < run.announced_at, "it waits as long as before"


@pytest.mark.parametrize("state", [State.WAITING, State.CANCELLED])
def test_what_waits_for_an_editor_or_was_cancelled_is_left_alone(run, sent, state):
    Run.objects.update(state=state, changes={}, announced_at=LONG_AGO, heartbeat_at=LONG_AGO)
    assert runs.claim(run.pk) is None
    assert runs.requeue_stalled() == []
    run.refresh_from_db()
    assert (run.state, sent) == (state, [])


def test_an_accepted_version_that_stalls_is_still_accepted(run, sent, editor):
    Run.objects.update(accepted_by=editor, changes={})
    assert runs.claim(run.pk)
    Run.objects.update(heartbeat_at=LONG_AGO)
    assert runs.requeue_stalled() == [run.pk]
    again = runs.claim(run.pk)
    assert again
    assert again.accepted_by == editor


def test_runs_that_wait_for_a_busy_worker_are_not_announced_again(run, sent):
    other = Run.objects.create(filename="乙.txt", content=b"2", size=1, sha256="1" * 64)
    runs.claim(other.pk)
    Run.objects.filter(pk=run.pk).update(announced_at=LONG_AGO)
    assert runs.requeue_stalled() == []


def test_the_end_of_a_run_stands_or_falls_with_its_load(run):
    taken = runs.claim(run.pk)
    assert taken
    with transaction.atomic():
        runs.fail(taken, "不行。")
        transaction.set_rollback(True)
    run.refresh_from_db()
    assert run.state == State.RUNNING


def test_the_log_tells_a_person_what_happened(run, sent):
    runs.claim(run.pk)
    Run.objects.update(heartbeat_at=LONG_AGO)
    runs.requeue_stalled()
    taken = runs.claim(run.pk)
    assert taken
    runs.begin(taken, Run.Step.READ, {})
    runs.begin(taken, Run.Step.PARSE, {"lines": 3})
    runs.fail(taken, "没有找到刊头。")
    assert [(event.message, event.step) for event in run.events.all()] == [
        ("任务进程接手。", ""),
        ("任务进程没有了音讯，重新排队。", ""),
        ("任务进程接手。", ""),
        ("开始读取。", "read"),
        ("开始拆分。", "parse"),
        ("没有找到刊头。", ""),
    ]
    run.refresh_from_db()
    assert (run.counts, run.stalls) == ({"lines": 3}, 1)
