"""`python -m benchmarks.fuzz --cases 20000 --seed 1`: spoiled files of every format, read and parsed, no database.

Each case is made from the seed and its number, and judged in a process with bounds on time and memory.  What
is neither parsed as promised nor refused in Chinese is a finding: it is told, and kept in a folder.
"""

import argparse
import logging
import multiprocessing
import os
import random
import resource
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.tables import show

SECONDS = 2.0  # of processor time for a small file,
PACE = 10_000  # and one more for so many bytes or characters
HANGS = 90  # seconds after which a case is given up, on a machine that others use too
MEMORY = 300  # MB that a case may take over what the process has
ADDRESSES = 3 * 1024**3  # bytes of address space of the process
EACH = 40  # true files of each format to begin with


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: `parsed`, `refused` or a finding in words; `memory` in MB."""

    number: int
    kind: str
    ways: str
    outcome: str
    detail: str = ""
    seconds: float = 0.0
    memory: int = 0
    content: bytes = b""

    @property
    def is_finding(self) -> bool:
        return self.outcome not in ("parsed", "refused")


class Cases:
    """The cases of a seed, each told by its number alone."""

    def __init__(self, seed: int):
        from benchmarks.fuzzing import seeds

        self.seed = seed
        self.kinds = seeds.FORMAT_NAMES
        self.suffixes = seeds.SUFFIXES
        self.pool = seeds.pool(seed, sorted(set(self.kinds)), EACH)
        self.others = [content for files in self.pool.values() for content in files]

    def make(self, number: int) -> tuple[str, str, bytes, str]:
        """The format, the name, the content, and what was done to it."""
        from benchmarks.fuzzing.mutations import mutated

        rng = random.Random(f"{self.seed}:{number}")  # noqa: S311 - dice, no secrets
        kind = rng.choice(self.kinds)
        content, ways = mutated(rng.choice(self.pool[kind]), kind, self.others, rng)
        return kind, f"件.{self.suffixes.get(kind, kind)}", content, ways


def work(cases: Cases, pipe: Connection) -> None:
    """Judge the cases whose numbers come through the pipe, within bounds."""
    from benchmarks.fuzzing.judging import BrokenPromiseError, judge
    from ingest.parsing.gazetteer import Gazetteer

    gazetteer = Gazetteer.from_fixtures()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    while True:
        number = pipe.recv()
        kind, name, content, ways = cases.make(number)
        before, began, characters, detail = _peak(reset=True), time.process_time(), 0, ""
        try:
            outcome, characters = judge(content, name, kind, gazetteer)
        except BrokenPromiseError as error:
            outcome, detail = "broken promise", str(error)
        except Exception as error:  # any is a finding
            outcome, detail = f"{type(error).__name__}", "".join(traceback.format_exception(error)[-6:])
        seconds, memory = time.process_time() - began, _peak() - before
        if outcome in ("parsed", "refused"):
            if seconds > SECONDS + max(len(content), characters) / PACE:
                outcome, detail = "slow", f"{seconds:.1f} s for {len(content)} bytes, {characters} characters"
            elif memory > MEMORY:
                outcome, detail = "large", f"{memory} MB for {len(content)} bytes, {characters} characters"
        kept = content if outcome not in ("parsed", "refused") else b""
        pipe.send(Outcome(number, kind, ways, outcome, detail, seconds, memory, kept))


def _peak(reset: bool = False) -> int:
    """The most memory that this process took, in MB, since it was last reset (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


class Worker:
    """The process that judges, started again when it hangs or dies."""

    def __init__(self, cases: Cases):
        self.cases = cases
        self._start()

    def _start(self) -> None:
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=work, args=(self.cases, other), daemon=True)
        self.process.start()
        other.close()

    def judge(self, number: int) -> Outcome:
        from benchmarks.fuzzing.judging import judge_alone

        self.pipe.send(number)
        try:
            if self.pipe.poll(HANGS):
                return self.pipe.recv()
            outcome = "hangs"
        except (EOFError, ConnectionResetError):
            outcome = "dies"
        self.process.kill()
        self.process.join()
        exitcode = self.process.exitcode
        self._start()
        kind, _, content, ways = self.cases.make(number)
        if kind == "pdf":
            outcome = judge_alone(content)
        return Outcome(number, kind, ways, outcome, f"exit {exitcode}", HANGS, 0, content)


def run(cases: Cases, numbers: Sequence[int], seconds: float, folder: Path) -> list[Outcome]:
    """Judge cases until they or the seconds are over; findings are told and kept in the folder."""
    worker, done, ends = Worker(cases), [], time.monotonic() + seconds
    for number in numbers:
        if time.monotonic() > ends:
            break
        outcome = worker.judge(number)
        done.append(outcome)
        if outcome.is_finding:
            folder.mkdir(parents=True, exist_ok=True)
            suffix = cases.suffixes.get(outcome.kind, outcome.kind)
            (folder / f"{cases.seed}-{number}.{suffix}").write_bytes(outcome.content)
            print(f"case {number} ({outcome.kind}, {outcome.ways}): {outcome.outcome}\n{outcome.detail}", flush=True)
    worker.process.kill()
    return done


def report(done: Sequence[Outcome]) -> None:
    """The figures of a run: cases and findings by format, the slowest, the largest."""
    rows = []
    for kind in sorted({outcome.kind for outcome in done}):
        of_kind = [outcome for outcome in done if outcome.kind == kind]
        counts = Counter("found" if outcome.is_finding else outcome.outcome for outcome in of_kind)
        told = ", ".join(f"{counts[name]} {name}" for name in ("parsed", "refused", "found"))
        rows.append((kind, f"{len(of_kind)} cases: {told}"))
    rows += [(name, str(n)) for name, n in Counter(o.outcome for o in done if o.is_finding).most_common()]
    for name, figure in (("seconds", "slowest"), ("memory", "largest")):
        most: Any = max(done, key=lambda outcome: getattr(outcome, name))
        rows.append(
            (
                figure,
                f"{getattr(most, name):.1f} {'s' if name == 'seconds' else 'MB'} (case {most.number}, {most.kind})",
            )
        )
    show(f"{len(done)} cases", rows)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    arguments.add_argument("--cases", type=int, default=20_000)
    arguments.add_argument("--first", type=int, default=0, help="the number of the first case")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--seconds", type=float, default=3600, help="stop after so many")
    arguments.add_argument("--folder", type=Path, default=Path("var/fuzz"), help="where findings are kept")
    options = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    numbers = range(options.first, options.first + options.cases)
    done = run(Cases(options.seed), numbers, options.seconds, options.folder)
    report(done)
    raise SystemExit(1 if any(outcome.is_finding for outcome in done) else 0)


if __name__ == "__main__":
    main()
