"""A whole site in a folder of its own, whose parts can be killed one by one, and which says when it is settled."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import requests
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from ingest.models import Run
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.models import ApiKey, Change
from policies.roles import Role
from tests.running import ROOT, Running, free_port

PATIENCE = 180  # seconds after which a site that is not settled hangs; a dead worker's run is taken over after 20
ASKING = 30  # seconds that a request may take
PARTS = ("worker", "web", "indexer")  # the processes of `manage.py start`, each a group of its own
VICTIMS = (*PARTS, "database", "backend", "start")


class HangError(Exception):
    """The site did not come to rest; the message says what it still does."""


class Site:
    """`manage.py start` in `folder` with these settings, and an editor's key for its API."""

    def __init__(self, folder: Path, **settings: str):
        self.folder = folder
        self.settings = {"API_LIMIT_KEYS": "0", "API_LIMIT_ANONYMOUS": "0", **settings}
        self.var = folder / "var"
        self.running = self._start()
        self.running.wait_until_up()
        chief = User.objects.filter(username="kills").first() or make_account("kills", Role.CHIEF, user=None)
        self.key = make_key(f"kills {time.time():.0f}", ApiKey.Scope.EDIT, user=chief)[1]

    def _start(self) -> Running:
        return Running(self.var, free_port(), **self.settings)

    def ask(self, method: str, path: str, **how: Any) -> Any:
        """The answer of the API as JSON.  Raises requests.RequestException, also for what it refuses."""
        headers = {"Authorization": f"Bearer {self.key}", "If-Match": "*", **how.pop("headers", {})}
        address = f"{self.running.address}api/v1/{path}"
        answer = requests.request(method, address, headers=headers, timeout=ASKING, **how)
        answer.raise_for_status()
        return answer.json()

    def upload(self, name: str, content: bytes) -> str:
        """The id of the run that the upload was answered with."""
        body = encode_multipart(BOUNDARY, {"file": _File(name, content)})
        told = self.ask("POST", "runs/", data=body, headers={"Content-Type": MULTIPART_CONTENT})
        return str(told["runs"][0]["id"])

    def command(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command of manage.py on this base, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, "POLICY_VAR": str(self.var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def kill(self, victim: str, dice: random.Random) -> bool:
        """Kill one of VICTIMS with all its processes, at once; whether it was there."""
        if victim == "start":
            self.running.process.kill()
            self.running.process.wait()
            return True
        if victim in ("backend", "database"):
            try:
                server = self._postmaster()
                backends = sorted(child.pid for child in server.children() if _serves(child))
            except (psutil.NoSuchProcess, OSError, IndexError):  # killed already, and not back yet
                return False
            if victim == "database":
                return _end(server.pid)
            return bool(backends) and _end(dice.choice(backends))
        found = [process for process in self._processes() if _words(process)[1:3] == ["manage.py", victim]]
        return any([_end(process.pid, group=True) for process in found])  # noqa: C419 all of them

    def settle(self) -> float:
        """Wait until nothing is under way any more; the seconds that it took.  Raises HangError."""
        began = time.monotonic()
        if self.running.process.poll() is not None:  # what a person, or systemd, would do
            self.running = self._start()
        why = "not asked yet"
        while time.monotonic() - began < PATIENCE:
            if self.running.process.poll() is not None:
                raise HangError(f"start ended by itself: {self.running.printed()[-2000:]}")
            why = self._unrest()
            if not why:
                return time.monotonic() - began
            time.sleep(0.2)
        raise HangError(f"not settled after {PATIENCE} s: {why}; log: {self.running.log}")

    def stop(self) -> None:
        """End everything, by force what does not end by itself."""
        try:
            self.running.stop()
        finally:
            connection.close()
            for pid in [*self.running.others(), self.running.process.pid]:
                _end(pid)

    def restart(self) -> None:
        """What a person would do with a site that hangs."""
        self.stop()
        self.running = self._start()
        self.running.wait_until_up()

    def _unrest(self) -> str:
        """What still goes on, or is away; empty when everything rests."""
        try:
            ready = requests.get(f"{self.running.address}readyz", timeout=ASKING).json()
        except (requests.RequestException, ValueError) as error:
            return f"web: {error}"
        if ready["status"] != "ok" or not ready["worker"] or not ready["broker"]:
            return f"ready: {ready}"
        if missing := set(PARTS) - {_words(process)[2] for process in self._processes()}:
            return f"missing: {sorted(missing)}"
        try:
            under_way = Run.objects.filter(state__in=[Run.State.QUEUED, Run.State.RUNNING])
            unindexed = Run.objects.filter(state=Run.State.DONE, indexed_at=None)
            for name, rows in (("runs", under_way), ("runs to index", unindexed), ("changes", Change.objects.all())):
                if count := rows.count():
                    return f"{count} {name}"
        except (DatabaseError, InterfaceError) as error:  # our own connection was to the server that was killed
            connection.close()
            return f"database: {error}"
        return ""

    def _processes(self) -> list[psutil.Process]:
        """The living processes of manage.py in this folder, `start` and ourselves apart."""
        mark, found = str(self.var), []
        for process in psutil.process_iter():
            try:
                words = _words(process)
                ours = len(words) > 2 and words[1] == "manage.py" and words[2] in PARTS
                if ours and process.environ().get("POLICY_VAR") == mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue  # it ended while we looked
        return found

    def _postmaster(self) -> psutil.Process:
        return psutil.Process(int((self.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0]))


class _File:
    """What Django's test client takes for a file."""

    def __init__(self, name: str, content: bytes):
        self.name, self._content = name, content

    def read(self) -> bytes:
        return self._content


def _words(process: psutil.Process) -> list[str]:
    """The command line, the program apart its path."""
    words = process.cmdline()
    return [words[0], Path(words[1]).name, *words[2:]] if len(words) > 1 else words


def _serves(process: psutil.Process) -> bool:
    """Whether it is a backend that serves a client."""
    try:
        return "[local]" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def _end(pid: int, *, group: bool = False) -> bool:
    try:
        os.killpg(os.getpgid(pid), signal.SIGKILL) if group else os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
