"""Spoiled files of every format: read as promised, or refused in Chinese; `benchmarks.fuzz` tries many more."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing import seeds
from benchmarks.fuzzing.judging import judge
from benchmarks.fuzzing.mutations import mutated
from tests.ingest.builders import GAZETTEER

KINDS = sorted(set(seeds.FORMAT_NAMES))


@pytest.fixture(scope="module")
def pool() -> dict[str, list[bytes]]:
    return seeds.pool(1, KINDS, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoiled_file_is_read_as_promised_or_refused(kind, pool):
    for number in range(12):
        rng = random.Random(number)
        content, _ = mutated(rng.choice(pool[kind]), kind, pool["txt"], rng)
        assert judge(content, f"件.{seeds.SUFFIXES.get(kind, kind)}", kind, GAZETTEER)[0] in ("parsed", "refused")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", "%PDF-1.4", "PK\x03\x04", "<html>", "<akomaNtoso>", "\ufeff"]))
def test_any_bytes_are_read_or_refused(content: bytes, beginning: str):
    assert judge(beginning.encode() + content, "件.txt", "", GAZETTEER)[0] in ("parsed", "refused")
