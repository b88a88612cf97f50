"""Each request has an id and leaves one line, which tells no secret and nothing of what is searched."""

import json
import logging

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.urls import resolve

from config import logs
from search import indexing

pytestmark = pytest.mark.django_db
LINK = "/account/link/MQ/abc123-0123456789/"
GIVEN = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()


@pytest.fixture
def lines():
    """What is logged, as a machine reads it."""
    written: list[str] = []
    form = logs.logging_settings(logs.JSON)["formatters"]["line"]
    formatter = form.pop("()")(**form)

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(formatter.format(record))

    handler = Kept()
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written]
    logging.getLogger().removeHandler(handler)


def test_a_request_leaves_one_line(client, lines):
    answer = client.get("/issues/?page=1")
    (line,) = lines()
    told = (line["event"], line["level"], line["method"], line["path"], line["view"], line["status"], line["address"])
    assert told == ("request", "info", "GET", "/issues/", "policies:issues", 200, "127.0.0.1")
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["milliseconds"] >= 0
    assert line["user"] is None


def test_who_is_logged_in_is_told_by_number(client, lines):
    editor = User.objects.create_user("小李", is_staff=True)
    client.force_login(editor)
    client.get("/account/")
    assert [line["user"] for line in lines()] == [editor.pk]


def test_an_id_is_taken_from_a_trusted_proxy_alone(client, settings):
    def given(value: str) -> str:
        return client.get("/healthz", headers={"X-Request-ID": value}).headers["X-Request-ID"]

    assert given(GIVEN) != GIVEN
    settings.TRUSTED_PROXIES = 1
    assert given(GIVEN) == GIVEN
    for wrong in ("", "short", "a" * 65, "a b c d e f", 'abcdefgh"}', "编号编号编号编号"):
        assert given(wrong) != wrong


def test_no_line_tells_what_is_searched_or_how_to_get_in(client, lines):
    client.get("/search/", {"q": "驿站"})
    client.get(LINK)
    assert [line["path"] for line in lines()] == ["/search/", "/account/link/MQ/…/"]
    assert resolve(LINK).view_name == "password_link"


@pytest.mark.parametrize("form", [logs.TEXT, logs.JSON])
def test_no_voice_tells_how_to_get_in(client, settings, caplog, monkeypatch, form):
    """Where no view was found or asked, and where one failed, which libraries tell too."""

    def away(*_):
        raise OperationalError("gone")

    caplog.set_level(logging.INFO)
    client.raise_request_exception = False
    client.options(LINK)
    client.get(LINK.rstrip("/"))
    monkeypatch.setattr("policies.views.own_account.PasswordLink.get_user", away)
    client.get(LINK, {"next": LINK})
    settings.SECURE_SSL_REDIRECT = True
    Client().get(LINK)
    line = logs.logging_settings(form)["formatters"]["line"]
    formatter = line.pop("()")(**line)
    told = [formatter.format(record) for record in caplog.records]
    assert ["django.request" in line for line in told] == [False, False, True, False, False]
    assert all("/account/link/MQ/…" in line and "abc123" not in line for line in told)


def test_what_failed_is_told_whole_with_its_traceback(client, lines, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("the view is broken")

    monkeypatch.setattr("search.views._answer", broken)
    client.raise_request_exception = False
    answer = client.get("/search/", {"q": "驿站"})
    failure, line = lines()
    assert "ZeroDivisionError: the view is broken" in failure["exception"]
    assert failure["request"] == line["request"] == answer.headers["X-Request-ID"]
    assert (line["status"], line["path"]) == (500, "/search/?q=%E9%A9%BF%E7%AB%99")


def test_what_machines_ask_all_day_leaves_no_line(client, lines):
    for path in ("/healthz", "/metrics", "/static/none.css"):
        client.get(path)
    assert lines() == []


def test_a_failure_over_a_monitors_question_is_told_as_any_other(client, lines, monkeypatch):
    def broken():
        raise ZeroDivisionError("the health is broken")

    monkeypatch.setattr("config.views.health", broken)
    client.raise_request_exception = False
    assert client.get("/readyz").status_code == 500
    assert "ZeroDivisionError: the health is broken" in lines()[0]["exception"]


def test_a_no_to_a_monitor_is_one_line_and_no_error(client, lines, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "none"
    client.get("/readyz")
    assert [(line["level"], line["path"], line["status"]) for line in lines()] == [("info", "/readyz", 503)]
