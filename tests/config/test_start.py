"""`manage.py start` as a person runs it: up, down, killed, and up again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.start import StoppedError

ROOT = Path(__file__).resolve().parents[2]


class Running:
    """A `manage.py start` in a folder of its own, and everything that it prints."""

    def __init__(self, var: Path, port: int, **settings: str):
        self.var, self.port = var, port
        self.address = f"http://127.0.0.1:{port}/"
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CELERY_BROKER_URL")}
        self.log = var.parent / f"start-{time.monotonic_ns()}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{port}"],
                cwd=ROOT,
                env={**environment, **settings, "POLICY_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def printed(self) -> str:
        return self.log.read_text()

    def wait_until_up(self) -> str:
        deadline = time.monotonic() + 120
        while "知识库已启动" not in self.printed():
            assert self.process.poll() is None, self.printed()
            assert time.monotonic() < deadline, self.printed()
            time.sleep(0.1)
        return self.printed()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def others(self) -> list[int]:
        """Process ids of everything that was started in this folder, `start` itself apart."""
        mark = f"POLICY_VAR={self.var}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue  # it ended while we looked
        return [pid for pid in found if pid not in (self.process.pid, os.getpid())]

    def wait_until_alone(self) -> None:
        deadline = time.monotonic() + 40
        while self.others():
            assert time.monotonic() < deadline, f"still running: {self.others()}"
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(40) == 0, self.printed()


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("start") / "var"


@pytest.fixture
def start(var):
    """Starts it; whatever a failed test leaves behind is killed."""
    started = []

    def start(**settings: str) -> Running:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        started.append(Running(var, port, **settings))
        return started[-1]

    yield start
    for running in started:
        for pid in [*running.others(), running.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # as it should be


def test_first_start_serves_everything_and_ctrl_c_ends_everything(start):
    running = start()
    printed = running.wait_until_up()
    assert re.search(r"编辑账号：editor +密码：\S{12,}", printed)
    for path in ("", "issues/", "policies/", "regions/", "agencies/", "targets/", "search/?q=责任单位", "login/"):
        page = running.get(urllib.parse.quote(path, safe="/?=&"))
        assert 'lang="zh' in page
    assert "虚构" in running.get("issues/") or "示例" in running.get("issues/")
    running.stop()
    running.wait_until_alone()


def test_killed_start_leaves_nothing_that_stops_the_next(start, var):
    second = start(ALLOWED_HOSTS="policy.example.org")
    assert "密码" not in second.wait_until_up(), "a second start repeats no work, and goes by any name"
    second.process.kill()
    second.process.wait()
    third = start()
    third.wait_until_up()
    os.kill(int((var / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert "2031年第1期" in third.get("issues/"), "a killed database is started again under the site"
    third.stop()
    third.wait_until_alone()


def test_busy_port_is_said_at_once(start, var):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        running = Running(var, busy.getsockname()[1])
        assert running.process.wait(30) == 1
        assert "不能使用" in running.printed()


@pytest.mark.parametrize("bind", ["8000", ":8000", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536"])
def test_an_address_that_is_none_is_a_bad_call(bind):
    with pytest.raises(CommandError, match="地址应写作") as caught:
        call_command("start", bind=bind)
    assert caught.value.returncode == 2


def test_ctrl_c_is_heeded_while_a_file_is_ingested(db, monkeypatch):
    def read(content, filename):
        raise StoppedError

    monkeypatch.setattr("ingest.pipeline.read", read)
    with pytest.raises(StoppedError):
        call_command("ingest", str(ROOT / "fixtures" / "samples"))
