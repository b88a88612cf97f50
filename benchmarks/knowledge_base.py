"""How fast issues are loaded and indexed, and clauses found."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

from benchmarks.tables import Rows, times
from config.embedded.base import cluster
from ingest.gazetteer import load_gazetteer
from ingest.pipeline import IngestError, ingest
from policies.models import Provision
from search import indexing
from search.asking import Asked
from search.results import search

QUERIES = 100
FREQUENT = ("数据", "人民政府", "应当", "部门", "建设")


@contextmanager
def made() -> Iterator[None]:
    """A knowledge base of its own, gone afterwards."""
    call_command("migrate", verbosity=0)
    load_gazetteer()
    try:
        yield
    finally:
        cluster.release()


def measure_loading(files: list[Path]) -> Rows:
    """Seconds to ingest all files, and to build the index from nothing."""
    failed = 0
    began = time.perf_counter()
    for file in files:
        try:
            ingest(file.read_bytes(), file.name, publish=True)
        except IngestError:
            failed += 1
    loading = time.perf_counter() - began
    began = time.perf_counter()
    clauses = indexing.rebuild()
    building = time.perf_counter() - began
    return [
        ("files ingested", f"{len(files) - failed} in {loading:.1f} s ({failed} refused)"),
        ("seconds a file", f"{loading / len(files):.3f}"),
        ("index built", f"{clauses:,} clauses in {building:.1f} s"),
        ("clauses a second", f"{clauses / building:,.0f}"),
    ]


def measure_searches() -> Rows:
    """Times of phrases taken from the clauses, frequent words, two words and filtered queries."""
    dice = random.Random(7)  # noqa: S311 nothing secret is drawn
    texts = [
        text for text in Provision.objects.exclude(text="").values_list("text", flat=True)[:20000] if len(text) > 20
    ]

    def phrase() -> str:
        text = dice.choice(texts)
        start = dice.randrange(len(text) - 10)
        return '"' + text[start : start + dice.randint(4, 10)].replace("\n", "").replace('"', "") + '"'

    mixes: dict[str, Callable[[], str]] = {
        "phrase of 4 to 10 characters": phrase,
        "one frequent word": lambda: dice.choice(FREQUENT),
        "two words": lambda: " ".join(dice.sample(FREQUENT, 2)),
        "one of three": lambda: " OR ".join(dice.sample(FREQUENT, 3)),
    }
    indexing.warm()
    search(Asked("数据"))
    return [(name, times([_seconds(make()) for _ in range(QUERIES)])) for name, make in mixes.items()]


def _seconds(query: str) -> float:
    began = time.perf_counter()
    search(Asked(query), grouped=True, page_size=10)
    return time.perf_counter() - began
