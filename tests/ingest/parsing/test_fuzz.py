"""Sentences that nobody would write: whatever they say, the records keep their promises."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.hostile import STRINGS
from benchmarks.fuzzing.judging import broken_promises
from benchmarks.fuzzing.seeds import invented
from ingest.parsing.errors import ParsingError
from ingest.parsing.issue import parse_lines
from tests.ingest.builders import GAZETTEER

LINES = st.lists(st.lists(st.sampled_from(STRINGS), min_size=1, max_size=6).map("".join), min_size=1, max_size=12)


def check(text: str) -> None:
    lines = text.splitlines()
    try:
        parsed = parse_lines(lines, GAZETTEER)
    except ParsingError:
        return
    assert list(broken_promises(parsed, lines)) == []


def test_invented_policies_keep_every_promise():
    for number in range(30):
        check("\n".join(line.replace("\x00", "") for line in _readable(invented(random.Random(number)))))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(LINES)
def test_hostile_lines_keep_every_promise(lines: list[str]):
    check("\n".join(["某省数据条例", "", "第一条　为了加强数据工作，制定本条例。", *_readable(lines)]))


def _readable(lines: list[str]) -> list[str]:
    """Without the control characters that no reader lets through."""
    return ["".join(c for c in line if c.isprintable() or c in "\t\n\u3000") for line in lines]
