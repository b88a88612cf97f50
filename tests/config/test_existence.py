"""Where there is no knowledge base, what works on one is refused in a sentence, and makes none."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connection

from tests.upgrade.earlier import own_database

OWN = {"config", "ingest", "policies", "search"}
CALLS = {
    "account": "list",
    "backup": "new",
    "dump": "new",
    "export": "targets.csv new",
    "index": "rebuild",
    "ingest": str(settings.FIXTURES / "samples"),
    "link": "",
    "loadgazetteer": "",
    "mcp": "",
    "reextract": "--all",
    "search": "驿站",
    "verify": "",
}
WITHOUT = {
    *("start", "prepare", "restore"),  # which make one
    "parse",  # needs none
    *("web", "worker", "indexer"),  # wait for a database that is away
}


def test_every_command_is_known_here():
    assert {name for name, app in get_commands().items() if app in OWN} == CALLS.keys() | WITHOUT


@pytest.mark.parametrize("call", ["backup", "web", "worker", "indexer"])
def test_a_place_where_nothing_was_made_gets_no_server(tmp_path, call):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "manage.py", call, *([str(tmp_path / "new.zip")] if call == "backup" else [])],
        cwd=settings.BASE_DIR,
        env={**environment, "POLICY_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"CommandError: 这里没有知识库（{tmp_path / 'var'}）")
    assert "POLICY_VAR" in ended.stderr
    assert not (tmp_path / "var" / "postgres").exists()
    assert not (tmp_path / "new.zip").exists()


@pytest.mark.parametrize("name", CALLS)
def test_a_database_without_tables_is_no_knowledge_base(
    django_db_setup, django_db_blocker, tmp_path, monkeypatch, name
):
    monkeypatch.chdir(tmp_path)
    with django_db_blocker.unblock(), own_database("nothing", dump=None):
        monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
        with pytest.raises(CommandError, match=r"这里没有知识库（数据库 nothing）.*DATABASE_URL"):
            call_command(name, *CALLS[name].split(), stdout=StringIO())
        connection.close()
    assert not list(tmp_path.iterdir())
