"""`python -m benchmarks.load --corpus FOLDER`: the whole site while people and programs use it.

For each number of users: requests a second, the times that answers took, what failed, and the memory of each part
before and after.  The users run on the same machine, and take their share of it.  `--var` keeps the base between runs.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from benchmarks.tables import Rows, show
from tests.running import ROOT, Running, free_port

USERS = (1, 5, 20, 50)
EVERY = 5  # seconds between two looks at the memory
SOONEST = 10  # seconds after which the editor uploads again, at the soonest
BACKLOG_USERS = 5  # who read while many issues are loaded
PARTS = ("web", "worker", "indexer")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    arguments.add_argument("--corpus", type=Path, help="a folder of files to load first")
    arguments.add_argument("--var", type=Path, help="a folder for the base, kept; what is there already is used")
    arguments.add_argument("--users", type=int, nargs="*", default=USERS)
    arguments.add_argument("--minutes", type=float, default=10, help="of each number of users")
    arguments.add_argument("--backlog", type=int, default=0, help="then load so many issues while five users read")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        var = options.var or Path(folder) / "var"
        os.environ |= {"POLICY_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ |= {"API_LIMIT_ANONYMOUS": "0", "API_LIMIT_KEYS": "0"}
        import django

        django.setup()
        from config.embedded.base import cluster

        fresh = not (var / "index").exists()
        running = Running(Path(var), free_port(), API_LIMIT_ANONYMOUS="0", API_LIMIT_KEYS="0")
        try:
            running.wait_until_up()
            if fresh and options.corpus:
                _manage("ingest", str(options.corpus), "--publish")
                _manage("index", "update")
            told = Path(folder) / "asked.json"
            told.write_text(json.dumps(asked()))
            for users in options.users:
                _level(running, told, users, options.minutes * 60)
            if options.backlog:
                _backlog(running, told, options.backlog)
        finally:
            running.stop()
            cluster.release()  # before its folder goes


def asked() -> dict[str, Any]:
    """What the users ask for: addresses of what the base holds, queries, and an editor's key."""
    from django.contrib.auth.models import AnonymousUser, User

    from benchmarks.pages import TYPED
    from benchmarks.queries import mix
    from policies.actions.manage_accounts import make_account
    from policies.actions.manage_keys import make_key
    from policies.models import ApiKey, Policy, Region
    from policies.roles import Role
    from policies.selectors.agencies import shown_agencies

    editor = User.objects.filter(username="load").first() or make_account("load", Role.EDITOR, user=None)
    policies = Policy.objects.published().order_by("pk")
    dice = random.Random(7)  # noqa: S311 nothing secret is drawn
    shown = list(shown_agencies(AnonymousUser()).order_by("pk"))
    agencies = dice.sample(shown, min(100, len(shown)))
    return {
        "key": make_key(f"load {time.time():.0f}", ApiKey.Scope.EDIT, user=editor)[1],
        "queries": [query for _, query in mix()],
        "typed": TYPED,
        "policies": [policy.get_absolute_url() for policy in dice.sample(list(policies), min(300, len(policies)))],
        "regions": [region.get_absolute_url() for region in Region.objects.filter(level=Region.Level.PROVINCE)],
        "agencies": [agency.get_absolute_url() for agency in agencies],
    }


def _level(running: Running, told: Path, users: int, seconds: float) -> None:
    """So many users for so long."""
    with Memory(running) as memory:
        rows = _visited(running, told, users, seconds)
    show(f"{users} users, {seconds:.0f} s", [*rows, *memory.rows()])


def _backlog(running: Running, told: Path, count: int) -> None:
    """Load so many copies of the samples while readers read."""
    with _copies(count) as folder:
        loading = subprocess.Popen([sys.executable, "manage.py", "ingest", str(folder), "--publish"], cwd=ROOT)
        began = time.monotonic()
        with Memory(running) as memory:
            rows: Rows = []
            while loading.poll() is None:
                rows = _visited(running, told, BACKLOG_USERS, 60)
        taken = time.monotonic() - began
    if loading.returncode:
        raise RuntimeError("not all issues were loaded")
    _manage("index", "check")
    show(
        f"{count} issues loaded in {taken:.0f} s, {BACKLOG_USERS} users beside, their last minute",
        [*rows, *memory.rows()],
    )


def _visited(running: Running, told: Path, users: int, seconds: float) -> Rows:
    """Requests, failures and the times of answers of each kind, by locust."""
    prefix = told.parent / f"visits-{time.monotonic_ns()}"
    command = [
        sys.executable, "-m", "locust", "-f", "benchmarks/visitors.py", "--headless", "--only-summary",
        "--host", running.address.rstrip("/"), "--users", str(users), "--spawn-rate", str(users),
        "--run-time", f"{seconds:.0f}s", "--stop-timeout", "30", "--csv", str(prefix),
    ]  # fmt: skip
    with _copies(int(seconds / SOONEST) + 1) as folder:
        environment = {**os.environ, "LOAD": str(told), "COPIES": str(folder)}
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)  # 1 where a request failed
    rows: Rows = []
    with Path(f"{prefix}_stats.csv").open() as file:
        for row in csv.DictReader(file):
            figures = "p50 {50%}, p95 {95%}, p99 {99%} ms".format(**row)
            counts = f"{row['Request Count']} requests, {row['Failure Count']} failed"
            rows.append((row["Name"], f"{float(row['Requests/s']):.1f}/s; {figures}; {counts}"))
    with Path(f"{prefix}_failures.csv").open() as file:
        rows += [
            (f"FAILED {row['Name']}", f"{row['Occurrences']} times {row['Error']}") for row in csv.DictReader(file)
        ]
    return rows


@contextmanager
def _copies(count: int) -> Iterator[Path]:
    """A folder of so many new issues."""
    from benchmarks.copies import copies, unused

    originals = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures" / "samples").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        for name, content in copies(originals, unused(), count):
            (Path(folder) / name).write_bytes(content)
        yield Path(folder)


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True)


class Memory:
    """Megabytes of each part of the site , pages that they share counted once."""

    def __init__(self, running: Running):
        self.running = running
        self.looks: dict[str, list[float]] = defaultdict(list)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look_on)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        self._thread.join()

    def rows(self) -> Rows:
        """Of each part: its memory at the beginning, in the middle, at the end, and the share of a core that it had."""
        rows: Rows = []
        for part, looks in sorted(self.looks.items()):
            first, half, last = looks[0], looks[len(looks) // 2], looks[-1]
            rows.append((f"{part}, MB", f"{first:.0f} at first, {half:.0f} half way, {last:.0f} at last"))
        return rows

    def _look_on(self) -> None:
        while not self._ended.wait(EVERY):
            sums: dict[str, float] = defaultdict(float)
            for process in psutil.process_iter():
                try:
                    part = self._part(process)
                    if part:
                        sums[part] += process.memory_full_info().pss / 1024**2
                except psutil.Error:
                    continue  # it ended while we looked
            for part, megabytes in sums.items():
                self.looks[part].append(megabytes)

    def _part(self, process: psutil.Process) -> str:
        """Which part of this site a process belongs to, if any."""
        words = process.cmdline()
        if len(words) > 2 and Path(words[1]).name == "manage.py" and words[2] in PARTS:
            return words[2] if process.environ().get("POLICY_VAR") == str(self.running.var) else ""
        postmaster = self.running.var / "postgres" / "data" / "postmaster.pid"
        first = int(postmaster.read_text().split()[0])
        return "database" if first in (process.pid, process.ppid()) else ""


if __name__ == "__main__":
    main()
