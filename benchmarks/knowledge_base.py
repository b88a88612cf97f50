"""How fast issues are loaded and indexed."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

from benchmarks.tables import Rows
from config.embedded.base import cluster
from ingest.gazetteer import load_gazetteer
from ingest.pipeline import IngestError, ingest
from search import analysis, indexing


@contextmanager
def made() -> Iterator[None]:
    """A knowledge base of its own, gone afterwards."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_gazetteer()
    try:
        yield
    finally:
        cluster.release()


def measure_loading(files: list[Path]) -> Rows:
    """Seconds to ingest all files."""
    failed = 0
    began = time.perf_counter()
    for file in files:
        try:
            ingest(file.read_bytes(), file.name, publish=True)
        except IngestError:
            failed += 1
    loading = time.perf_counter() - began
    return [
        ("files ingested", f"{len(files) - failed} in {loading:.1f} s ({failed} refused)"),
        ("seconds a file", f"{loading / len(files):.3f}"),
    ]


def measure_indexing(engines: Sequence[str]) -> Rows:
    """Seconds to build each index from nothing, to compare it with the database, and to tell its state."""
    analysis.warm()
    rows: Rows = []
    for engine in engines:
        began = time.perf_counter()
        clauses = indexing.rebuild(engine=engine)
        built = time.perf_counter()
        same = indexing.check(engine).same
        checked = time.perf_counter()
        indexing.status()
        told = time.perf_counter()
        if not same:
            raise RuntimeError(f"the index of {engine} differs from the database")
        times = (built - began, checked - built, told - checked)
        rows.append(
            (engine, "{:,} clauses in {:.1f} s, checked in {:.1f} s, status in {:.2f} s".format(clauses, *times))
        )
    return rows
