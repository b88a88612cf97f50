"""Lists of the API, 50 records each, over HTTP's whole stack."""

import time
from statistics import median

from django.test import Client

from benchmarks.tables import Rows, high

TIMES = 40
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
)


def measure() -> Rows:
    """Milliseconds that the server takes for each, of TIMES askings; those whose page the base lacks are left out."""
    client = Client(SERVER_NAME="127.0.0.1")
    rows: Rows = []
    for path in LISTS:
        address = f"/api/v1/{path}"
        if client.get(address).status_code == 404:
            continue
        seconds = [_seconds(client, address) for _ in range(TIMES)]
        rows.append((path, f"p50 {1000 * median(seconds):.1f} ms, p95 {1000 * high(seconds):.1f} ms"))
    return rows


def _seconds(client: Client, address: str) -> float:
    began = time.perf_counter()
    if client.get(address).status_code != 200:
        raise RuntimeError(f"no answer from {address}")
    return time.perf_counter() - began
