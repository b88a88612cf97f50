"""What readers, programs and commands are told while the database is away."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.test import Client

from config.database import EmbeddedDatabaseError
from config.embedded import base

AWAY = [OperationalError("could not connect: secret"), InterfaceError("connection already closed: secret")]


@pytest.fixture(params=AWAY, ids=["cannot connect", "connection lost"])
def away(request, db, monkeypatch) -> Client:
    """A client of a site whose views cannot ask the database."""

    def ask(*arguments, **how):
        raise request.param

    monkeypatch.setattr("policies.views.topics.render", ask)
    monkeypatch.setattr("policies.api.views.TargetViewSet.get_queryset", ask)
    return Client(raise_request_exception=False)


def test_pages_say_so_and_nothing_else(away):
    answer = away.get("/topics/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "数据库暂时不可用" in page
    assert "secret" not in page


def test_the_api_says_so(away):
    answer = away.get("/api/v1/targets/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json() == {
        "type": "about:blank",
        "title": "服务暂不可用",
        "status": 503,
        "detail": "数据库暂时不可用，请稍后再试。",
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
    assert (ended.returncode, ended.stderr[:12]) == (1, "数据库不可用，没有完成：")
    assert "Traceback" not in ended.stderr
