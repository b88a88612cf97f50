"""Who is responsible: notes such as （责任单位：…）, bare lines 牵头单位：…, and sentences that say who leads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.parsing.agencies import AgencyBook
from ingest.parsing.agency_lists import NameReader
from ingest.parsing.compact import CompactText
from ingest.parsing.duty_notes import HAS_LABEL, LABEL, Duty, LeadRule, Note, find_rule, read_note
from ingest.parsing.duty_sentences import find_sentences
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.regions import Region
from ingest.records import AgencyMention, ResponsibilityRecord

# In these kinds a sentence 由A牵头 or A会同B gives a task; in a law it is a rule of competence.
TASK_KINDS = frozenset({"plan", "measures", "notice"})
BRACKETS = str.maketrans("〔〕[]【】〖〗{}", "（）（）（）（）（）")
LONGEST_NOTE = 1500
LONGEST_UNLABELLED = 500
GIVES_ROLES = re.compile(r"牵头|负责|配合|参与|参加|分工|落实|实施|主办|协办|协同")
BARE_LABEL = re.compile(rf"(?:^|(?<=[\n。；！？”）]))(?:{LABEL.pattern})：", re.VERBOSE)
PARAGRAPH_END = re.compile(r"[\n。]|$")
SENTENCE_BEFORE = frozenset("。；！？”）")

CONFIDENCE = {"label": 0.97, "label-line": 0.93, "verb": 0.92, "names": 0.75, "led-by": 0.8, "joint": 0.8}
UNKNOWN_SHARE = 0.3  # how much of the confidence hangs on knowing the bodies


@dataclass(frozen=True, slots=True)
class Found:
    """A note's place [start, end) in a text, its words, and how it was found."""

    start: int
    end: int
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a provision, with its brackets made alike, and the notes in it."""

    node: Node
    compact: CompactText
    text: str
    notes: list[Found]


def find_responsibilities(
    outline: Outline, region: Region | None, agencies: AgencyBook, kind: str
) -> list[ResponsibilityRecord]:
    """The responsibilities of a policy of `kind` and `region` (null: the centre's), in the order of the text.

    `quote` is the part of a note that stands on its first line; `agencies` are all of them.
    """
    reader = NameReader(agencies, region)
    passages = [_passage(node, CompactText(text)) for node in outline.walk() for text in node.texts()]
    standing = _rule_at_end(passages)
    records: list[ResponsibilityRecord] = []
    for passage in passages:
        rows: list[tuple[Found, Note]] = []
        for found in passage.notes:
            note = read_note(found.words, reader, standing)
            if not _is_note(found, note, reader):
                continue
            if note.rule and note.rule.hereafter:
                standing = note.rule
            rows.append((found, note))
        standing = _rule_in_prose(passage) or standing
        if kind in TASK_KINDS:
            rows += _sentences(passage, [found for found, _ in rows], reader)
        rows.sort(key=lambda row: row[0].start)
        records += [_record(passage, found, note.duties) for found, note in rows]
    return records


def _passage(node: Node, compact: CompactText) -> Passage:
    text = compact.text.translate(BRACKETS)
    return Passage(node, compact, text, sorted(_find_notes(text), key=lambda found: found.start))


def _find_notes(text: str) -> Iterator[Found]:
    """Where notes may stand in a text; none lies in another."""
    taken: list[tuple[int, int]] = []
    done = 0
    for start, end in _brackets(text):
        if start < done:
            continue
        found = _bracket_note(text, start, end)
        if found:
            done = found.end
            taken.append((found.start, found.end))
            yield found
    yield from _label_lines(text, taken)


def _brackets(text: str) -> list[tuple[int, int]]:
    """Spans of brackets by their start, nested ones too; one that never closes ends with its paragraph."""
    spans, open_at = [], []
    for position, char in enumerate(text):
        if char == "（":
            open_at.append(position)
        elif char == "）" and open_at:
            spans.append((open_at.pop(), position + 1))
    for start in open_at:
        if LABEL.match(text, start + 1):
            end = text.find("\n", start)
            spans.append((start, len(text) if end < 0 else end))
    return sorted(spans)


def _bracket_note(text: str, start: int, end: int) -> Found | None:
    if end - start > LONGEST_NOTE:
        return None
    words = text[start + 1 : end - 1] if text[end - 1] == "）" else text[start + 1 : end]
    label = LABEL.match(words)
    if label and label.end() == len(words):  # （责任单位）A、B
        stop = PARAGRAPH_END.search(text, end)
        last = min(stop.start() if stop else len(text), end + LONGEST_NOTE)
        return Found(start, last, f"{words}：{text[end:last].lstrip('：')}", "label-line")
    if label or HAS_LABEL.search(words):
        return Found(start, end, words, "label")
    if end - start > LONGEST_UNLABELLED:
        return None
    if GIVES_ROLES.search(words):
        return Found(start, end, words, "verb")
    closes = end == len(text) or text[end] in "\n。"
    if closes and start and text[start - 1] in SENTENCE_BEFORE:
        return Found(start, end, words, "names")
    return None


def _label_lines(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[Found]:
    """责任单位：… without brackets, at the start of a paragraph or a sentence; such lines in a row are one note."""
    spans = list(taken)
    current: tuple[int, int] | None = None
    for match in BARE_LABEL.finditer(text):
        start = match.start()
        while spans and spans[0][1] <= start:
            spans.pop(0)
        if spans and spans[0][0] <= start:
            continue
        stop = PARAGRAPH_END.search(text, match.end(), match.end() + LONGEST_NOTE)
        end = stop.start() if stop else min(match.end() + LONGEST_NOTE, len(text))
        if current and start < current[1]:
            continue
        if current and not text[current[1] : start].strip("\n。；"):
            current = current[0], end
            continue
        if current:
            yield Found(*current, text[slice(*current)], "label-line")
        current = start, end
    if current:
        yield Found(*current, text[slice(*current)], "label-line")


def _is_note(found: Found, note: Note, reader: NameReader) -> bool:
    """Whether what was read is about responsibility at all."""
    names = [duty.name for duty in note.duties]
    if found.rule in ("label", "label-line"):
        return any(reader.is_body(name.text) for name in names)
    public = [name for name in names if reader.is_public(name.text)]
    if found.rule == "verb":
        return note.verbs > 0 and len(public) > note.strange
    return (
        not note.strange and not note.verbs and len(public) == len(names) > 0 and all(n.resolution.known for n in names)
    )


def _rule_at_end(passages: list[Passage]) -> LeadRule | None:
    """A rule on who leads that stands behind the last note, and so speaks of all."""
    for passage in reversed(passages):
        if rule := _rule_in_prose(passage):
            return rule
        if passage.notes:
            return None
    return None


def _rule_in_prose(passage: Passage) -> LeadRule | None:
    """A rule on who leads outside notes: 责任单位中排第一位的为牵头单位."""
    found = find_rule(_without(passage.text, passage.notes))
    if found is None or not passage.text[found[1] : found[2]].rstrip("，下同以均文").endswith(("单位", "部门")):
        return None
    return found[0]


def _without(text: str, notes: Iterable[Found]) -> str:
    """The text with its notes blotted out, every other character at its place."""
    for found in notes:
        text = text[: found.start] + "。" * (found.end - found.start) + text[found.end :]
    return text


def _sentences(passage: Passage, notes: list[Found], reader: NameReader) -> list[tuple[Found, Note]]:
    text = _without(passage.text, notes)
    return [
        (Found(start, end, text[start:end], rule), Note(duties))
        for start, end, rule, duties in find_sentences(text, reader)
    ]


def _record(passage: Passage, found: Found, duties: list[Duty]) -> ResponsibilityRecord:
    mentions = []
    for duty in duties:
        resolution = duty.name.resolution
        mentions.append(
            AgencyMention(duty.name.text, resolution.canonical, duty.role, resolution.group, resolution.known)
        )
    known = sum(mention.known for mention in mentions) / len(mentions)
    line, quote = passage.compact.quote(found.start, found.end, found.start)
    return ResponsibilityRecord(
        path=passage.node.path,
        line=line,
        quote=quote,
        agencies=mentions,
        rule=f"responsibility-{found.rule}",
        confidence=round(CONFIDENCE[found.rule] * (1 - UNKNOWN_SHARE * (1 - known)), 3),
    )
