"""Forty queries over the real issues, and the clauses that a person wants to see first.

ranking.json names them: by reading the issues, before looking at what the search gave.
"""

import json
from pathlib import Path

import pytest

from ingest.gazetteer import load_gazetteer
from ingest.pipeline import ingest
from policies.models import Provision
from search import indexing
from search.asking import Asked
from search.engines import ENGINES
from search.results import search

QUERIES = json.loads(Path(__file__).with_name("ranking.json").read_text(encoding="utf-8"))
pytestmark = [pytest.mark.shared, pytest.mark.django_db]


@pytest.fixture
def base(shared: Path) -> None:
    """Both issues, published, and an index of each engine."""
    load_gazetteer()
    for file in sorted((shared / "issues").glob("*.txt")):
        ingest(file.read_bytes(), file.name, publish=True)
    for engine in ENGINES:
        indexing.rebuild(engine=engine)


def wanted(query: dict) -> set[tuple[str, str]]:
    return {(title, eid) for title, eids in query["first"].items() for eid in eids}


def reciprocal_rank(query: dict, engine: str, grouped: bool) -> float:
    """1 where a wanted clause comes first, 1/2 where it comes second …, as a reader meets them; 0 where none comes."""
    hits = search(Asked(query["query"]), page_size=100, grouped=grouped, engine=engine).hits
    met = [(hit.policy.title, hit.provision.eid) for hit in hits]
    return next((1 / rank for rank, clause in enumerate(met, start=1) if clause in wanted(query)), 0.0)


def test_what_a_person_wants_comes_first(base):
    known = set(Provision.objects.clauses().values_list("policy__title", "eid"))
    assert set().union(*map(wanted, QUERIES)) <= known, "ranking.json names clauses that are not there"
    assert len(QUERIES) == 40
    for engine in ENGINES:
        for grouped in (False, True):
            ranks = {query["query"]: reciprocal_rank(query, engine, grouped) for query in QUERIES}
            late = {text: round(1 / rank) if rank else None for text, rank in ranks.items() if rank < 1}
            assert sum(ranks.values()) / len(ranks) >= 0.9, (engine, grouped, late)
