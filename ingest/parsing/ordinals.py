"""一是…；二是…, 一要…；二要…, 第一，…。第二，…: lists that run on within a paragraph or over several."""

import re
from dataclasses import dataclass

from ingest.parsing.labels import han_number

_NUMBER = r"[一二三四五六七八九]|十[一二三四五六七八九]?|二十"
_ORDINAL = re.compile(  # 二要件 and 三要素 count things
    rf"(?P<number>{_NUMBER})(?P<word>是|要(?![件素点害目义闻么求]))|第(?P<place>{_NUMBER})(?P<comma>，)"
)
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
    """The ordinals of one paragraph that count on from `due`, all of the first one's form; a list that begins
    here has two at least, unless it is all that the paragraph begins with."""
    found: list[Ordinal] = []
    for match in _ORDINAL.finditer(text):
        number = han_number(match["number"] or match["place"])
        ordinal = Ordinal(number, match[0].rstrip("，"), match.start(), match.end())
        before = text[max(match.start() - 4, 0) : match.start()].rstrip()[-1:]
        alike = not found or _form(ordinal) == _form(found[0])
        if number == due + len(found) and alike and _may_follow(before, ordinal):
            found.append(ordinal)
        elif number == 1 and due == 1 and len(found) == 1 and _may_follow(before, ordinal):
            found = [ordinal]
    if len(found) == 1 and found[0].start > 0 and due == 1:
        return []
    if due > 1 and found and found[0].start > 0:
        return []  # a list goes on where a paragraph begins, not within one
    return found


def _form(ordinal: Ordinal) -> str:
    return "第" if ordinal.label.startswith("第") else ordinal.label[-1]


def _may_follow(before: str, ordinal: Ordinal) -> bool:
    if not before or before in _BEFORE:
        return True
    return ordinal.number == 1 and _form(ordinal) != "第" and before not in _NOT_FIRST_AFTER  # 全省第一，…
