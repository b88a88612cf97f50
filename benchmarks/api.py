"""Lists of the API, 50 records each, its statistics and its feed, over HTTP's whole stack."""

import gc
import time
from statistics import mean, median

from django.test import Client

from benchmarks.tables import Rows, high

TIMES = 100
LISTS = (
    "policies/",
    "provisions/",
    "provisions/?page=101",
    "provisions/?cursor=*",
    "targets/",
    "responsibilities/",
    "obligations/",
    "references/",
    "agencies/?ordering=-tasks",
    "regions/",
    "statistics/",
    "statistics/?by=province",
    "changes/",
)


def measure() -> Rows:
    """Milliseconds that the server takes for each, of TIMES askings; those whose page the base lacks are left out.

    Beside them those that the process computed, the database's aside: a machine that does other things too adds none.
    """
    client = Client(SERVER_NAME="127.0.0.1")
    addresses = {path: f"/api/v1/{path}" for path in LISTS}
    there = [path for path, address in addresses.items() if client.get(address).status_code != 404]
    gc.freeze()  # as config.wsgi does: looking through what lives as long as the process is no part of an answer
    rows: Rows = []
    for path in there:
        taken, computed = zip(*(_seconds(client, addresses[path]) for _ in range(TIMES)), strict=True)
        told = f"p50 {1000 * median(taken):.1f} ms, p95 {1000 * high(list(taken)):.1f} ms"
        rows.append((path, f"{told}, computing {1000 * mean(computed):.1f} ms"))
    gc.unfreeze()
    return rows


def _seconds(client: Client, address: str) -> tuple[float, float]:
    """How long an answer takes, and how much of that this process computes."""
    began, worked = time.perf_counter(), time.process_time()
    if client.get(address).status_code != 200:
        raise RuntimeError(f"no answer from {address}")
    return time.perf_counter() - began, time.process_time() - worked
