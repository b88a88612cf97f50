"""How text is cut for search: folding, runs, bigrams, single characters, words.

A clause and a query go through the same folding, and a clause contains a query when its folded
text contains the folded query; DESIGN.md's decision 4 says what is folded.  Everything else here
only finds candidates for that check (bigrams, characters) or ranks what passed it (words).
"""

import logging
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import jieba
import opencc
from django.conf import settings

HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)  # radicals, 々〇〡–〩, the unified ideographs and their extensions
RUN = re.compile(f"(?P<han>[{HAN}]+)|(?P<latin>[^\\W_{HAN}]+)")
LATIN_CHARACTER = re.compile(f"[^\\W_{HAN}]")
MOST_MARKS = 30  # on one character, as in UAX #15's stream-safe text: ordering marks takes time by their square
LONGEST_WORD = 64  # characters; a Latin run can have any length, a term of the index should not


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows its printed one: `starts[i]` and `ends[i]` bound, in the printed
    text, what the folded character i came from."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """The printed [start, end) of the folded [start, end), which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def occurrences(self, folded_query: str) -> list[tuple[int, int]]:
        """The printed [start, end) of every place of `folded_query`, from left to right, not overlapping."""
        found = []
        at = self.text.find(folded_query)
        while at >= 0:
            end = at + len(folded_query)
            found.append(self.printed(at, end))
            at = self.text.find(folded_query, end)
        return found


def fold(text: str) -> str:
    """`text` as it is compared: NFKC, lower case, 简体, white space only between two Latin words."""
    return fold_with_map(text).text


def fold_with_map(text: str) -> Folded:
    """The folded text with its way back to the offsets of `text`."""
    out: list[str] = []
    starts, ends = array("l"), array("l")
    space: tuple[int, int] | None = None
    for start, end, folded in _folded_clusters(text):
        for character in folded:
            if character.isspace():
                space = (space[0] if space else start, end)
                continue
            if space and out and _is_latin(out[-1]) and _is_latin(character):
                out.append(" ")
                starts.append(space[0])
                ends.append(space[1])
            space = None
            out.append(character)
            starts.append(start)
            ends.append(end)
    return Folded("".join(out), starts, ends)


def _folded_clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded) of every character of `text`, taken together with the marks set on it."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or end - start > MOST_MARKS or not unicodedata.combining(text[end]):
            yield start, end, _fold_cluster(text[start:end])
            start = end


@lru_cache(maxsize=50_000)
def _fold_cluster(cluster: str) -> str:
    normal = unicodedata.normalize("NFKC", cluster).lower()
    return "".join(_fold_character(character) for character in normal)


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    if category == "Cf":  # zero-width space, soft hyphen, byte order mark: nobody sees them
        return ""
    return str(_simplifier().convert(character)) if character > "\u2e7f" else character


@cache
def _simplifier() -> Any:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=10_000)
def _is_latin(character: str) -> bool:
    return LATIN_CHARACTER.match(character) is not None


def bigrams(folded: str) -> set[str]:
    """The pairs of neighbours inside its runs: a Han run, or a run of Latin letters and digits."""
    pairs: set[str] = set()
    for match in RUN.finditer(folded):
        run = match.group()
        pairs.update(map(str.__add__, run, run[1:]))
    return pairs


def characters(folded: str) -> set[str]:
    """Its characters, punctuation too."""
    return set(folded) - {" "}


def words(folded: str) -> list[str]:
    """Its words in their order: Han runs cut by jieba without its guessing, Latin runs whole."""
    found: list[str] = []
    for match in RUN.finditer(folded):
        if match.lastgroup == "han":
            found.extend(_cut(match.group()))
        else:
            found.append(match.group()[:LONGEST_WORD])
    return found


def learn(words: Iterable[str]) -> None:
    """Take Han words into the dictionary, for as long as the process lives."""
    _load_dictionary()
    for word in words:
        if word and word not in _learned:
            _cutter.add_word(word)
            _learned.add(word)


def warm() -> None:
    """Load the dictionaries now, so that no reader's first search has to wait for them."""
    fold("數")
    _load_dictionary()


_cutter = jieba.Tokenizer()
_learned: set[str] = set()


def _cut(han: str) -> Iterator[str]:
    _load_dictionary()
    return _cutter.cut(han, HMM=False)


def _load_dictionary() -> None:
    """jieba keeps its dictionary compiled in a file that it trusts, so the file lies in a folder of ours."""
    if _cutter.initialized:
        return
    jieba.setLogLevel(logging.WARNING)
    folder = settings.VAR / "jieba"
    folder.mkdir(parents=True, exist_ok=True)
    _cutter.tmp_dir = str(folder)
    _cutter.initialize()
