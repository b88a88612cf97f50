"""What readers, programs and commands are told while the database is away."""

import errno
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.test import Client
from psycopg.errors import DiskFull

from config.database import EmbeddedDatabaseError
from config.embedded import base
from config.secrets import kept_secret

FULL = OperationalError("could not extend file: secret")
FULL.__cause__ = DiskFull()
AWAY = {
    OperationalError("could not connect: secret"): "数据库暂时不可用，请稍后再试。",
    InterfaceError("connection already closed: secret"): "数据库暂时不可用，请稍后再试。",
    FULL: "服务器的磁盘已满，没有写入任何内容；请在有空间后再试。",
}


@pytest.fixture(params=AWAY, ids=["cannot connect", "connection lost", "no room"])
def away(request, db, monkeypatch) -> tuple[Client, str]:
    """A client of a site whose views cannot ask the database, and what it is to be told."""

    def ask(*arguments, **how):
        raise request.param

    monkeypatch.setattr("policies.views.topics.render", ask)
    monkeypatch.setattr("policies.api.views.TargetViewSet.get_queryset", ask)
    return Client(raise_request_exception=False), AWAY[request.param]


def test_pages_say_so_and_nothing_else(away):
    client, words = away
    answer = client.get("/topics/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert words in page
    assert "secret" not in page


def test_the_api_says_so(away):
    client, words = away
    answer = client.get("/api/v1/targets/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json() == {
        "type": "about:blank",
        "title": "服务暂不可用",
        "status": 503,
        "detail": words,
        "instance": "/api/v1/targets/",
    }


def test_a_server_of_our_own_that_does_not_start_is_a_database_that_is_away(db, monkeypatch):
    def ensure(name):
        raise EmbeddedDatabaseError("内置的 PostgreSQL 启动失败：No space left on device")

    monkeypatch.setattr(base.cluster, "ensure", ensure)
    connection = base.DatabaseWrapper(connections["default"].settings_dict)
    with pytest.raises(OperationalError, match="启动失败"):
        connection.ensure_connection()


def test_a_command_says_so_without_its_inside():
    ended = subprocess.run(
        [sys.executable, "manage.py", "index", "status"],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing", "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr.splitlines()[0]) == (1, "没有完成：数据库暂时不可用，请稍后再试。")
    assert "Traceback" not in ended.stderr


def test_a_kept_secret_needs_no_room(tmp_path, monkeypatch):
    def full(*arguments, **how):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    kept = kept_secret(tmp_path / "secret")
    monkeypatch.setattr("config.secrets.os.fdopen", full)
    assert kept_secret(tmp_path / "secret") == kept
    with pytest.raises(OSError, match="No space left"):
        kept_secret(tmp_path / "another")
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
