"""What differs between two versions of a text, word by word, whatever its width, spaces and punctuation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import eq

from rapidfuzz.distance import Indel

from search.analysis import HAN, Folded, fold_with_map

WORD = re.compile(f"[{HAN}]|[^\\W_{HAN}]+(?:[.,][0-9]+)*")  # one character of Chinese, a whole number or Latin word
LEAST = 2  # words; fewer that agree between two differences are part of one
SHORT = 160  # characters of a text that is shown whole
AROUND = 20  # characters shown before and after what differs in a longer one
MOST_PLACES = 10  # that are shown of it
MOST_PAIRS = 400_000_000  # of words or characters to be compared: some 50 MB; longer texts differ from one place on


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text as printed, and whether the other version has it too."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, folded, and where each stands in the printed text."""

    printed: str
    words: list[str]
    places: list[tuple[int, int]]


def differences(earlier: str, later: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces that agree and pieces that differ, by turns; put together they are the texts."""
    one, other = _words(earlier), _words(later)
    gone: list[tuple[int, int]] = []
    come: list[tuple[int, int]] = []
    for start, end, other_start, other_end in _changes(one.words, other.words):
        gone.append((start, end))
        come.append((other_start, other_end))
    return _pieces(one, gone), _pieces(other, come)


def excerpts(earlier: str, later: str) -> tuple[str, str]:
    """Both texts, long ones cut to what is around the first places where they differ; both at the same places."""
    if max(len(earlier), len(later)) <= SHORT:
        return earlier, later
    one, other, at = "", "", 0
    places = _changes(earlier, later)
    for start, end, other_start, other_end in places[:MOST_PLACES]:
        same = _ellipsis(earlier[at:start], AROUND if one or other else 0, AROUND)
        one, other = one + same + shortened(earlier[start:end]), other + same + shortened(later[other_start:other_end])
        at = end
    beyond = earlier[at : places[MOST_PLACES][0]] + "…" if len(places) > MOST_PLACES else earlier[at:]
    rest = _ellipsis(beyond, AROUND, 0)
    return one + rest, other + rest


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def _ellipsis(text: str, head: int, tail: int) -> str:
    """A text without its middle: what is left of it at both ends, in characters."""
    return text if len(text) <= head + tail else f"{text[:head]}…{text[len(text) - tail :]}"


def _words(text: str) -> _Words:
    folded: Folded = fold_with_map(text)
    found = list(WORD.finditer(folded.text))
    return _Words(text, [word.group() for word in found], [folded.printed(*word.span()) for word in found])


def _changes(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """[start, end) of what is gone from the one and of what came in its place, from left to right."""
    if len(one) * len(other) > MOST_PAIRS:
        start = sum(1 for _ in takewhile(bool, map(eq, one, other)))
        return [(start, len(one), start, len(other))] if start < max(len(one), len(other)) else []
    changes: list[tuple[int, int, int, int]] = []
    for code in Indel.opcodes(one, other):
        if code.tag == "equal":
            continue
        if changes and code.src_start - changes[-1][1] < LEAST:
            start, _, other_start, _ = changes.pop()
            changes.append((start, code.src_end, other_start, code.dest_end))
        else:
            changes.append((code.src_start, code.src_end, code.dest_start, code.dest_end))
    return changes


def _pieces(text: _Words, changed: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for first, beyond in changed:
        if first == beyond:
            continue
        start, end = text.places[first][0], text.places[beyond - 1][1]
        pieces += [Piece(text.printed[at:start], False), Piece(text.printed[start:end], True)]
        at = end
    pieces.append(Piece(text.printed[at:], False))
    return [piece for piece in pieces if piece.text]
