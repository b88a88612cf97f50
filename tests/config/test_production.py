"""Production: refused without its secrets, and strict with them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.production import demand, is_production, origin_of

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "SITE_URL": "https://policy.example.org/",
    "SECRET_KEY": "5f0c7b1e-驿站-" + "0123456789abcdefghij" * 3,
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
    "TRUSTED_PROXIES": "1",
}
ASK = """
import json, sys
import django
django.setup()
from django.test import Client

client = Client(raise_request_exception=False)
answers = {}
for name, path, headers in json.loads(sys.argv[1]):
    answer = client.get(path, headers=headers)
    cookies = [cookie.OutputString() for cookie in answer.cookies.values()]
    answers[name] = [answer.status_code, dict(answer.headers), cookies, answer.content.decode()]
print(json.dumps(answers))
"""
HTTPS = {"Host": "policy.example.org", "X-Forwarded-Proto": "https"}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program with these settings alone, and none of what this machine sets."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "POLICY_VAR") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=kept | settings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "TRUSTED_PROXIES"])
def test_it_does_not_start_without(missing):
    environment = {name: value for name, value in ENVIRONMENT.items() if name != missing}
    ended = run("manage.py", "start", **environment)
    assert ended.returncode == 1
    assert ended.stderr.startswith("没有启动：")
    assert f"没有设置 {missing}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not any(name in ended.stderr for name in environment if name != "SITE_URL")


def test_it_does_not_start_with_an_address_that_cannot_be_read_and_does_not_show_it():
    ended = run("manage.py", "start", **ENVIRONMENT | {"DATABASE_URL": "postgres://policy:geheim/x@db/policy"})
    assert ended.returncode == 1
    assert ended.stderr.startswith("没有启动：DATABASE_URL 应写作")
    assert not any(word in ended.stderr for word in ("Traceback", "geheim"))


@pytest.mark.parametrize("proxies", ["0", "-1", "one"])
def test_it_does_not_start_without_a_number_of_proxies(monkeypatch, proxies):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        demand(ENVIRONMENT, Environment().number("TRUSTED_PROXIES", default=0))


def test_an_address_is_read_whatever_its_case():
    assert is_production("HTTPS://Policy.Example.org/")
    assert origin_of("HTTPS://Policy.Example.org/") == "https://policy.example.org"
    assert not is_production("Http://policy.example.org")


@pytest.mark.parametrize("address", ["", "policy.example.org", "ftp://policy.example.org", "https://", "https://[::1"])
def test_what_is_no_address_of_a_site_is_refused(address):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        is_production(address)


def test_it_does_not_start_with_a_short_secret():
    ended = run("manage.py", "start", **ENVIRONMENT | {"SECRET_KEY": "short"})
    assert (ended.returncode, "SECRET_KEY 不足 50 个字符" in ended.stderr) == (1, True)


def test_nothing_is_found_by_the_deployment_check():
    ended = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **ENVIRONMENT)
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
def answers() -> dict:
    """Status, headers, cookies and words of the answers of a site whose database is away."""
    asked = [
        ["by http", "/login/?next=/desk/", {"Host": "policy.example.org"}],
        ["by https", "/login/", HTTPS],
        ["by another name", "/login/", HTTPS | {"Host": "evil.example.org"}],
        ["by a neighbour", "/healthz", {"Host": "127.0.0.1:8000"}],
        ["broken", "/", HTTPS],
    ]
    names = {"ALLOWED_HOSTS": "policy.example.org,web", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ended = run("-c", ASK, json.dumps(asked), **ENVIRONMENT | names)
    return json.loads(ended.stdout)


def test_plain_http_leads_to_https(answers):
    status, headers, *_ = answers["by http"]
    assert (status, headers["Location"]) == (301, "https://policy.example.org/login/?next=/desk/")


def test_under_https_browsers_stay_there(answers):
    status, headers, cookies, _ = answers["by https"]
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-csrf"]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookies[0].split(";")}


def test_other_names_are_refused_and_neighbours_answered(answers):
    assert answers["by another name"][0] == 400
    assert answers["by a neighbour"][0] == 200


def test_a_failure_shows_nothing_but_that_it_failed(answers):
    status, headers, _, page = answers["broken"]
    assert (status, "数据库暂时不可用" in page, headers["Retry-After"]) == (503, True, "10")
    assert not any(word in page for word in ("Traceback", "OperationalError", "nobody", "settings"))
