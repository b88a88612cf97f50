"""Settings that cannot be meant are refused in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.environment import WAITS, Environment
from search.engines import ENGINES

ROOT = Path(__file__).resolve().parents[2]
env = Environment()


def refused(**given: str) -> str:
    """What a start says that these settings do not allow."""
    command = [sys.executable, "manage.py", "start"]
    environment = os.environ | given | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_number_is_taken_and_nothing_is_the_default(monkeypatch):
    assert env.number("NUMBER_OF_X", default=3) == 3
    for given, number in (("", 3), ("0", 0), ("12", 12)):
        monkeypatch.setenv("NUMBER_OF_X", given)
        assert env.number("NUMBER_OF_X", default=3) == number


@pytest.mark.parametrize("given", ["-1", "0", "1.5", "two", "1 2"])
def test_what_is_no_such_number_is_told(monkeypatch, given):
    monkeypatch.setenv("NUMBER_OF_X", given)
    with pytest.raises(ImproperlyConfigured, match=f"NUMBER_OF_X={given} 应是不小于 1 的整数"):
        env.number("NUMBER_OF_X", default=3, least=1)


@pytest.mark.parametrize(("given", "on"), [("", False), ("0", False), ("off", False), ("1", True), ("True", True)])
def test_a_switch_is_on_or_off(monkeypatch, given, on):
    monkeypatch.setenv("X_LOGIN", given)
    assert env.switch("X_LOGIN", default=False) is on


@pytest.mark.parametrize("given", ["ja", "2", "vielleicht", " "])
def test_a_switch_that_is_neither_is_told(monkeypatch, given):
    monkeypatch.setenv("X_LOGIN", given)
    with pytest.raises(ImproperlyConfigured, match=f"X_LOGIN={given} 应是 1（是）或 0（否）"):
        env.switch("X_LOGIN", default=False)


def test_one_of_some_words_is_taken_and_no_other(monkeypatch):
    for given, found in (("", "text"), ("json", "json")):
        monkeypatch.setenv("X_FORM", given)
        assert env.choice("X_FORM", ("text", "json")) == found
    monkeypatch.setenv("X_FORM", "xml")
    with pytest.raises(ImproperlyConfigured, match="X_FORM=xml 不能用，可用的有：text、json"):
        env.choice("X_FORM", ("text", "json"))


@pytest.mark.parametrize("given", ["READERS_LOGIN=ja", "SEARCH_ENGINE=elastic", "LOG_FORMAT=xml"])
def test_nothing_is_started_with_a_word_that_a_setting_does_not_know(given):
    assert refused(**dict([given.split("=")])).startswith(f"没有启动：{given} ")


def test_every_engine_may_be_chosen():
    assert tuple(ENGINES) == settings.SEARCH_ENGINES


def test_a_folder_that_is_set_to_nothing_is_the_default_one(tmp_path):
    given = {"POLICY_VAR": "", "SECRET_KEY": "x" * 50, "CELERY_BROKER_URL": "redis://"}  # so that nothing is made there
    environment = os.environ | given | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from config import settings; print(settings.VAR)"]
    said = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == f"{ROOT / 'var'}\n"


def test_a_folder_that_cannot_be_made_is_told_with_its_variable(tmp_path):
    (tmp_path / "file").touch()
    ended = refused(POLICY_VAR=str(tmp_path / "file" / "var"), SECRET_KEY="")
    assert ended.startswith("没有启动：")
    assert "POLICY_VAR" in ended


def test_an_address_of_a_database_bounds_what_is_waited_for(monkeypatch):
    monkeypatch.setenv("X_URL", "postgres://policy:a%2Fb%3F@db:5433/policy?connect_timeout=9&sslmode=require")
    found = env.database("X_URL")
    assert (found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == ("a/b?", "db", 5433, "policy")
    assert found["OPTIONS"] == WAITS | {"connect_timeout": 9, "sslmode": "require"}


@pytest.mark.parametrize("password", ["geheim/x", "geheim?x", "1/geheim", "1?geheim"])
def test_a_password_that_is_not_encoded_is_told_and_not_shown(monkeypatch, password):
    monkeypatch.setenv("X_URL", f"postgres://policy:{password}@127.0.0.1:5432/policy")
    with pytest.raises(ImproperlyConfigured, match="X_URL 应写作") as refused:
        env.database("X_URL")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("address", ["postgres://policy@db/", "mysql://policy@db/policy", "policy"])
def test_what_is_no_address_of_a_database_is_refused(monkeypatch, address):
    monkeypatch.setenv("X_URL", address)
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        env.database("X_URL")
