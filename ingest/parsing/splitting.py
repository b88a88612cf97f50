"""Lines that hold more than one provision: what a converter or a reader of the print has run together.

第五条 申请人应当具备下列条件：（一）…；（二）…      a list that goes on in the line of its article
（三）…；（四）…                                     two points on one line
…由主席团决定。 第十六条 …                           an article behind the end of the one before
二、重点任务 （一）…                                  a heading and its first subsection
"""

import re
from collections.abc import Iterator, Sequence

from ingest.parsing.joining import Line
from ingest.parsing.labels import ARTICLE, HAN, HAN_PAREN, Label, read_label

_POINT = re.compile(r"(?P<mark>[：:；;。])?(?P<space>\s{0,8})(?=[（(][一二三四五六七八九十]{1,3}[）)])")
_ARTICLE = re.compile(r"(?<=[。；])\s{1,8}(?=第[零〇一二三四五六七八九十百]{1,6}条)")
_LONGEST_HEADING = 24
_BARE_HEADING = re.compile(r"[^，。；：、（）()]{2,20}")


def split_line(line: Line) -> list[Line]:
    """The line, or its parts where more than one provision stands on it; all keep its number."""
    label = read_label(line.text)
    starts = sorted({*_points(line.text, label), *_articles(line.text)})
    if not starts:
        return [line]
    parts = []
    for start, end in zip([0, *starts], [*starts, len(line.text)], strict=True):
        pieces = tuple(line.cut(start, end))
        parts.append(Line(line.number, "".join(p.text for p in pieces), pieces, line.bold_end if not start else 0))
    return parts


def _points(text: str, label: Label | None) -> Iterator[int]:
    """Where （一）, （二） … begin that are points of a list and not part of a sentence."""
    if not label or label.style not in (ARTICLE, HAN, HAN_PAREN):
        return
    due = label.number + 1 if label.style == HAN_PAREN else 1
    found = []
    for match in _POINT.finditer(text, label.end):
        point = read_label(text[match.end() : match.end() + 8])
        if not point or point.number != due:
            continue
        if _separates(match, text, label, due):
            found.append(match.end())
            due += 1
    if label.style == ARTICLE and len(found) < 2:
        return
    yield from found


def _separates(match: re.Match[str], text: str, label: Label, due: int) -> bool:
    mark = match["mark"]
    if label.style == HAN:
        bare = match.start() - label.end <= _LONGEST_HEADING
        return due == 1 and not mark and bare and bool(_BARE_HEADING.fullmatch(text[label.end : match.start()].strip()))
    if due == 1:
        return mark in ("：", ":")
    return mark in ("；", ";") or (mark == "。" and bool(match["space"]))


def _articles(text: str) -> Iterator[int]:
    """Where 第X条 stands behind the end of a sentence and a space."""
    for match in _ARTICLE.finditer(text):
        yield match.end()


def split_lines(lines: Sequence[Line]) -> list[Line]:
    return [part for line in lines for part in split_line(line)]
