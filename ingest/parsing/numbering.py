"""Which 第X条 at the start of a line is an article, and which only a reference within a sentence.

Order and continuity of numbers decide: an article is the one that is due, or one that stands where the
due one never comes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parsing.labels import ARTICLE, Label

_REFERS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[款项目]|的?规定|、第|[至和或及与]者?第|所[称列]|[，,；、。）)])"
)
_LOOK_AHEAD = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statute label at the start of line `index`; `open_before`: the line before is an unfinished sentence."""

    index: int
    label: Label
    rest: str
    open_before: bool

    @property
    def place(self) -> tuple[int, int]:
        return self.label.number, self.label.sub

    @property
    def refers(self) -> bool:
        """Whether what follows the number speaks of it: 第八条第二款规定的…"""
        return bool(_REFERS.match(self.rest))


def admit(candidates: Sequence[Candidate]) -> set[int]:
    """The indexes of the candidates that begin a provision, of one style in one document."""
    admitted: set[int] = set()
    last = (0, 0)
    for position, candidate in enumerate(candidates):
        if candidate.open_before and candidate.refers:
            continue
        if _follows(last, candidate.place):
            fits = not candidate.refers or not _comes_later(candidates, position, candidate.place)
        elif candidate.label.style != ARTICLE:
            fits = not candidate.refers and not candidate.open_before
        elif candidate.place == (1, 0):
            fits = not candidate.refers and _begins_anew(candidates, position)
        elif candidate.place > last:
            fits = not candidate.refers and not _comes_later(candidates, position, (last[0] + 1, 0))
        else:
            fits = not candidate.refers and not candidate.open_before and _misprinted(candidates, position, last)
        if fits:
            admitted.add(candidate.index)
            last = (last[0] + 1, 0) if candidate.place < last and candidate.place != (1, 0) else candidate.place
    return admitted


def _follows(last: tuple[int, int], place: tuple[int, int]) -> bool:
    return place in ((last[0] + 1, 0), (last[0], last[1] + 1))


def _begins_anew(candidates: Sequence[Candidate], position: int) -> bool:
    following = candidates[position + 1 : position + 2]
    return not following or following[0].place in ((2, 0), (1, 1))


def _comes_later(candidates: Sequence[Candidate], position: int, place: tuple[int, int]) -> bool:
    """Whether a provision of that number still comes, before the count begins anew."""
    for later in candidates[position + 1 : position + 1 + _LOOK_AHEAD]:
        if later.place == (1, 0) and place != (1, 0):
            return False
        if later.place == place and not later.refers:
            return True
    return False


def _misprinted(candidates: Sequence[Candidate], position: int, last: tuple[int, int]) -> bool:
    """Whether the number after next comes next, so that this one is the due one with a digit lost."""
    following = candidates[position + 1 : position + 2]
    return bool(following) and following[0].place == (last[0] + 2, 0)
