"""`python -m benchmarks.kills --times 200 --seed 1`: kill -9 at random moments, and what is there afterwards.

A whole site runs in a folder of its own.  Again and again a step of work is begun (ingest, replace, correct, publish,
rebuild, dump, export, backup) and a part of the site, or the command itself, killed at a random moment of it.  Whatever
supervises it starts it again; when all is settled, which must not take for ever, everything is compared.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

COMMANDS = ("rebuild", "dump", "export", "backup")
OFTEN = ("ingest", "ingest", "replace")  # steps that have more to tear than others
AT_ONCE = (1, 1, 2, 3)  # how many kills a round has
SOON = 5.0  # seconds after a kill by which the next of the round comes, while the site recovers
STARTED = "start"  # what supervises the rest: killed first in a round or not at all, as it is we who start it again


@dataclass(frozen=True, slots=True)
class Kill:
    """What was killed when (milliseconds after the step began), and what was found `seconds` after the round's last."""

    number: int
    step: str
    victim: str
    moment: int
    state: str
    seconds: float
    breach: str = ""

    def __str__(self) -> str:
        found = f"BREACH {self.breach}" if self.breach else self.state
        return (
            f"{self.number:4} {self.step:8} {self.victim:9} at {self.moment:6} ms; {found}; "
            f"settled after {self.seconds:.1f} s"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    arguments.add_argument("--times", type=int, default=200, help="kills in all")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--every", type=int, default=10, help="verify the whole base after so many kills")
    arguments.add_argument("--folder", type=Path, help="keep base and logs there, and go on with what is there")
    arguments.add_argument("--minutes", type=float, default=24 * 60, help="begin nothing more after so long")
    options = arguments.parse_args()
    with _folder(options.folder) as folder:
        os.environ |= {"POLICY_VAR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "config.settings"}
        for name in ("DATABASE_URL", "CELERY_BROKER_URL"):
            os.environ.pop(name, None)
        import django

        django.setup()
        sys.exit(_run(folder, options))


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is None:
        with tempfile.TemporaryDirectory(prefix="kills-") as made:
            yield Path(made)
    else:
        given.mkdir(parents=True, exist_ok=True)
        yield given.resolve()


def _run(folder: Path, options: argparse.Namespace) -> int:
    from benchmarks.faults.site import Site
    from benchmarks.faults.steps import BreachError

    dice = random.Random(options.seed)  # noqa: S311 - dice, no secrets
    until = time.monotonic() + options.minutes * 60
    kills: list[Kill] = []
    site = Site(folder)
    try:
        lasts = _usual(site, dice)
        print("steps take " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in lasts.items()), flush=True)
        due = options.every
        while len(kills) < options.times and time.monotonic() < until:
            whole = len(kills) >= due
            due += options.every if whole else 0
            found = _round(site, dice, len(kills), lasts, whole=whole)
            kills += found
            print(*found, sep="\n", flush=True)
        _compare(whole=True)
    except BreachError as error:
        kills.append(Kill(len(kills) + 1, "", "", 0, "", 0, str(error)))
        print(kills[-1], flush=True)
    finally:
        site.stop()
    _summarise(kills, options.seed)
    return int(any(kill.breach for kill in kills))


def _usual(site: Any, dice: random.Random) -> dict[str, float]:
    """How long each step takes when nothing is killed; measured once in a folder."""
    from benchmarks.faults.steps import STEPS

    kept = site.folder / "usual.json"
    if kept.exists():
        return json.loads(kept.read_text())
    lasts = {}
    for name, kind in STEPS.items():
        site.settle()
        step = kind(site, dice)
        began = time.monotonic()
        step.run()
        lasts[name] = time.monotonic() - began
        site.settle()
        step.told()
    kept.write_text(json.dumps(lasts))
    return lasts


def _round(site: Any, dice: random.Random, before: int, lasts: dict[str, float], *, whole: bool) -> list[Kill]:
    """Begin a step, kill something, wait until all is settled, compare."""
    from benchmarks.faults.site import HangError
    from benchmarks.faults.steps import STEPS, BreachError

    name = dice.choice([*STEPS, *OFTEN])
    step = STEPS[name](site, dice)
    work = threading.Thread(target=_work, args=[step], daemon=True)
    began = time.monotonic()
    work.start()
    time.sleep(dice.uniform(0, lasts[name]))
    killed = _kill_some(site, step, name, dice, began)
    state, breach, seconds = "", "", 0.0
    try:
        seconds = site.settle()
        work.join(60)
        seconds += site.settle()  # what the step still did when the site was well again
        if work.is_alive():
            raise BreachError("the step hangs")
        state = step.told()
        _compare(whole)
    except BreachError as error:
        breach = str(error)
    except HangError as error:
        breach = str(error)
        site.restart()
    return [
        Kill(before + number, name, victim, moment, state, seconds, breach)
        for number, (victim, moment) in enumerate(killed, 1)
    ]


def _kill_some(site: Any, step: Any, name: str, dice: random.Random, began: float) -> list[tuple[str, int]]:
    """Kill one thing or, while the site recovers, some more: which, and how many milliseconds after the beginning."""
    from benchmarks.faults.site import VICTIMS

    victims = [*VICTIMS, *(["command"] * 2 if name in COMMANDS else [])]
    killed = []
    for turn in range(dice.choice(AT_ONCE)):
        if turn:
            time.sleep(dice.uniform(0, SOON))
        victim = dice.choice([victim for victim in victims if not turn or victim != STARTED])
        moment = round((time.monotonic() - began) * 1000)
        if _kill(site, step, victim, dice):
            killed.append((victim, moment))
        if victim == STARTED:
            break
    return killed


def _work(step: Any) -> None:
    from django.db import connection

    from benchmarks.faults.steps import TORN

    try:
        step.run()
    except TORN:
        pass  # `told` finds out how far it came
    finally:
        connection.close()


def _kill(site: Any, step: Any, victim: str, dice: random.Random) -> bool:
    """Kill it; whether it was there to be killed."""
    if victim != "command":
        return bool(site.kill(victim, dice))
    if step.process is None or step.process.poll() is not None:
        return False
    os.killpg(step.process.pid, signal.SIGKILL)
    return True


def _compare(whole: bool) -> None:
    """Runs, history and index; the whole base where that is due.  Raises BreachError."""
    import ingest.verification.runs
    import policies.verification.history
    import search.verification
    from benchmarks.faults.steps import BreachError
    from config.verifying import examine, verify

    some = (*ingest.verification.runs.CHECKS, *policies.verification.history.CHECKS, *search.verification.CHECKS)
    for result in verify() if whole else map(examine, some):
        if result.faults:
            raise BreachError(f"{result.check.says}: {result.faults} ({'; '.join(result.first)})")


def _summarise(kills: list[Kill], seed: int) -> None:
    from benchmarks.tables import show

    groups: dict[str, list[Kill]] = defaultdict(list)
    for kill in kills:
        groups[kill.step].append(kill)
        groups[f"× {kill.victim}"].append(kill)
    groups = dict(sorted(groups.items())) | {"all": kills}
    show(f"Kills, seed {seed}", [(name, _figures(found)) for name, found in groups.items() if found])


def _figures(kills: list[Kill]) -> str:
    seconds = [kill.seconds for kill in kills]
    breaches = sum(bool(kill.breach) for kill in kills)
    settled = f"settled after {median(seconds):.1f} s (p50), {max(seconds):.1f} s at most"
    return f"{len(kills)} kills, {settled}, {breaches} breaches"


if __name__ == "__main__":
    main()
