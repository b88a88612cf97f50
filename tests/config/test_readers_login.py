"""READERS_LOGIN: nothing is read by those who have not logged in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
from django.urls import URLResolver, get_resolver

def open_views(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from open_views(pattern.url_patterns, f"{space}{pattern.namespace or ''}:")
        elif not getattr(pattern.callback, "login_required", True):
            yield space + (pattern.name or str(pattern.pattern))

client = Client(SERVER_NAME="localhost")
answers = {}
for path in sys.argv[1:]:
    answer = client.get(path)
    said = answer.headers.get("Location") or answer.content.decode()
    answers[path] = [answer.status_code, said, dict(answer.headers)]
print(json.dumps({"answers": answers, "open": sorted(open_views(get_resolver().url_patterns))}))
"""
CLOSED = (
    "/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap-policies.xml",
    "/search/?q=x",
    "/search/csv/?q=x",
    "/policies/x/",
    "/api/",
)
API = (
    "/api/v1/policies/",
    "/api/v1/runs/",
    "/api/v1/batches/",
    "/api/v1/policies/1/",
    "/api/v1/search/?q=x",
    "/api/v1/schema/",
)
PUBLIC = ("/login/", "/healthz", "/account/forgotten/", "/account/link/x/y/")


@pytest.fixture(scope="module")
def told() -> dict:
    """How a site with the switch answers a stranger; its database is away, so that nothing can come from it."""
    environment = os.environ | {
        "READERS_LOGIN": "1",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    asked = [*CLOSED, *API, *PUBLIC, "/robots.txt"]
    command = [sys.executable, "-c", ASK, *asked]
    return json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)


def test_pages_and_feeds_ask_for_a_login(told):
    for path in CLOSED:
        status, place, _ = told["answers"][path]
        assert (status, place.split("?")[0]) == (302, "/login/"), path


def test_the_api_says_401_as_a_problem(told):
    for path in API:
        status, body, headers = told["answers"][path]
        assert (status, json.loads(body)["title"]) == (401, "需要登录"), path
        assert headers["WWW-Authenticate"], path


def test_what_logging_in_needs_and_monitors_stay_open(told):
    assert {told["answers"][path][0] for path in PUBLIC} == {200}
    assert told["answers"]["/robots.txt"][:2] == [200, "User-agent: *\nDisallow: /\n"]


def test_nothing_else_is_open(told):
    """What the API's own views say is asked above."""
    views = [name for name in told["open"] if not name.startswith(("api:", "runs:"))]
    assert views == ["admin:login", "forgotten", "live", "login", "metrics", "password_link", "ready", "robots"]


def test_readers_read_when_they_have_logged_in(client, db, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
    assert client.get("/issues/").status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/issues/").status_code == 200
