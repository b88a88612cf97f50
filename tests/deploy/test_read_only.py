"""Containers write the index and nothing else: the image holds all that a start would write beside it."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import jieba
import pytest
from django.core.management import call_command

from search import analysis
from tests.running import PATIENCE, ROOT, free_port

READ_ONLY = 'mount --bind "$0" "$0" && mount --bind "$0/index" "$0/index" && mount -o remount,bind,ro "$0"'
NOWHERE = "127.0.0.1:1"
UNSHARE = ("unshare", "--map-root-user", "--mount")
unshared = subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode == 0


@pytest.fixture
def image(tmp_path, settings, monkeypatch):
    """What the Dockerfile makes of POLICY_VAR."""
    settings.VAR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR / "static"
    (settings.VAR / "index").mkdir(parents=True)
    monkeypatch.setattr(analysis, "_cutter", jieba.Tokenizer())
    call_command("prepare", static=True)
    return settings.VAR


def test_the_image_holds_the_dictionary_as_its_processes_read_it(image: Path):
    """Or each would write it, and end; asked here, as not every machine lets us try that below."""
    assert (image / "jieba/jieba.cache").is_file()


@pytest.mark.skipif(not unshared, reason="no file systems of one's own here")
def test_web_and_indexer_start_where_they_write_the_index_alone(image: Path, tmp_path):
    port, log = free_port(), tmp_path / "log"
    environment = os.environ | {
        "POLICY_VAR": str(image),
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"postgres://policy:policy@{NOWHERE}/policy",
        "CELERY_BROKER_URL": f"redis://{NOWHERE}/0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    manage = f'"{sys.executable}" manage.py'
    both = f"{manage} indexer & exec {manage} web --bind 127.0.0.1:{port}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*UNSHARE, "--pid", "--kill-child", "sh", "-c", f"{READ_ONLY} && {both}", str(image)],
            cwd=ROOT, env=environment, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + PATIENCE
        while not (answers(port) and "database away" in log.read_text()):
            assert time.monotonic() < deadline, log.read_text()
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
