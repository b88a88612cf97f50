"""A real worker over the real broker: what is uploaded is ingested once, whenever the worker dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from ingest import actions, runs
from ingest.gazetteer import load_gazetteer
from ingest.models import Run
from policies.models import Change, Issue, Policy, Provision, Source
from policies.turns import TURN

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[4]
SAMPLE = settings.FIXTURES / "samples" / "2031-01.txt"
PATIENCE = 60  # seconds after which something hangs; nothing here takes more than a few


class Worker:
    """`manage.py worker` on the database and the broker of these tests."""

    def __init__(self, log: Path):
        self.log = log
        database = connection.settings_dict["NAME"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "POLICY_VAR": str(settings.VAR)}
        environment["POLICY_DATABASE"] = database
        if environment.get("DATABASE_URL"):
            environment["DATABASE_URL"] = environment["DATABASE_URL"].rpartition("/")[0] + f"/{database}"
        with log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=output, stderr=output
            )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


@pytest.fixture
def start(tmp_path):
    """Starts workers, on an empty queue; they are gone when the test is over."""
    runs.celery_app.control.purge()
    load_gazetteer()
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(Worker(tmp_path / "worker.log"))
        return workers[-1]

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.kill()
    print((tmp_path / "worker.log").read_text())  # noqa: T201  shown when the test fails


def submit() -> Run:
    return actions.submit(SAMPLE.read_bytes(), SAMPLE.name, user=None)


def wait_for(true: Callable[[], bool], worker: Worker) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert worker.process.poll() is None, "the worker ended"
        assert time.monotonic() < deadline, "it hangs"
        time.sleep(0.02)


def reached(run: Run, step: str) -> Callable[[], bool]:
    return lambda: Run.objects.filter(pk=run.pk, state="running", step=step).exists()


def ended(run: Run) -> Callable[[], bool]:
    return lambda: Run.objects.filter(pk=run.pk, state__in=["done", "failed"]).exists()


def sql(query: str, *arguments: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchone()[0]


@contextmanager
def nobody_loads():
    """Hold the turn of the loads, so that a worker stops right before it writes."""
    sql("SELECT pg_advisory_lock(%s)", TURN)
    try:
        yield
    finally:
        sql("SELECT pg_advisory_unlock(%s)", TURN)


def worker_waits_inside_its_load() -> bool:
    """Whether somebody who has the turn of the loads waits for a lock of ours."""
    return bool(
        sql(
            """SELECT EXISTS (
                   SELECT 1 FROM pg_locks turn JOIN pg_locks wish USING (pid)
                   WHERE turn.locktype = 'advisory' AND turn.granted AND NOT wish.granted
                   AND turn.database = (SELECT oid FROM pg_database WHERE datname = current_database())
               )"""
        )
    )


def assert_loaded_once(run: Run) -> None:
    run.refresh_from_db()
    assert (run.state, run.message) == (Run.State.DONE, "2031年第1期已入库。")
    issue = Issue.objects.get()
    assert run.issue == issue
    assert Source.objects.get().sha256 == run.sha256
    assert Policy.objects.filter(issue=issue).count() == Policy.objects.count() == run.counts["policies"] > 0
    assert Provision.objects.count() == run.counts["provisions"]
    assert Change.objects.count() == Policy.objects.count()


def test_an_upload_is_ingested_and_a_second_message_does_nothing(start):
    run = submit()
    runs.send(run.pk)
    worker = start()
    wait_for(ended(run), worker)
    assert_loaded_once(run)
    second = actions.submit(b"", "empty.txt", user=None)  # done after both messages
    wait_for(ended(second), worker)
    worker.stop()
    said = worker.log.read_text()
    assert "No hostname" not in said
    assert ("superuser" in said) == bool(os.environ.get("DATABASE_URL") and os.geteuid() == 0)
    run.refresh_from_db()
    assert run.attempts == 1
    assert worker.process.returncode == 0


def test_a_worker_killed_before_it_writes_leaves_nothing_and_the_next_one_loads_once(start):
    with nobody_loads():
        run = submit()
        first = start()
        wait_for(reached(run, "load"), first)
        first.kill()
        assert not Source.objects.exists()
    Run.objects.update(heartbeat_at=Now() - 2 * runs.STALE)
    wait_for(ended(run), start())
    assert_loaded_once(run)
    assert Run.objects.get().attempts == 2


def test_a_worker_killed_in_the_middle_of_its_writing_leaves_nothing_either(start):
    with ExitStack() as stack:
        turn = stack.enter_context(ExitStack())
        turn.enter_context(nobody_loads())
        run = submit()
        first = start()
        wait_for(reached(run, "load"), first)
        with transaction.atomic():
            Run.objects.select_for_update().get(pk=run.pk)  # the load ends with a write to this row
            turn.close()
            wait_for(worker_waits_inside_its_load, first)
            first.kill()
        assert not Source.objects.exists()
    Run.objects.update(heartbeat_at=Now() - 2 * runs.STALE)
    wait_for(ended(run), start())
    assert_loaded_once(run)


def test_a_run_whose_message_was_lost_is_found_by_a_starting_worker(start):
    run = submit()
    runs.celery_app.control.purge()
    Run.objects.update(announced_at=Now() - timedelta(hours=1))
    wait_for(ended(run), start())
    assert_loaded_once(run)
