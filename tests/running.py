"""`manage.py start` as a program of its own: the whole site with its worker, indexer and database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300  # seconds after which something hangs: a machine under load is slow, not wrong


class Running:
    """A `manage.py start` in a folder of its own, and everything that it prints."""

    def __init__(self, var: Path, port: int, *, issues: Path | None = None, **settings: str):
        self.var, self.port = var, port
        self.address = f"http://127.0.0.1:{port}/"
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CELERY_BROKER_URL")}
        also = ["--issues", str(issues)] if issues else []
        self.log = var.parent / f"start-{time.monotonic_ns()}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{port}", *also],
                cwd=ROOT,
                env={**environment, **settings, "POLICY_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def printed(self) -> str:
        return self.log.read_text()

    def wait_until_up(self) -> str:
        deadline = time.monotonic() + PATIENCE
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
        deadline = time.monotonic() + PATIENCE
        while self.others():
            assert time.monotonic() < deadline, f"still running: {self.others()}"
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0, self.printed()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def programs() -> Iterator[list[Running]]:
    """A list to put what was started in; whatever a failed test leaves behind is killed."""
    started: list[Running] = []
    yield started
    for running in started:
        for pid in [*running.others(), running.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # as it should be
