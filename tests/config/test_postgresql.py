"""A database that hangs is given up after some seconds, and comes back by itself."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection
from psycopg.errors import ConnectionTimeout

from config.embedded import base as embedded
from config.postgresql import base

pytestmark = pytest.mark.django_db


def test_a_connection_that_hangs_is_not_usable(monkeypatch):
    other = connection.copy()
    other.connect()
    assert other.is_usable()
    server = other.connection.info.backend_pid
    monkeypatch.setattr(base, "PATIENCE", 0.1)
    try:
        os.kill(server, signal.SIGSTOP)
        assert not other.is_usable()
    finally:
        os.kill(server, signal.SIGCONT)
        other.close()


def test_a_connection_that_is_closed_is_not_usable():
    other = connection.copy()
    assert not other.is_usable()
    other.connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 1000)", [other.connection.info.backend_pid])
    assert not other.is_usable()
    other.close()


def test_who_asks_after_a_server_hung_does_not_wait_for_it_too(monkeypatch):
    asked = []

    def hang(*_):
        asked.append(1)
        raise ConnectionTimeout

    monkeypatch.setattr(base.base.DatabaseWrapper, "get_new_connection", hang)
    monkeypatch.setattr(base.DatabaseWrapper, "hung_until", 0.0)
    other = base.DatabaseWrapper(connection.settings_dict)
    for _ in range(3):
        with pytest.raises(OperationalError):
            other.ensure_connection()
    assert len(asked) == 1
    monkeypatch.setattr(base.DatabaseWrapper, "hung_until", 0.0)  # as if PAUSE were over
    with pytest.raises(OperationalError):
        other.ensure_connection()
    assert len(asked) == 2


@pytest.mark.parametrize(("hung_until", "attempts"), [(0.0, 2), (0.1, 1)])
def test_only_one_tries_whether_a_server_that_hung_still_does(monkeypatch, hung_until, attempts):
    """While all is well, as at a start, any number connect at the same moment."""
    asked, trying, over = [], Event(), Event()

    def hang(*_):
        asked.append(1)
        trying.set()
        if len(asked) == 1:
            assert over.wait(10)
        raise ConnectionTimeout

    def ask():
        with pytest.raises(OperationalError):
            base.DatabaseWrapper(connection.settings_dict).ensure_connection()

    monkeypatch.setattr(base.base.DatabaseWrapper, "get_new_connection", hang)
    monkeypatch.setattr(base.DatabaseWrapper, "hung_until", hung_until)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(ask)
        assert trying.wait(10)
        ask()
        over.set()
        first.result()
    assert len(asked) == attempts


def test_a_private_server_that_hangs_is_not_started_again(monkeypatch):
    def hang(*_):
        raise ConnectionTimeout

    monkeypatch.setattr(base.DatabaseWrapper, "get_new_connection", hang)
    monkeypatch.setattr(embedded.cluster, "revive", None)  # to call it would fail
    with pytest.raises(ConnectionTimeout):
        embedded.DatabaseWrapper(connection.settings_dict).get_new_connection({})
