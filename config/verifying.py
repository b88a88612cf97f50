"""Verifying the whole base: every check in one state of the database, the repairs of those that failed."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

import ingest.verification
import policies.verification
import search.verification
from policies.verification.check import Check

OF_THE_DATABASE = (*policies.verification.CHECKS, *ingest.verification.CHECKS)
BESIDE_IT = search.verification.CHECKS  # they read the index too, which goes on, and mind that themselves
SHOWN = 5  # faults of a check that are told


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found: how many faults, the first of them, and the seconds that it took."""

    check: Check
    faults: int
    first: list[str]
    seconds: float


def verify() -> Iterator[Result]:
    """The result of every check, as it comes; those of the database of one state of it.

    Nothing is written, and whoever writes meanwhile does not wait.  Must not run in a transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from map(examine, OF_THE_DATABASE)
    yield from map(examine, BESIDE_IT)


def examine(check: Check) -> Result:
    """Run one check, in the caller's transaction."""
    began = time.perf_counter()
    faults = iter(check.faults())
    first = list(islice(faults, SHOWN))
    return Result(check, len(first) + sum(1 for _ in faults), first, time.perf_counter() - began)
