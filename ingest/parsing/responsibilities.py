"""Who is responsible: notes such as （责任单位：…）, bare lines 牵头单位：…, and sentences that say who leads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.parsing.agencies import AgencyBook
from ingest.parsing.agency_lists import NameReader
from ingest.parsing.compact import CompactText, compacted
from ingest.parsing.duty_notes import HAS_LABEL, LABEL, LEAD, Duty, LeadRule, Note, apply_rule, find_rule, read_note
from ingest.parsing.duty_sentences import find_sentences
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.regions import Region
from ingest.parsing.text import JoinedText
from ingest.records import AgencyMention, ResponsibilityRecord

# In these kinds a sentence 由A牵头 or A会同B gives a task; in a law it is a rule of competence.
TASK_KINDS = frozenset({"plan", "measures", "notice", "news"})
DROPPED = re.compile(r"[^\S\n]+|\*{2,}")  # one * may mark who leads
BRACKET = re.compile(r"[（）]")
# Brackets of every kind as （）, and what is taken for a colon as ：
MARKS = str.maketrans("〔〕[]【】〖〗{}∶﹕︰꞉", "（）（）（）（）（）：：：：")
LONGEST_NOTE = 1500
LONGEST_UNLABELLED = 500
GIVES_ROLES = re.compile(r"牵头|负责|配合|参与|参加|分工|落实|实施|主办|协办|协同")
BARE_LABEL = re.compile(rf"(?:^|(?<=[\n。；！？”）]))(?:{LABEL.pattern})(?:：|为(?![^。\n]{{0,99}}的))", re.VERBOSE)
PARAGRAPH_END = re.compile(r"[\n。]|$")
SENTENCE_BEFORE = frozenset("。；！？”）")

ORGANISATION = re.compile(r"保障|组织|领导|实施|统筹|机制|要求")
RULE_ENDS = re.compile(r"(?:单位|部门)[，；、]?(?:以?下(?:均|文)?同)?$")
KNOWN_SHARE = 0.5  # of a list without label or verb, how much the gazetteer must know

OF_NOTES = {"label": 0.97, "label-line": 0.93, "verb": 0.92, "names": 0.75}
CONFIDENCE = OF_NOTES | {"led-by": 0.8, "joint": 0.8, "shared": 0.8}  # by rule, of notes and of sentences
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
    """One text of a provision: the notes in it, and its words with the notes blotted out."""

    node: Node
    compact: CompactText
    prose: str
    notes: list[tuple[Found, Note]]


def find_responsibilities(
    outline: Outline, region: Region | None, agencies: AgencyBook, kind: str
) -> list[ResponsibilityRecord]:
    """The responsibilities of a policy of `kind` and `region` (null: the centre's), in the order of the text.

    `quote` is the part of a note that stands on its first line; `agencies` are all of them.
    """
    reader = NameReader(agencies, region)
    passages = [_passage(node, _compact(text), reader, kind) for node in outline.walk() for text in node.texts()]
    standing = _rule_at_end(passages)
    records: list[ResponsibilityRecord] = []
    for passage in passages:
        rows: list[tuple[Found, list[Duty]]] = []
        for found, note in passage.notes:
            if note.rule and note.rule.hereafter:
                standing = note.rule
            apply_rule(note, standing)
            rows.append((found, note.duties))
        standing = _rule_in_prose(passage) or standing
        if kind in TASK_KINDS:
            rows += _sentences(passage, reader)
        rows.sort(key=lambda row: row[0].start)
        records += [_record(passage, found, duties) for found, duties in rows]
    return records


def _compact(text: JoinedText) -> CompactText:
    """As the other extractors read it, but for texts with marks on who leads."""
    return CompactText(text, DROPPED) if "*" in text.text else compacted(text)


def _passage(node: Node, compact: CompactText, reader: NameReader, kind: str) -> Passage:
    text = compact.text.translate(MARKS)
    notes = sorted(_notes(text, reader, kind), key=lambda note: note[0].start)
    parts, done = [], 0
    for found, _ in notes:
        parts += [text[done : found.start], "。" * (found.end - found.start)]
        done = found.end
    return Passage(node, compact, "".join([*parts, text[done:]]), notes)


def _notes(text: str, reader: NameReader, kind: str) -> Iterator[tuple[Found, Note]]:
    """The notes of a text, those in brackets first; none lies in another."""
    taken: list[tuple[int, int]] = []
    done = 0
    for start, end in _brackets(text):
        found = _bracket_note(text, start, end) if start >= done else None
        if found is None or (found.rule == "names" and kind not in TASK_KINDS):
            continue
        note = read_note(found.words, reader)
        if _is_note(found, note, reader):
            done = found.end
            taken.append((found.start, found.end))
            yield found, note
    for found in _label_lines(text, taken):
        note = read_note(found.words, reader)
        if _is_note(found, note, reader):
            yield found, note


def _brackets(text: str) -> list[tuple[int, int]]:
    """Spans of brackets by their start, nested ones too; one that never closes ends with its paragraph."""
    spans, open_at = [], []
    for bracket in BRACKET.finditer(text):
        if bracket[0] == "（":
            open_at.append(bracket.start())
        elif open_at:
            spans.append((open_at.pop(), bracket.end()))
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
        return (note.verbs > 0 or note.rule is not None) and 0 < len(public) >= note.strange
    known = sum(name.resolution.known for name in public)
    if note.strange or note.verbs or not all(reader.is_body(name.text) for name in names):
        return False
    return bool(public) and public[0] is names[0] and known >= KNOWN_SHARE * len(public)


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
    found = find_rule(passage.prose)
    if found is None or not RULE_ENDS.search(passage.prose, found[1], found[2]):
        return None
    return found[0]


def _sentences(passage: Passage, reader: NameReader) -> Iterator[tuple[Found, list[Duty]]]:
    """What sentences say of who leads; a leader alone counts where the plan says how it is carried out."""
    organises = _is_on_organisation(passage.node)
    for start, end, rule, duties in find_sentences(passage.prose, reader):
        if organises or any(duty.role != LEAD for duty in duties):
            yield Found(start, end, "", rule), duties


def _is_on_organisation(node: Node | None) -> bool:
    """Whether a provision stands under a heading such as 保障措施 or 组织实施."""
    while node is not None:
        if node.heading and ORGANISATION.search(node.heading.text):
            return True
        node = node.parent
    return False


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
