"""The sentences of a law, cut into clauses; what stands in brackets, titles and quotes is left whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MASK = "□"
MARK = re.compile(r"[（《“）》”，：。；\n]")
ASIDE = re.compile(r"（(?:[^（）]|（[^（）]*）)*）|《[^《》]*》|“[^“”]*”")


@dataclass(slots=True)
class Clause:
    """What stands between two commas, at [start, end) of the text."""

    start: int
    end: int
    words: str


def sentences_of(text: str) -> Iterator[list[Clause]]:
    """The clauses of each sentence of `text`, which ends in 。 or ； or with its line."""
    clauses: list[Clause] = []
    depth, start = 0, 0
    for found in MARK.finditer(text):
        position, char = found.start(), found[0]
        depth += (char in "（《“") - (char in "）》”" and depth > 0)
        if char in "。；\n" or (char in "，：" and not depth):
            clauses.append(Clause(start, position, text[start:position]))
            start = position + 1
            if char not in "，：":
                yield clauses
                clauses, depth = [], 0
    clauses.append(Clause(start, len(text), text[start:]))
    yield [clause for clause in clauses if clause.words] or clauses


def masked(words: str) -> str:
    """The words with what stands in brackets, titles and quotes blotted out, as long as before.

    It is for looking only: what is found is cut out of the words themselves.
    """
    return ASIDE.sub(lambda match: MASK * len(match[0]), words)
