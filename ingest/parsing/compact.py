"""A text as the number grammar reads it: no white space, one width, and a way back to the lines."""

import re
from bisect import bisect_right
from functools import lru_cache

from ingest.parsing.misread import repaired
from ingest.parsing.text import JoinedText

DROPPED = re.compile(r"[^\S\n]+|\*+")
SEPARATING_COMMA = re.compile(r",(?!\d{3}(?!\d))")  # all but the commas of 1,200
WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}  # １ Ａ ％ － to 1 A % -
PUNCTUATION = {ord(half): full for half, full in zip("();:!?，", "（）；：！？，", strict=True)}
FOLDED = WIDTHS | {ord(c): c for c in "（）；：！？，"} | PUNCTUATION


class CompactText:
    """`text` without spaces and `**`, letters and digits half width, punctuation full width.

    Line breaks stay, and one space where two Latin words or two numbers would run together.  Terms that
    OCR misread (1Pv6) are repaired.
    What else `dropped` matches is left out too.  Offsets are those of `text`; `quote` leads back to the
    words as printed.
    """

    __slots__ = ("_kept_from", "_printed_from", "_source", "text")

    def __init__(self, source: JoinedText, dropped: re.Pattern[str] = DROPPED):
        self._source = source
        raw = source.text
        self._kept_from: list[int] = [0]
        self._printed_from: list[int] = [0]
        kept: list[str] = []
        length = done = 0
        for gap in dropped.finditer(raw):
            start, end = gap.span()
            if _parts_words(raw, start, end):
                start += 1
            kept.append(raw[done:start])
            length += start - done
            done = end
            self._kept_from.append(length)
            self._printed_from.append(end)
        kept.append(raw[done:])
        self.text = repaired(SEPARATING_COMMA.sub("，", "".join(kept).translate(FOLDED)))

    def quote(self, start: int, end: int, anchor: int) -> tuple[int, str]:
        """The line of the character at `anchor`, and the words of [start, end) that stand on it."""
        return self._source.quote(self._printed(start), self._printed(end - 1) + 1, self._printed(anchor))

    def _printed(self, offset: int) -> int:
        index = bisect_right(self._kept_from, offset) - 1
        return self._printed_from[index] + offset - self._kept_from[index]


@lru_cache(maxsize=4096)  # more passages than a document has: each extractor in turn goes through them all
def compacted(source: JoinedText) -> CompactText:
    """The compact reading of a passage, made once for all who ask."""
    return CompactText(source)


def _parts_words(raw: str, start: int, end: int) -> bool:
    """Whether the gap keeps two Latin words or two numbers apart; 120 T is one quantity."""
    if not 0 < start < end < len(raw) or not raw[start].isspace():
        return False
    before, after = raw[start - 1], raw[end]
    return (
        before.isascii()
        and after.isascii()
        and before.isalnum()
        and after.isalnum()
        and not (before.isdigit() and after.isalpha())
    )
