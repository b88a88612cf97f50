"""What comes twice, and to two workers at the same moment, is loaded once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from ingest import actions, pipeline, runs
from ingest.gazetteer import load_gazetteer
from ingest.models import Run
from ingest.tasks import run_ingest
from policies.models import Action, Issue, Policy, Source

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLE = settings.FIXTURES / "samples" / "2031-01.txt"
PATIENCE = 60  # seconds after which something hangs


def work(run_id: UUID) -> None:
    """What one worker does with a message."""
    try:
        run_ingest(str(run_id))
    finally:
        connection.close()


def at_once(monkeypatch, place: object, name: str, *run_ids: UUID) -> None:
    """Workers that all reach `place.name` before any of them goes on."""
    meeting, real = Barrier(len(run_ids)), getattr(place, name)

    def wait(*arguments, **options):
        meeting.wait(PATIENCE)
        return real(*arguments, **options)

    monkeypatch.setattr(place, name, wait)
    with ThreadPoolExecutor(len(run_ids)) as workers:
        list(workers.map(work, run_ids))


def assert_loaded_once() -> None:
    issue = Issue.objects.get()
    assert Source.objects.count() == Action.objects.count() == 1
    assert issue.policies.count() == Policy.objects.count() > 0


def test_one_message_delivered_twice(monkeypatch, sent):
    load_gazetteer()
    run = actions.submit(SAMPLE.read_bytes(), SAMPLE.name, user=None)
    at_once(monkeypatch, runs, "claim", run.pk, run.pk)
    run.refresh_from_db()
    assert (run.state, run.outcome, run.attempts) == ("done", "loaded", 1)
    assert_loaded_once()


def test_one_file_uploaded_twice(monkeypatch, sent):
    load_gazetteer()
    pair = [actions.submit(SAMPLE.read_bytes(), SAMPLE.name, user=None) for _ in range(2)]
    at_once(monkeypatch, pipeline, "load", *(run.pk for run in pair))
    assert sorted(Run.objects.values_list("state", "outcome")) == [("done", "loaded"), ("done", "unchanged")]
    assert_loaded_once()
