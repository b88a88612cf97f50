"""一是…；二是…: lists that run on within a paragraph or over several."""

import re
from dataclasses import dataclass

from ingest.parsing.labels import han_number

_ORDINAL = re.compile(r"(?P<number>[一二三四五六七八九]|十[一二三四五六七八九]?|二十)是")
_BEFORE = frozenset("。；;，,：:！？、）)”")
_NOT_FIRST_AFTER = frozenset("之统唯第其同归万专逐单")


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One 三是 of a list; `start` is where it stands in its paragraph, `end` where its words begin."""

    number: int
    label: str
    start: int
    end: int


def find_ordinals(text: str, due: int = 1) -> list[Ordinal]:
    """The ordinals of one paragraph that count on from `due`; a list that begins here has two at least,
    unless it is all that the paragraph begins with."""
    found: list[Ordinal] = []
    for match in _ORDINAL.finditer(text):
        number = han_number(match["number"])
        before = text[max(match.start() - 4, 0) : match.start()].rstrip()[-1:]
        if number == due + len(found) and _may_follow(before, number):
            found.append(Ordinal(number, match[0], match.start(), match.end()))
        elif number == 1 and due == 1 and len(found) == 1 and _may_follow(before, 1):
            found = [Ordinal(1, match[0], match.start(), match.end())]
    if len(found) == 1 and found[0].start > 0 and due == 1:
        return []
    if due > 1 and found and found[0].start > 0:
        return []  # a list goes on where a paragraph begins, not within one
    return found


def _may_follow(before: str, number: int) -> bool:
    if not before or before in _BEFORE:
        return True
    return number == 1 and before not in _NOT_FIRST_AFTER
