"""What browsers are told: on pages, files, errors and redirects alike."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from policies.actions.manage_accounts import make_account
from policies.roles import Role, set_up_roles
from search import indexing

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "Content-Security-Policy": "default-src 'self'",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES = {  # addresses of each kind, by the status of their answer
    "/": 200,
    "/about/": 200,
    "/targets/compare/?indicator=智算": 200,
    "/search/?q=算力": 200,
    "/search/csv/?q=算力": 200,
    "/targets/csv/": 200,
    "/targets/xlsx/": 200,
    "/feed/": 200,
    "/sitemap.xml": 200,
    "/robots.txt": 200,
    "/healthz": 200,
    "/static/site.css": 200,
    "/api/": 200,
    "/api/try/": 200,
    "/api/try/script/": 200,
    "/api/v1/policies/": 200,
    "/api/v1/schema/": 200,
    "/api/v1/policies/?x=1": 400,
    "/api/v1/nothing/": 404,
    "/login/": 200,
    "/desk/": 200,
    "/desk/upload/": 200,
    "/desk/records/target/": 200,
    "/admin/": 200,
    "/admin/policies/target/": 200,
    "/about": 301,
    "/nothing/": 404,
    "/static/nothing.css": 404,
    "/logout/": 405,
    "/search/?q=%00&page=x": 200,
}


@pytest.fixture
def administrator(library, settings, tmp_path) -> Client:
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()
    set_up_roles()
    client = Client(raise_request_exception=False)
    client.force_login(make_account("主管", Role.ADMINISTRATOR, user=None))
    return client


def lacking(response) -> list[str]:
    return [name for name, words in EXPECTED.items() if words not in response.headers.get(name, "")]


def test_each_answer_defends_itself(administrator):
    answers = {address: administrator.get(address) for address in PAGES}
    assert {address: answer.status_code for address, answer in answers.items()} == PAGES
    assert {address: lacking(answer) for address, answer in answers.items() if lacking(answer)} == {}


def test_errors_do_too(administrator, monkeypatch):
    refused = Client(enforce_csrf_checks=True).post(reverse("login"))
    nameless = administrator.get("/", headers={"Host": "evil.example.org"})
    monkeypatch.setattr("policies.views.about.render", lambda *_, **__: 1 / 0)
    broken = administrator.get("/about/")
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_user("reader"))
    forbidden = stranger.get("/desk/")
    answers = [refused, nameless, broken, forbidden]
    assert [answer.status_code for answer in answers] == [403, 400, 500, 403]
    assert [lacking(answer) for answer in answers] == [[]] * 4


def test_no_policy_says_unsafe(client, db):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy


def test_templates_hold_no_script_or_style_of_their_own():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|<style|\sstyle=|\son\w+=|javascript:")
    found = [path.name for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text())]
    assert found == []
