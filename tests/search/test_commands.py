"""`manage.py index`, `search` and `indexer`."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from policies.models import Change, Policy, State
from search import indexing
from search.engines.base import IndexMissingError
from search.management.commands import indexer
from tests.search.builders import found, policy

pytestmark = pytest.mark.django_db


def test_index_update_builds_what_is_missing_then_takes_in_changes(capsys):
    policy("甲", "驿站。")
    call_command("index", "update")
    assert "索引已重建：1 条条款" in capsys.readouterr().out
    policy("乙", "驿站。")
    policy("丙", "驿站。")
    call_command("index", "update")
    assert "已收入 2 条变更" in capsys.readouterr().out
    call_command("index", "update", verbosity=0)
    assert capsys.readouterr().out == ""
    assert len(found(indexing.current(), "驿站")) == 3


def test_index_check_fails_with_what_differs(capsys):
    made = policy("驿站规划", "驿站。")
    call_command("index", "rebuild")
    call_command("index", "check")
    assert "一致：1 条" in capsys.readouterr().out
    made.provisions.update(text="客舍。")
    with pytest.raises(CommandError, match=r"内容不同 1 条[^驿]*驿站规划") as failure:
        call_command("index", "check")
    assert failure.value.returncode == 1


def test_index_check_without_an_index_fails():
    with pytest.raises(CommandError, match="没有检索索引"):
        call_command("index", "check")


def test_index_status(capsys):
    call_command("index", "status")
    out = capsys.readouterr().out
    assert "whoosh（检索用）　没有索引" in out
    assert "tantivy　没有索引" in out
    assert out.endswith("待收入　0 条变更\n")
    policy("甲", "驿站。", "客舍。")
    indexing.rebuild()
    policy("乙", "驿站。")
    call_command("index", "status")
    out = capsys.readouterr().out
    assert "whoosh（检索用）　2 条条款，" in out
    assert "数据库　3 条" in out
    assert "待收入　1 条变更，最早的在 0 秒前" in out


def test_search_prints_hits(capsys):
    policy("驿站规划", "加快驿站 建设[bold]。", state=State.DRAFT)
    indexing.rebuild()
    call_command("search", "驿站建设 (规划")
    out = capsys.readouterr().out
    assert "括号没有配对" in out
    assert "共 0 条" in out
    call_command("search", "驿站建设")
    out = capsys.readouterr().out
    assert "驿站规划" in out
    assert "加快驿站 建设[bold]。" in out
    assert "共 1 条" in out


def test_search_prints_json(capsys):
    policy("驿站规划", "驿站一。", "驿站二。")
    indexing.rebuild()
    call_command("search", "驿站", json=True, limit=1)
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], len(answer["hits"])) == (2, 1)


def test_search_without_an_index_or_with_a_bad_limit_fails():
    with pytest.raises(CommandError, match="没有检索索引"):
        call_command("search", "驿站")
    with pytest.raises(CommandError, match="limit") as failure:
        call_command("search", "驿站", limit=0)
    assert failure.value.returncode == 2


def test_search_refuses_what_a_shell_could_not_decode():
    with pytest.raises(CommandError, match="UTF-8") as failure:
        call_command("search", "驿\udcff站")
    assert failure.value.returncode == 2


def test_the_indexer_rebuilds_by_itself_and_takes_in_what_comes():
    """One round of the loop after another, as the indexer runs them."""
    command = indexer.Command()
    policy("甲", "驿站。")
    assert command._step() is True  # there was no index
    assert command._step() is False
    policy("乙", "驿站。")
    assert command._step() is True
    assert Change.objects.count() == 0
    for file in indexing.current().folder.iterdir():
        if file.is_file():
            file.write_bytes(b"broken")
    Change.objects.note(Policy.objects.values_list("pk", flat=True))
    assert command._step() is True
    assert len(found(indexing.current(), "驿站")) == 2


@pytest.mark.parametrize("fault", [OSError("disk full"), OperationalError("gone"), IndexMissingError("damaged")])
def test_the_indexer_goes_on_after_a_fault(fault, monkeypatch):
    """It tries again until the disk has room and the database is back; a damaged index it builds anew."""
    command = indexer.Command()
    policy("甲", "驿站。")
    indexing.rebuild()
    faults = iter([fault, fault])
    update = indexing.update

    def failing() -> int:
        for one in faults:
            raise one
        command.ending.set()
        return update()

    monkeypatch.setattr(indexing, "update", failing)
    monkeypatch.setattr(indexer, "PAUSE", 0)
    monkeypatch.setattr(indexer.connection, "close", lambda: None)  # the test's own transaction is in it
    monkeypatch.setattr(indexer, "close_old_connections", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    command.handle()
    assert len(found(indexing.current(), "驿站")) == 1


def test_an_index_that_may_not_be_written_is_said(settings, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings.INDEX_FOLDER = tmp_path / "file"
    with pytest.raises(CommandError, match="不能写索引"):
        call_command("index", "rebuild")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_indexer_runs_until_it_is_told_to_end(number, index_folder: Path):
    """A process of its own, on this test's database and folder, sees a commit and ends on the signal."""
    policy("甲", "驿站。")
    database = settings.DATABASES["default"]
    code = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.INDEX_FOLDER = {str(index_folder)!r};"
        "from django.core.management import call_command; call_command('indexer')"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "POLICY_DATABASE": database["NAME"]}
    process = subprocess.Popen([sys.executable, "-c", code], env=environment)
    try:
        deadline = time.monotonic() + 60
        while Change.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(found(indexing.current(), "驿站")) == 1
        policy("乙", "驿站。")
        while Change.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(found(indexing.current(), "驿站")) == 2
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
