"""A small base as the program makes it, for the tests that break it on purpose."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from ingest.gazetteer import load_gazetteer
from ingest.pipeline import ingest
from policies.verification.check import Check

SAMPLE = settings.FIXTURES / "samples" / "2031-01.txt"


def make_base() -> None:
    """The gazetteer and the first sample issue, published."""
    load_gazetteer()
    ingest(SAMPLE.read_bytes(), SAMPLE.name, publish=True)


@contextmanager
def base_of_module(blocker) -> Iterator[None]:
    """That base for all tests of a module, each of which takes back what it does to it."""
    with blocker.unblock():
        make_base()
    yield
    with blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


def write(statement: str, *, quietly: bool = False) -> None:
    """Write past the program; `quietly` with neither triggers nor foreign keys at work, as a restore does it."""
    with connection.cursor() as cursor:
        if quietly:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount, f"nothing was changed by {statement}"
        if quietly:
            cursor.execute("SET LOCAL session_replication_role = origin")


def faults(checks: Iterable[Check], says: str) -> list[str]:
    """What the check of that invariant finds."""
    (check,) = (check for check in checks if check.says == says)
    return list(check.faults())
