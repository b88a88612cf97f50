"""`manage.py start` as a person runs it: up, down, killed, and up again."""

import os
import re
import signal
import socket
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.start import StoppedError
from tests.running import PATIENCE, ROOT, Running, free_port, programs

LINKED = re.compile(r'"/(static/[^"]+)"')


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("start") / "var"


def half_a_form(port: int) -> str:
    """What is answered to a form of 99 bytes of which 4 come before the sender is done."""
    head = "POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    head += f"Cookie: csrftoken={'x' * 32}\r\n"  # without one nothing is read
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as asked:
        asked.sendall(f"{head}Content-Length: 99\r\nConnection: close\r\n\r\na=bc".encode())
        asked.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: asked.recv(4096), b"")).decode()


@pytest.fixture
def start(var):
    """Starts it; whatever a failed test leaves behind is killed."""
    with programs() as started:

        def start(issues: Path | None = None, **settings: str) -> Running:
            started.append(Running(var, free_port(), issues=issues, **settings))
            return started[-1]

        yield start


def test_first_start_serves_everything(start, var):
    running = start()
    printed = running.wait_until_up()
    assert re.search(r"管理员账号：editor +密码：\S{12,}", printed)
    for path in ("", "issues/", "policies/", "regions/", "agencies/", "targets/", "search/?q=责任单位", "login/"):
        page = running.get(urllib.parse.quote(path, safe="/?=&"))
        assert 'lang="zh' in page
    linked = {address for path in ("", "api/try/") for address in LINKED.findall(running.get(path))}
    assert len(linked) > 4
    assert all(running.get(address) for address in linked)
    assert sorted({file.suffix for file in (var / "static").glob("site.*")}) == [".css", ".gz"]
    assert 'policy_requests_total{method="GET",status="200",view="policies:home"} ' in running.get("metrics")
    assert "虚构" in running.get("issues/") or "示例" in running.get("issues/")
    assert "没有收全" in half_a_form(running.port), "a connection that ends is not the end of the form"
    running.process.kill()
    running.process.wait()


def test_killed_start_leaves_nothing_that_stops_the_next_and_ctrl_c_ends_everything(start, var, tmp_path):
    corrected = tmp_path / "2031-01.txt"
    corrected.write_bytes((ROOT / "fixtures" / "samples" / "2031-01.txt").read_bytes() + b"\n")
    second = start(corrected, ALLOWED_HOSTS="policy.example.org")
    printed = second.wait_until_up()
    assert "密码" not in printed, "a second start repeats no work"
    assert f"manage.py ingest --replace {corrected}" in printed, "it says so, and serves what is there"
    os.kill(int((var / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert "2031年第1期" in second.get("issues/"), "a killed database is started again under the site, by any name"
    second.stop()
    second.wait_until_alone()


def test_busy_port_is_said_at_once(start, var):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        running = Running(var, busy.getsockname()[1])
        assert running.process.wait(PATIENCE) == 1
        assert "不能使用" in running.printed()
        assert "--bind 127.0.0.1:8001" in running.printed()


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
