"""What monitors are told."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from policies.models import Change
from search import indexing

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


def test_asking_is_cheap(client, django_assert_num_queries):
    indexing.rebuild()
    with django_assert_num_queries(1):
        client.get("/readyz")
