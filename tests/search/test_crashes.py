"""Nothing is lost when a process that writes the index is killed, and searches go on while one writes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings

from policies.models import Change, Policy, Provision
from search import indexing
from search.engines import ENGINES
from search.engines.base import Request
from search.tree import Contains
from tests.search.builders import policy

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 6
POLICIES = 30
LONGEST = 0.5  # seconds that a process may work before it is killed
# Forks for each line that it reads a process that does what the line says until it is killed.
WORKER = """
import os, sys, django
from pathlib import Path
django.setup()
from django.conf import settings
settings.INDEX_FOLDER, settings.SEARCH_ENGINE = Path(sys.argv[1]), sys.argv[2]
from search import analysis, indexing
analysis.warm()
for line in sys.stdin:
    child = os.fork()
    if not child:
        while True:
            indexing.update(batch=2) if line == "update\\n" else indexing.rebuild()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(params=ENGINES)
def engine(request, settings) -> str:
    settings.SEARCH_ENGINE = request.param
    return str(request.param)


@pytest.fixture
def worker(engine: str, index_folder: Path) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "POLICY_DATABASE": settings.DATABASES["default"]["NAME"],
    }
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(index_folder), engine],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield process
    process.communicate(timeout=30)


def fill() -> None:
    for number in range(POLICIES):
        policy(f"驿站办法之{number}", *(f"第{n}座驿站应当建设，并向旅客公布。" for n in range(10)))


def change(dice: random.Random) -> None:
    """Some clauses are written anew, one policy goes and one comes."""
    some = dice.sample(list(Policy.objects.values_list("pk", flat=True)), 10)
    Policy.objects.get(pk=some[0]).delete()
    Provision.objects.filter(policy__in=some).update(text=f"客舍{dice.random()}。")
    Change.objects.note(some)
    policy("驿站新办法", "新建驿站。")


@pytest.mark.parametrize("work", ["update", "rebuild"])
def test_a_kill_at_any_moment_loses_nothing(worker, engine: str, work: str):
    """What was committed last can be read, and whatever is not in it still stands in the outbox."""
    dice = random.Random(f"{engine} {work}")
    fill()
    indexing.rebuild()
    for _ in range(KILLS):
        change(dice)
        worker.stdin.write(f"{work}\n")
        worker.stdin.flush()
        child = int(worker.stdout.readline())
        time.sleep(dice.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        assert int(worker.stdout.readline()) == -signal.SIGKILL
        assert indexing.find(Request(Contains("。"))).total > 0
        assert indexing.check().same
    while indexing.update():
        pass
    assert indexing.check().same
    assert not Change.objects.exists()
    indexing.rebuild()
    assert len(list(indexing.current().folder.parent.iterdir())) == 2  # the index, and what points to it


def test_searches_go_on_through_changes_and_rebuilds(engine: str):
    """Each finds every clause, though indexes come and go."""
    fill()
    indexing.rebuild()
    ended = Event()
    asked = Request(Contains("驿站"))

    def search() -> set[int]:
        totals = {indexing.find(asked).total}
        while not ended.is_set():
            totals.add(indexing.find(asked).total)
        return totals

    with ThreadPoolExecutor(3) as pool:
        searches = [pool.submit(search) for _ in range(3)]
        for _ in range(3):
            Change.objects.note(Policy.objects.values_list("pk", flat=True)[:5])
            indexing.update()
            indexing.rebuild()
        ended.set()
    assert [each.result() for each in searches] == [{10 * POLICIES}] * 3


def test_who_rebuilds_waits_for_who_writes(engine: str):
    """Two indexes are built at once, one after the other, and both are whole."""
    fill()
    with ThreadPoolExecutor(2) as pool:
        built = pool.map(_rebuilt, ENGINES)
    assert list(built) == [10 * POLICIES] * len(ENGINES)
    assert all(indexing.check(name).same for name in ENGINES)


def _rebuilt(name: str) -> int:
    from django.db import connection

    try:
        return indexing.rebuild(engine=name)
    finally:
        connection.close()
