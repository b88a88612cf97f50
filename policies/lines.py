"""Finding a clause's words in the lines that they were printed on."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

BLANK = re.compile(r"\s+")
PROBE = 12  # characters by which words are known


def squeezed(text: str) -> str:
    """Without white space, which lines and joined text have differently."""
    return BLANK.sub("", text)


def line_of(words: str, before: str, lines: Sequence[str]) -> tuple[int, bool] | None:
    """The place in `lines` (0-based) on which `words` begin, and whether they begin that line; None if nowhere.

    `before` is what is said first in these lines: where words are said twice, these are told apart by it.
    """
    printed = [squeezed(line) for line in lines]
    starts = [0, *accumulate(map(len, printed))]
    probe = squeezed(words)[:PROBE]
    at = -1
    for _ in range(squeezed(before).count(probe) + 1):
        at = "".join(printed).find(probe, at + 1)
        if at < 0:
            return None
    place = bisect_right(starts, at) - 1
    return place, starts[place] == at
