"""What goes on when something is killed: each step is begun, may be torn, and says what became of it."""

import hashlib
import json
import random
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import requests

from benchmarks.copies import FIRST_YEAR
from benchmarks.faults.files import File, new_file
from benchmarks.faults.site import PATIENCE, Site
from config.backup import archive
from ingest.models import Run
from policies.exports.dump import MANIFEST
from policies.models import Issue, Policy, Provision, Source, State

CORRECTED = 8  # policies that a correction goes through, one request each
MOVES = ("withdraw", "publish") * 3


class BreachError(Exception):
    """Something is half, twice or lost."""


def require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise BreachError(otherwise)


class Step:
    """One piece of work.  `run` does it, and may be torn anywhere; `told` says, after recovery, what is there."""

    process: "subprocess.Popen[str] | None" = None

    def __init__(self, site: Site, dice: random.Random):
        self.site, self.dice = site, dice

    def run(self) -> None:
        raise NotImplementedError

    def told(self) -> str:
        """What the base holds of it now.  Raises BreachError where it is neither before nor after."""
        raise NotImplementedError


class Ingest(Step):
    """Upload an issue, and wait until it is loaded."""

    def __init__(self, site: Site, dice: random.Random):
        super().__init__(site, dice)
        self.file = self.pick()
        self.run_id = ""

    def pick(self) -> File:
        return new_file(self.dice)

    def run(self) -> None:
        self.run_id = self.site.upload(self.file.name, self.file.content)
        self.wait()

    def wait(self) -> str:
        """Until the run is settled; its state."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            told = self.site.ask("GET", f"runs/{self.run_id}/")
            if told["settled"]:
                return str(told["state"])
            time.sleep(0.1)
        raise BreachError(f"run {self.run_id} is not settled")

    def told(self) -> str:
        runs = Run.objects.filter(sha256=hashlib.sha256(self.file.content).hexdigest())
        issues = Issue.objects.filter(year=self.file.year, number=self.file.number)
        require(not self.run_id or runs.filter(pk=self.run_id).exists(), "an upload that was taken is lost")
        require(len(runs) <= 1, f"{len(runs)} runs of one upload")
        if not runs:
            require(not issues, "an issue without a run")
            return "not taken"
        require(runs[0].state == Run.State.DONE, f"run {runs[0].pk} {runs[0].state}: {runs[0].message}")
        whole(issues.get(), runs[0])
        return f"loaded once, attempt {runs[0].attempts}"


class Replace(Ingest):
    """Upload a changed version of an issue and accept it."""

    def pick(self) -> File:
        issues = Issue.objects.filter(year__gte=FIRST_YEAR).select_related("source")
        issue = self.dice.choice(list(issues.order_by("pk")))
        self.before = issue.source.sha256
        there = File(issue.year, issue.number, issue.source.filename, issue.source.text)
        return there.changed(self.dice)

    def run(self) -> None:
        self.run_id = self.site.upload(self.file.name, self.file.content)
        if self.wait() == Run.State.WAITING:
            self.site.ask("POST", f"runs/{self.run_id}/accept/")
            self.wait()

    def told(self) -> str:
        sha256 = hashlib.sha256(self.file.content).hexdigest()
        run = Run.objects.filter(sha256=sha256).first()
        issue = Issue.objects.select_related("source").get(year=self.file.year, number=self.file.number)
        require(not self.run_id or run is not None, "an upload that was taken is lost")
        if run is not None and run.state == Run.State.WAITING:
            require(issue.source.sha256 == self.before, "replaced, though nobody accepted it")
            self.site.ask("POST", f"runs/{run.pk}/decline/")
            return "waits for the editor"
        if run is None:
            require(issue.source.sha256 == self.before, "replaced without a run")
            return "not taken"
        require(run.state == Run.State.DONE, f"run {run.pk} {run.state}: {run.message}")
        require(issue.source.sha256 == sha256, "done, but the issue is the older one")
        require(not Source.objects.filter(sha256=self.before).exists(), "the older source is left")
        whole(issue, run)
        return f"replaced once, attempt {run.attempts}"


class Correct(Step):
    """Correct the titles of some policies over the API, one after the other."""

    def __init__(self, site: Site, dice: random.Random):
        super().__init__(site, dice)
        policies = list(Policy.objects.order_by("pk").values_list("pk", "title"))
        some = dice.sample(policies, min(CORRECTED, len(policies)))
        self.titles = {pk: (title, f"{title.partition('（改')[0]}（改{dice.randrange(10**6)}）") for pk, title in some}
        self.answered: list[int] = []

    def run(self) -> None:
        for pk, (_, title) in self.titles.items():
            self.site.ask("PATCH", f"policies/{pk}/", json={"title": title, "note": "kills"})
            self.answered.append(pk)

    def told(self) -> str:
        now = dict(Policy.objects.filter(pk__in=self.titles).values_list("pk", "title"))
        written = [pk for pk, (_, title) in self.titles.items() if now[pk] == title]
        order = list(self.titles)
        require(written == order[: len(written)], "corrected out of turn")
        require(len(self.answered) <= len(written) <= len(self.answered) + 1, "a correction that was answered is lost")
        others = [pk for pk, (title, _) in self.titles.items() if pk not in written and now[pk] != title]
        require(not others, f"titles that nobody gave: {others}")
        return f"{len(written)} of {len(order)} corrected"


class Publish(Step):
    """Withdraw and publish an issue, again and again."""

    def __init__(self, site: Site, dice: random.Random):
        super().__init__(site, dice)
        self.issue = dice.choice(list(Issue.objects.order_by("pk")))
        self.states = [self.issue.state]

    def run(self) -> None:
        moves = MOVES if self.states[-1] == State.PUBLISHED else MOVES[1:]
        for move in moves:
            self.states.append(State.WITHDRAWN if move == "withdraw" else State.PUBLISHED)
            body: dict[str, Any] = {"note": "kills"} if move == "withdraw" else {"despite_doubts": True}
            self.site.ask("POST", f"issues/{self.issue.year}-{self.issue.number:02}/{move}/", json=body)
            self.states = self.states[-1:]

    def told(self) -> str:
        self.issue.refresh_from_db()
        require(self.issue.state in self.states, f"{self.issue.state}, though it was answered {self.states}")
        others = self.issue.policies.exclude(state=self.issue.state).count()
        require(not others, f"{others} policies of another state than their issue")
        return str(self.issue.state)


class Command(Step):
    """A command of manage.py that makes something whole or not at all."""

    def arguments(self) -> list[str]:
        raise NotImplementedError

    def run(self) -> None:
        self.process = self.site.command(*self.arguments())
        self.said, _ = self.process.communicate(timeout=PATIENCE)

    def ended_well(self) -> bool:
        require(self.process is not None and self.process.returncode is not None, "the command did not end")
        return bool(self.process and self.process.returncode == 0)


class Rebuild(Command):
    """Make the index anew."""

    def arguments(self) -> list[str]:
        return ["index", "rebuild"]

    def told(self) -> str:  # that the index equals the database is looked at after every kill
        return "rebuilt" if self.ended_well() else "the index that was"


class Product(Command):
    """Something written to a path, which is there whole if and only if the command said so."""

    suffix = ""

    def __init__(self, site: Site, dice: random.Random):
        super().__init__(site, dice)
        place = site.folder / "made"
        place.mkdir(exist_ok=True)
        self.path = place / f"{type(self).__name__.lower()}-{dice.randrange(10**9)}{self.suffix}"

    def told(self) -> str:
        well, there = self.ended_well(), self.path.exists()
        require(there or not well, "said to be written, and is not there")
        if there:
            self.check()
        partial = self.path.with_name(f"{self.path.name}.partial")
        left = partial.exists()
        for path in (self.path, partial):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return "whole" if there else f"absent{', a partial is left' if left else ''}"

    def check(self) -> None:
        raise NotImplementedError


class Dump(Product):
    """The whole base as JSON Lines."""

    def arguments(self) -> list[str]:
        return ["dump", str(self.path)]

    def check(self) -> None:
        for file in json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))["files"]:
            digest = hashlib.sha256((self.path / file["name"]).read_bytes()).hexdigest()
            require(digest == file["sha256"], f"{file['name']} of the dump is not as its manifest says")


class Export(Product):
    """The targets as a workbook."""

    def arguments(self) -> list[str]:
        return ["export", "targets.xlsx", str(self.path)]

    def check(self) -> None:
        with zipfile.ZipFile(self.path) as book:
            require(book.testzip() is None, "the workbook is damaged")


class Backup(Product):
    """A backup of the base."""

    suffix = ".zip"  # of a path without it `backup` makes a folder

    def arguments(self) -> list[str]:
        return ["backup", str(self.path)]

    def check(self) -> None:
        with archive.opened(Path(self.path)) as (manifest, _):
            require(manifest.rows["policies_issue"] > 0, "the backup is empty")


STEPS: dict[str, type[Step]] = {
    "ingest": Ingest,
    "replace": Replace,
    "correct": Correct,
    "publish": Publish,
    "rebuild": Rebuild,
    "dump": Dump,
    "export": Export,
    "backup": Backup,
}
TORN = (requests.RequestException, subprocess.SubprocessError)  # what a step may end with when something was killed


def whole(issue: Issue, run: Run) -> None:
    """The issue has as many policies and clauses as its run counted.  Raises BreachError."""
    policies = issue.policies.count()
    clauses = Provision.objects.filter(policy__issue=issue).count()
    counted = (run.counts["policies"], run.counts["provisions"])
    require((policies, clauses) == counted, f"{issue} has {policies} policies, {clauses} clauses, not {counted}")
