"""Whole pages over HTTP's whole stack: hits by policy, snippets, facets, each engine in a process of its own.

`python -m benchmarks.pages ENGINE` is that process, so that its memory is that of one who searches and
nothing else; it reads addresses from its standard input and prints what it measured, as JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.tables import Rows, high

PAGES = (1, 10)
TYPED = ("数", "数据", "zhengwu", "zw", "省人民", "shuju", "促进条例", "w")


def measure(engines: Sequence[str], asked: list[tuple[str, str]]) -> Rows:
    """Milliseconds of each kind of query and of the two pages, and megabytes, beside each other."""
    answers = {engine: _answered(engine, [query for _, query in asked]) for engine in engines}
    kinds = [*dict.fromkeys(kind for kind, _ in asked), *(f"page {page}" for page in PAGES)]
    rows = [(kind, [_of_kind(answers[engine]["pages"], asked, kind) for engine in engines]) for kind in kinds]
    rows.append(("all", [list(chain(*answers[engine]["pages"].values())) for engine in engines]))
    rows.append(("suggestions", [answers[engine]["suggestions"] for engine in engines]))
    table = [(f"{kind}, ms", _beside(engines, figures)) for kind, figures in rows]
    memory = ", ".join(f"{engine} {answers[engine]['memory']:.0f} MB" for engine in engines)
    return [*table, ("memory of a process that answered them all", memory)]


def _of_kind(pages: dict[str, list[float]], asked: list[tuple[str, str]], kind: str) -> list[float]:
    if kind.startswith("page "):
        return pages[kind.removeprefix("page ")]
    return [seconds for page in pages.values() for seconds, (of, _) in zip(page, asked, strict=True) if of == kind]


def _beside(engines: Sequence[str], figures: list[list[float]]) -> str:
    told = [
        f"{engine} p50 {1000 * median(figure):.1f} p95 {1000 * high(figure):.1f}"
        for engine, figure in zip(engines, figures, strict=True)
    ]
    ratio = median(figures[0]) / median(figures[-1])
    return f"{', '.join(told)} ({ratio:.1f} times)"


def _answered(engine: str, queries: list[str]) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages", engine],
        input=json.dumps(queries), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


def _main(engine: str) -> None:
    os.environ["SEARCH_ENGINE"] = engine
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse

    from search import indexing, suggestions

    queries = json.load(sys.stdin)
    indexing.warm()
    suggestions.warm()
    client = Client(SERVER_NAME="127.0.0.1")
    address = reverse("search:search")
    _seconds(client, f"{address}?{queries[0]}")  # templates are compiled on first use
    pages = {page: [_seconds(client, f"{address}?{query}&page={page}") for query in queries] for page in PAGES}
    typed = [_seconds(client, f"{reverse('search:suggestions')}?q={text}") for text in TYPED * 5]
    json.dump({"pages": pages, "suggestions": typed, "memory": _memory()}, sys.stdout)


def _seconds(client: Any, address: str) -> float:
    began = time.perf_counter()
    response = client.get(address)
    seconds = time.perf_counter() - began
    if response.status_code != 200:
        raise RuntimeError(f"{response.status_code} for {address}")
    return seconds


def _memory() -> float:
    """Megabytes that this process has in memory, files that it mapped included."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS in /proc/self/status")


if __name__ == "__main__":
    _main(sys.argv[1])
