"""Responsibilities and obligations of the real issues, measured against the hand-made truth."""

import importlib.util
from typing import Any

import pytest

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.records import as_json

ISSUES = ["2023-09", "2023-48"]
REACHED = {"responsibilities": 0.95, "obligations": 0.85}  # F1, both issues pooled


@pytest.fixture(scope="module")
def tallies(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pooled: dict[str, Any] = {}
    for issue in ISSUES:
        lines = (shared / "issues" / f"{issue}.txt").read_text(encoding="utf-8-sig").splitlines()
        parsed = as_json(parse_lines(lines, Gazetteer.from_fixtures()))
        for tally in module.score(shared / "truth" / issue, parsed):
            pooled.setdefault(tally.kind, module.Tally(tally.kind)).add(tally)
    return pooled


@pytest.mark.shared
@pytest.mark.parametrize(("kind", "reached"), REACHED.items())
def test_the_truth_is_found(tallies, kind, reached):
    assert tallies[kind].row()["f1"] >= reached, (tallies[kind].missed, tallies[kind].extra)
