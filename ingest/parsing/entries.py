"""A document's lines made ready for the outline: each with the label it may begin with, what part of the
document it stands in, and whether a page broke it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parsing.closing import (
    attachment_label,
    attachment_starts,
    closing_start,
    contents_lines,
    is_date,
    is_listing,
)
from ingest.parsing.headings import bracketed_heading
from ingest.parsing.joining import (
    CLOSERS,
    LONGEST_HEADING,
    PRINTED_LINE,
    Line,
    is_broken,
    is_finished,
    read_line,
    width,
)
from ingest.parsing.labels import (
    ARABIC,
    ARTICLE,
    CHAPTER,
    DASH,
    DECIMAL,
    DIVISION,
    HAN,
    HAN_PAREN,
    PART,
    ROMAN,
    Label,
    read_label,
)
from ingest.parsing.numbering import Candidate, admit
from ingest.parsing.splitting import split_lines

_STATUTE = (PART, CHAPTER, DIVISION, ARTICLE)
_HEADED = (PART, CHAPTER, DIVISION, ROMAN, HAN, HAN_PAREN, ARABIC, DECIMAL)
_LONGEST_CHAPTER_HEADING = 60
_SHORTEST_WRAPPED = 16
_FEWEST_WRAPPED = 20


@dataclass(slots=True)
class Entry:
    """One line of text.  `role` is text, contents (the printed 目录), attachment (its first line), listing
    (the list of attachments) or closing; `next_label` is that of the next labelled line of text."""

    line: Line
    label: Label | None
    role: str = "text"
    broken: bool = False
    next_label: Label | None = None

    @property
    def rest(self) -> str:
        """What follows the label."""
        return self.line.text[self.label.end :] if self.label else self.line.text


def read_entries(lines: Sequence[str], numbers: Sequence[int], kind: str) -> list[Entry]:
    """The lines `numbers` (1-based) of a document of `kind`, in order."""
    parts = split_lines([read_line(lines[number - 1], number) for number in numbers])
    entries = [Entry(line, read_label(line.text)) for line in parts if line.text]
    _give_roles(entries, kind)
    for entry in entries:
        if entry.role in ("contents", "listing", "closing"):
            entry.label = None
    _drop_references(entries)
    _mark_broken(entries)
    following: Label | None = None
    for entry in reversed(entries):
        entry.next_label = following
        if entry.label:
            following = entry.label
        elif entry.role == "attachment":
            following = None
    return entries


def _give_roles(entries: list[Entry], kind: str) -> None:
    lines = [entry.line for entry in entries]
    labels = [entry.label for entry in entries]
    for index in contents_lines(lines, labels, ends_with_it=kind in ("report", "news")):
        entries[index].role = "contents"
        labels[index] = None
    if not entries:
        return
    starts = [index for index in attachment_starts(lines, labels) if entries[index].role == "text"]
    for start in starts:
        entries[start].role = "attachment"
        entries[start].label = None
    signatures = kind not in ("report", "news")
    begins = set(starts)
    bounds = [0, *starts, len(entries)]
    for first, after in pairwise(bounds):
        last = after - 1
        if first in begins:
            last = _give_listing(entries, first, last)
        elif last >= first:
            _give_first_listing(entries, first, last)
            for index in range(closing_start(lines, labels, first, last, signatures), after):
                entries[index].role = "closing"


def _give_listing(entries: list[Entry], first: int, last: int) -> int:
    """Mark the list that 附件：1.… begins, and the signature and date under it."""
    if not is_listing(entries[first].line.text):
        return last
    index = _listing_end(entries, first, last) + 1
    for listed in entries[first + 1 : index]:
        listed.role = "listing"
    dated = max((i for i in range(index, min(last, index + 8) + 1) if is_date(entries[i].line.text)), default=-1)
    for i in range(index, dated + 1):
        entries[i].role = "closing"
    return last


def _give_first_listing(entries: list[Entry], first: int, last: int) -> None:
    """Mark the list of attachments that a notice prints before the document that it issues."""
    for index in range(first, last + 1):
        if entries[index].label:
            return
        if is_listing(entries[index].line.text):
            for listed in entries[index : _listing_end(entries, index, last) + 1]:
                listed.role = "listing"
            return


def _listing_end(entries: list[Entry], first: int, last: int) -> int:
    """The index of the last line of the list that 附件：1.… begins: 2.…, 3.… below it."""
    text = entries[first].line.text
    label = read_label(text[attachment_label(text)[1] :].lstrip())
    index = first
    while index < last and label and label.style == ARABIC:
        below = entries[index + 1]
        if not below.label or (below.label.style, below.label.number) != (ARABIC, label.number + 1):
            break
        label = below.label
        index += 1
    return index


def _drop_references(entries: list[Entry]) -> None:
    """Take the label from lines that only refer to an article or a chapter."""
    for entry in entries:
        if entry.label and entry.label.style in (PART, CHAPTER, DIVISION) and not _is_heading(entry.rest):
            entry.label = None
    for style in (PART, CHAPTER, ARTICLE):
        for group in _candidates(entries, style):
            admitted = admit(group)
            for candidate in group:
                if candidate.index not in admitted:
                    entries[candidate.index].label = None


def _candidates(entries: list[Entry], style: str) -> Iterator[list[Candidate]]:
    """The labels of one style, apart for the document and each of its attachments."""
    group: list[Candidate] = []
    open_before = False
    for index, entry in enumerate(entries):
        if entry.role == "attachment":
            yield group
            group = []
        if entry.label and entry.label.style == style:
            group.append(Candidate(index, entry.label, entry.rest, open_before))
        open_before = is_broken(entry.line.text)
    yield group


def _is_heading(rest: str) -> bool:
    return width(rest[:80]) <= _LONGEST_CHAPTER_HEADING and not rest.endswith(("。", "；", "，", "：", ":"))


def _mark_broken(entries: list[Entry]) -> None:
    printed = _printed_line(entries)
    in_article = runs_on = False
    for index, entry in enumerate(entries):
        if entry.role in ("closing", "listing", "contents", "attachment"):
            continue
        label, text = entry.label, entry.line.text
        if label and label.style in _STATUTE:
            in_article = label.style == ARTICLE
        if label and label.style in (PART, CHAPTER, DIVISION):
            entry.broken = entry.rest.endswith("、") or _is_wrapped(entries, index, shortest=0)
            continue
        if label and label.style == ARTICLE and _only_bracket(entry.rest):
            continue
        whole = printed
        if runs_on and not label and text[-1] not in CLOSERS:
            whole = 0  # however short: the sentence that began on a line before has not ended yet
        if label and label.style != DASH and not in_article and "。" not in entry.rest:
            whole = LONGEST_HEADING
        runs_on = is_broken(text, whole)
        entry.broken = runs_on or (not in_article and _is_wrapped(entries, index, _SHORTEST_WRAPPED))


def _printed_line(entries: list[Entry]) -> float:
    """How wide a line without final punctuation must be to be a broken one: less where every line is broken,
    because the text keeps the lines of a narrow print."""
    texts = [entry.line.text for entry in entries if not entry.label]
    open_widths = sorted(width(text[:200]) for text in texts if not is_finished(text))
    if len(texts) < _FEWEST_WRAPPED or 2 * len(open_widths) < len(texts):
        return PRINTED_LINE
    return min(PRINTED_LINE, 0.75 * open_widths[len(open_widths) // 2])


def _only_bracket(rest: str) -> bool:
    heading = bracketed_heading(rest)
    return bool(heading) and not rest[heading[2] :].strip() if heading else False


def _is_wrapped(entries: list[Entry], index: int, shortest: float) -> bool:
    """Whether the heading of a labelled line, `shortest` wide at least, goes on in the next one: short, without
    final punctuation, and followed by a label."""
    entry, following = entries[index], entries[index + 1 : index + 3]
    if not entry.label or entry.label.style not in _HEADED or is_finished(entry.line.text) or "。" in entry.rest:
        return False
    return (
        width(entry.line.text[:80]) >= shortest
        and [bool(e.label) for e in following] == [False, True]
        and all(e.role == "text" for e in following)
        and not is_finished(following[0].line.text)
        and width(following[0].line.text[:80]) <= PRINTED_LINE
    )
