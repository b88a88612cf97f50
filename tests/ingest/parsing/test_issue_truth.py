"""Masthead, contents, cutting and facts of the real issues, measured by the shared tool."""

import importlib.util
import json

import pytest

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.records import as_json

ISSUES = ["2023-09", "2023-48"]


@pytest.fixture(scope="module")
def tool(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parsed(shared, issue):
    lines = (shared / "issues" / f"{issue}.txt").read_text(encoding="utf-8-sig").splitlines()
    return json.loads(json.dumps(as_json(parse_lines(lines, Gazetteer.from_fixtures()))))


@pytest.mark.shared
@pytest.mark.parametrize("issue", ISSUES)
def test_every_field_of_the_truth_is_read(shared, tool, issue):
    tallies = {tally.kind: tally for tally in tool.score(shared / "truth" / issue, parsed(shared, issue))}
    for kind in ("issue fields", "policy fields"):
        assert (tallies[kind].missed, tallies[kind].extra) == ([], [])


@pytest.mark.shared
@pytest.mark.parametrize("issue", ISSUES)
def test_every_line_is_kept_and_every_quote_stands_in_its_line(shared, tool, issue):
    assert tool.check_text(shared / "issues" / f"{issue}.txt", parsed(shared, issue)) == []
