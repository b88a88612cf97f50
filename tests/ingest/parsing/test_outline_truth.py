"""The outline of the real issues, measured against the hand-made truth."""

import json

import pytest

from ingest.parsing.outline import build_outline

ISSUES = ["2023-09", "2023-48"]


def rows(path):
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


def bare(text):
    return "".join((text or "").replace("**", "").split()).translate(str.maketrans("()", "（）"))


def body_start(lines, entry):
    """The line after the title: the lines from start_line on whose sum ends with the title."""
    for first in range(entry["start_line"], entry["end_line"]):
        joined = ""
        for number in range(first, min(first + 4, entry["end_line"])):
            joined += bare(lines[number - 1])
            if joined == bare(entry["title"]):
                return number + 1
    raise AssertionError(entry["title"])


@pytest.mark.shared
@pytest.mark.parametrize("issue", ISSUES)
def test_every_provision_of_the_truth_is_read(shared, issue):
    lines = (shared / "issues" / f"{issue}.txt").read_text(encoding="utf-8-sig").splitlines()
    truth = rows(shared / "truth" / issue / "nodes.jsonl")
    for entry in rows(shared / "truth" / issue / "entries.jsonl"):
        wanted = [node for node in truth if node["entry"] == entry["entry"]]
        if not wanted:
            continue
        body = build_outline(lines, body_start(lines, entry), entry["end_line"] - 1, entry["kind"])
        found = [p for p in body.provisions if p.type not in ("preamble", "body", "attachment", "closing")]
        assert [(p.type, p.path) for p in found] == [(node["type"], node["path"]) for node in wanted]
        for node, provision in zip(wanted, found, strict=True):
            assert bare(provision.heading) == bare(node["heading"])
            assert bare(provision.text).startswith(bare(node["start"]))
            assert provision.start_line == node["line"]
