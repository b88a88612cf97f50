"""Whether every engine finds what is there and nothing else, beside a scan; and how fast, beside PostgreSQL alone."""

from collections.abc import Sequence
from functools import partial
from statistics import median

from benchmarks import yardsticks
from benchmarks.queries import Language, spans
from benchmarks.tables import Rows, high, timed
from policies.models import Policy
from search.engines.base import Request
from search.entries import entries
from search.indexing import find
from search.tree import Contains

SPANS = 500
EVERY = 10_000_000  # hits, more than there are


def measure(engines: Sequence[str]) -> Rows:
    """Recall and precision over parts of clauses and over words, and the times of the first ten and the count."""
    language = Language()
    sought = spans(language, SPANS)
    truth = _scan(sought)
    rows: Rows = [("sought", f"{SPANS} parts of 1 to 12 characters, {len(sought) - SPANS} frequent and rare words")]
    for engine in engines:
        found = [_found(engine, text) for text in sought]
        right = sum(len(f & t) for f, t in zip(found, truth, strict=True))
        recall, precision = right / sum(map(len, truth)), right / max(sum(map(len, found)), 1)
        wrong = sum(f != t for f, t in zip(found, truth, strict=True))
        rows.append((engine, f"recall {recall:.4%}, precision {precision:.4%}, queries with a difference: {wrong}"))
    phrases = [text for text in sought[:SPANS] if len(text) > 1][:100]
    times = {engine: [timed(partial(_ten, engine, text)) for text in phrases] for engine in engines}
    times |= yardsticks.measure(phrases)
    fastest = min(median(seconds) for seconds in times.values())
    for name, seconds in times.items():
        told = f"p50 {1000 * median(seconds):.1f} ms, p95 {1000 * high(seconds):.1f} ms"
        rows.append(
            (f"ten hits and their number, {name}", f"{told} ({median(seconds) / fastest:.0f} times the fastest)")
        )
    return rows


def _scan(sought: Sequence[str]) -> list[set[int]]:
    """The clauses whose folded text contains each."""
    found: list[set[int]] = [set() for _ in sought]
    for policy in Policy.objects.order_by("pk").values_list("pk", flat=True):
        for entry in entries([policy]):
            for text, clauses in zip(sought, found, strict=True):
                if text in entry.text:
                    clauses.add(entry.clause)
    return found


def _found(engine: str, text: str) -> set[int]:
    return {hit.clause for hit in find(Request(Contains(text), limit=EVERY), engine).hits}


def _ten(engine: str, text: str) -> None:
    find(Request(Contains(text), limit=10), engine)
