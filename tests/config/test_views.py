"""What monitors are told."""

import math
import os
import socket
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from ingest.models import Run
from policies.models import Change
from search import indexing
from tests.running import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index_folder(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"


def test_alive_whatever_is_away(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_ready_as_long_as_changes_wait_no_longer_than_they_may(client, settings):
    def asked() -> tuple[int, str]:
        answer = client.get("/readyz")
        return answer.status_code, answer.json()["status"]

    assert asked() == (503, "index")
    indexing.rebuild()
    assert asked() == (200, "ok")
    Change.objects.note([1])
    assert asked() == (200, "ok")
    Change.objects.update(created_at=timezone.now() - timedelta(seconds=settings.READY_LAG + 5))
    assert asked() == (503, "lag")
    indexing.update()
    assert asked() == (200, "ok")


def test_not_ready_without_the_database(client, monkeypatch):
    def away():
        raise OperationalError("gone")

    indexing.rebuild()
    monkeypatch.setattr(indexing, "lag", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_ready_without_broker_and_worker_which_only_uploads_wait_for(client, settings, monkeypatch):
    monkeypatch.setattr("kombu.utils.functional.sleep", lambda seconds: pytest.fail("a monitor waits meanwhile"))
    indexing.rebuild()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"], answer.json()["worker"]) == (200, True, False)
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["broker"]) == (200, "ok", False)


def test_a_broker_that_is_silent_holds_nobody_up(client, settings):
    """It takes the connection and says nothing: asked as long as a monitor waits, and no longer."""
    indexing.rebuild()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        assert client.get("/readyz").json()["broker"] is False


def test_a_worker_is_known_by_its_connection(client):
    indexing.rebuild()
    with psycopg.connect(**connection.get_connection_params() | {"application_name": "policy worker"}) as worker:
        worker.execute("SELECT 1")
        assert client.get("/readyz").json()["worker"] is True


def test_asking_is_cheap(client, django_assert_num_queries):
    indexing.rebuild()
    with django_assert_num_queries(2):
        client.get("/readyz")


def measured(client, **how) -> dict[str, float]:
    """What /metrics says, by name and labels."""
    answer = client.get("/metrics", **how)
    assert answer.status_code == 200
    return {
        sample.name + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_metrics_count_requests_and_searches(client):
    indexing.rebuild()
    before = measured(client)
    client.get("/search/?q=驿站")
    client.get("/nowhere-1/")
    client.get("/nowhere-2/")
    client.generic("BREW", "/healthz")
    after = measured(client)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert more("policy_requests_total GET 200 search:search") == 1
    assert more("policy_requests_total GET 404 none") == 2
    assert more("policy_requests_total other 405 none") == 1
    assert more("policy_request_seconds_count search:search") == 1
    assert more("policy_search_seconds_count whoosh") >= 1
    assert after["policy_web_memory_bytes"] > 1_000_000
    assert not [name for name in after if "nowhere" in name or "BREW" in name]


def test_metrics_tell_health_and_queues(client):
    indexing.rebuild()
    Change.objects.note([1, 2])
    run = Run.objects.create(filename="a.txt", content=b"", size=0, sha256="")
    Run.objects.update(queued_at=run.announced_at - timedelta(hours=1))
    found = measured(client)
    assert (found["policy_database_up"], found["policy_index_up"], found["policy_broker_up"]) == (1, 1, 1)
    assert (found["policy_worker_up"], found["policy_index_waiting"]) == (0, 2)
    assert (found["policy_runs queued"], found["policy_runs done"]) == (1, 0)
    assert found["policy_queue_seconds"] == pytest.approx(3600, abs=600), "not since workers were told"
    assert found["policy_index_lag_seconds"] >= 0


def test_metrics_without_the_database_say_so(client, monkeypatch):
    def away():
        raise OperationalError("gone")

    monkeypatch.setattr(indexing, "lag", away)
    found = measured(client)
    assert found["policy_database_up"] == 0
    assert "policy_runs done" not in found


def test_metrics_tell_since_when_there_is_no_new_backup(client, settings, tmp_path):
    settings.VAR = tmp_path
    assert measured(client)["policy_backup_age_seconds"] == math.inf
    (tmp_path / "backups").mkdir()
    for name, hours in (("04T030000Z.zip", 27), ("05T030000Z.zip", 3), ("06T030000Z.zip.partial", 0), (".zip", 0)):
        file = tmp_path / "backups" / f"policy-203101{name}"
        file.touch()
        os.utime(file, (time.time() - hours * 3600,) * 2)
    assert measured(client)["policy_backup_age_seconds"] == pytest.approx(3 * 3600, abs=600)


def test_metrics_are_for_this_machine_or_whoever_has_the_token(client, settings):
    def asked(**how) -> int:
        return client.get("/metrics", **how).status_code

    assert asked() == 200
    assert asked(REMOTE_ADDR="192.0.2.7") == 403
    assert asked(headers={"X-Forwarded-For": "127.0.0.1"}) == 403
    settings.METRICS_TOKEN = "s3cret"
    assert asked() == 403
    assert asked(headers={"Authorization": "Bearer other"}) == 403
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": "Bearer s3cret"})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
