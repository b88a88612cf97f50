"""Exactness over the clauses of the real issues, against a scan of their folded texts."""

import random
from pathlib import Path

import pytest

from search.analysis import fold
from search.engines import ENGINES
from search.engines.base import Engine, Request
from search.highlight import marks
from search.tree import Contains
from tests.search.builders import entry, fill, found, new_engine

SPANS = 100
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[str]:
    """The lines of both issues, two to a clause, so that page breaks lie inside."""
    lines = [
        line.strip()
        for file in sorted((shared / "issues").glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return ["\n".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = new_engine(request.param, tmp_path_factory.mktemp("index"))
    fill(made, [entry(n, text, policy=n // 50) for n, text in enumerate(texts)])
    return made


def test_random_spans_are_found_exactly(engine: Engine, texts: list[str]):
    folded = [fold(text) for text in texts]
    dice = random.Random(20)
    for _ in range(SPANS):
        text = dice.choice(folded)
        start = dice.randrange(len(text))
        span = fold(text[start : start + dice.randint(1, 12)])
        if span:
            hits = engine.search(Request(Contains(span), limit=len(texts))).hits
            assert {hit.clause for hit in hits} == {n for n, one in enumerate(folded) if span in one}, span


def test_an_agency_is_found_inside_its_short_form(engine: Engine, texts: list[str]):
    holding = {n for n, text in enumerate(texts) if "省经信厅" in fold(text)}
    assert holding, "the issues name 省经信厅"
    assert holding <= found(engine, "经信", limit=len(texts))


def test_marks_are_right_to_the_character(texts: list[str]):
    """What is marked folds to what was looked for, whatever white space and width was printed."""
    dice = random.Random(21)
    for text in dice.choices(texts, k=200):
        folded = fold(text)
        start = dice.randrange(len(folded))
        span = fold(folded[start : start + dice.randint(2, 8)])
        found_at = marks(text, [span])
        assert found_at, span
        for low, high in found_at:
            marked = fold(text[low:high])
            assert marked.replace(span, "") in ("", *(span[at:] for at in range(1, len(span)))), (span, text[low:high])
