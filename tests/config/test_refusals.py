"""What gunicorn itself answers, before Django: by a server of ours that serves another application."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.running import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from wsgiref.simple_server import demo_app  # shows what it is told

import django
django.setup()
from config import refusals
from config.management.commands.web import Server

refusals.SILENCE = 1

class Telling(Server):
    def load(self):
        return demo_app

Telling(sys.argv[1]).run()
"""
PATIENCE = 60  # seconds for the server to answer


@pytest.fixture(scope="module")
def log(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def port(tmp_path_factory, log) -> Iterator[int]:
    counts = str(tmp_path_factory.mktemp("counts"))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PROMETHEUS_MULTIPROC_DIR": counts}
    environment["WEB_WORKERS"] = "1"
    found = free_port()
    command = [sys.executable, "-c", SERVE, f"127.0.0.1:{found}"]
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=file)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", found)).close()
            break
        except OSError:
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.1)
    yield found
    server.terminate()
    server.wait()


def answer(port: int, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as asked:
        asked.sendall(request)
        return b"".join(iter(lambda: asked.recv(4096), b"")).decode()


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "地址太长了"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"x" * 9000 + b"\r\n\r\n", 431, "头部太大"),
        (b"<script>alert(1)</script>\r\n\r\n", 400, "请求无法理解"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n", 400, "请求无法理解"),
    ],
)
def test_what_is_no_request_is_answered_in_chinese(port, request_, status, words):
    told = answer(port, request_)
    assert told.startswith(f"HTTP/1.1 {status} ")
    assert words in told
    assert "script" not in told


def test_no_header_moves_the_site_to_another_address(port):
    told = answer(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /evil\r\nConnection: close\r\n\r\n")
    assert told.startswith("HTTP/1.1 200 ")
    assert "/evil" not in told


def test_those_who_stop_in_the_middle_hold_nobody_up(port, log):
    with ExitStack() as silent:
        for _ in range(4):  # as many as there are threads
            stopped = silent.enter_context(socket.create_connection(("127.0.0.1", port)))
            stopped.sendall(b"GET / HTTP/1.1\r\nHost:")
        asked = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert answer(port, asked).startswith("HTTP/1.1 200 ")
    assert "Traceback" not in log.read_text(), "strangers' silence is no failure"
