"""What the tests of the ingest share."""

from uuid import UUID

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection

from ingest import runs
from ingest.gazetteer import load_gazetteer


@pytest.fixture
def gazetteer_loaded(db):
    load_gazetteer()


@pytest.fixture(scope="module")
def gazetteer_kept(kept):
    """The gazetteer loaded once, for a file of which every test needs it."""
    load_gazetteer()
    connection.check_constraints()  # once, not at every load


@pytest.fixture(autouse=True)
def slow_heart(monkeypatch):
    """A heart beats outside of a test's transaction, and would not find its run."""
    monkeypatch.setattr(runs, "BEAT", 60)


@pytest.fixture
def sent(monkeypatch):
    """The ids of the runs that were announced to the workers, of which there are none."""
    ids: list[UUID] = []
    monkeypatch.setattr(runs, "send", ids.append)
    return ids


@pytest.fixture
def editor(db):
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["publish_issue", "add_run", "view_run"]))
    return user


@pytest.fixture
def reader(db):
    return User.objects.create_user("reader")
