"""Loads and edits at once, each a transaction of its own: they wait for each other."""

import threading

import pytest
from django.db import connection

from ingest.loading import load
from policies.actions.publish import publish
from policies.models import Issue, Policy, Provision, State
from policies.selectors.agencies import agencies_of
from tests.ingest.builders import GAZETTEER, READING, law, parsed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gazetteer_loaded")]


def ingest(file, sha256="a" * 64, **options):
    return load(file, READING, filename="驿站.txt", sha256=sha256, gazetteer=GAZETTEER, **options)


def test_two_loads_at_once_end_with_the_issue_loaded_once():
    outcomes = []

    def work():
        try:
            outcomes.append(ingest(parsed()).outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["loaded", "unchanged", "unchanged", "unchanged"]
    assert (Issue.objects.count(), Policy.objects.count(), Provision.objects.count()) == (1, 2, 6)


def test_what_is_published_during_a_load_is_not_a_draft_again(monkeypatch):
    issue = ingest(parsed()).issue

    def work():
        try:
            publish(issue, user=None)
        finally:
            connection.close()

    publishing = threading.Thread(target=work)

    def once_the_load_has_read_what_is_there(ids):
        publishing.start()
        while publishing.is_alive() and not somebody_waits_for_a_lock():
            publishing.join(0.01)
        return agencies_of(ids)

    monkeypatch.setattr("ingest.loading.loader.agencies_of", once_the_load_has_read_what_is_there)
    ingest(parsed(law()), "b" * 64, replace=True)
    publishing.join()
    assert Issue.objects.get().state == State.PUBLISHED
    assert Policy.objects.get().state == State.PUBLISHED


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]
