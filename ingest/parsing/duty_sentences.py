"""Sentences that say who does what: 由A牵头，B、C配合…, A会同B、C…, and A、B按职责分工抓好落实."""

import re
from collections.abc import Iterator

from ingest.parsing.agency_lists import BODY_NOUN, LONGEST_NAME, Name, NameReader
from ingest.parsing.duty_notes import LEAD, RESPONSIBLE, SUPPORT, VERB, Duty, label_role, without_adverbs

SENTENCE = re.compile(r"[^。；！？\n]+")
LONGEST_SENTENCE = 600
LEADS = re.compile(r"牵头(?:负责|组织|抓总|推进|推动|协调|实施|统筹)*")
# 省发展改革委要充分发挥牵头作用
BEFORE_LEADS = re.compile(
    r"(?:要|应当?|须|需|将|作为|为|是|负责|充分|切实|积极|认真|进一步|更好|发挥|履行|承担|落实|好|起)+$"
)
JOINS = re.compile(r"会同|联合(?!会|体|国)")
# 由A牵头编制的报告 describes; 由A牵头的工作机制 gives a task
DESCRIBES = re.compile(r"[^，]{0,30}?的(?![^，]{0,20}(?:机制|专班|小组|体系|会议|制度|格局|组织))")
# A会同B联合设立的协会负责…: who acts is what they have set up
SET_UP = re.compile(r"(?:联合|共同)?(?:成立|设立|组建|组成|建立|制定|印发|编制|发布|出台|认定|确定|公布|提出)的")
WITH = re.compile(r"(?:，|、)?(?:并)?(?:会同|联合|协同|协调|商)")
BEFORE_JOINS = re.compile(r"(?:要|应当?|可以?|将|须|需|负责|及时|定期|积极|主动|适时|共同|牵头)+$")
# A、B等部门要按照职责分工认真抓好落实
BY_DUTY = re.compile(
    r"(?:要|应当?|须|需|将)?(?:(?:各司其职|各负其责|密切配合|协同配合|通力协作|加强协作)[，、])*(?:各自|分别|认真|切实|严格|共同)?(?:按照?|依据?|依照|根据|结合)(?:各自|其)?的?"
    r"(?:部门|工作|法定)?(?:职责|职能|职权|任务)(?:和?任务)?(?:分工|范围|权限|要求)?，?"
    r"(?:[一-龥]{0,6}?)(?:负责|落实|推进|推动|做好|抓好|组织|实施|开展|承担)"
)
BEGINS = re.compile(
    r"^(?:由|请|充分|切实|发挥|强化|建立|健全|完善|形成|成立|组建|构建|设立|其中|同时|并|[“”‘’（）：:一二三四五六七八九十是\d.、，])+"
)
OTHERS = re.compile(
    r"等(?=部门|单位|有关|相关|职能|各|市级|省级|多|\d|[一二三四五六七八九十]|协同|共同|配合|参与|，|、|$)"
)

Row = tuple[int, int, str, list[Duty]]


def find_sentences(text: str, reader: NameReader) -> Iterator[Row]:
    """Start, end, rule and duties of every such sentence; its leader must be a body that it names."""
    for sentence in SENTENCE.finditer(text):
        start, end = sentence.span()
        if end - start > LONGEST_SENTENCE:
            continue
        rows = list(_led(text, start, end, reader)) or list(_joint(text, start, end, reader))
        yield from rows
        yield from _shared(text, max((row[1] for row in rows), default=start), end, reader)


def _led(text: str, start: int, end: int, reader: NameReader) -> Iterator[Row]:
    """由A、B牵头，C、D等部门协同配合"""
    low = start
    for match in LEADS.finditer(text, start, end):
        if match.start() < low:
            continue
        leaders = _leaders(text, low, match.start(), reader)
        if not leaders:
            continue
        others, last = _supporters(text, match.end(), end, reader)
        if not others and DESCRIBES.match(text, match.end(), end):
            continue
        first = leaders[0].start
        if first > start and text[first - 1] == "由":
            first -= 1
        duties = [Duty(name, LEAD) for name in leaders] + [Duty(name, SUPPORT) for name in others]
        yield first, last, "led-by", duties
        low = last


def _leaders(text: str, start: int, end: int, reader: NameReader) -> list[Name]:
    """The bodies that stand right before `end`, behind 由 or at the beginning of their clause."""
    low = max(start, max(text.rfind(mark, start, end) for mark in "，由：") + 1)
    low += _length(BEGINS.match(text[low:end]))
    before = BEFORE_LEADS.search(text[max(low, end - 12) : end])
    names = reader.names(text, low, without_adverbs(text, low, end - _length(before)))
    if names and all(reader.is_body(name.text) for name in names) and reader.is_named_body(names[0].text):
        return names
    last = reader.named_suffix(names[-1]) if names else None
    return [last] if last else []


def _supporters(text: str, start: int, end: int, reader: NameReader) -> tuple[list[Name], int]:
    """The bodies that the clauses after 牵头 name as taking part, and where the last of them ends."""
    others: list[Name] = []
    pending: list[Name] = []
    low = last = start
    if start < end and text[start] not in "，、" and not WITH.match(text, start, end):
        low = text.find("，", start, end)  # 由A牵头建立机制，B参加: what it leads stands between
        low = end if low < 0 else low
    while low < end:
        joined = WITH.match(text, low, end)
        if joined:
            names, low = _listed(text, joined.end(), end, reader)
            others, pending, last = [*others, *pending, *names], [], low
            if not names:
                break
            continue
        if text[low] not in "，、":
            break
        stop = text.find("，", low + 1, end)
        stop = end if stop < 0 else stop
        verb = next((m for m in VERB.finditer(text, low + 1, stop) if label_role(m) == SUPPORT), None)
        names = reader.names(text, low + 1, without_adverbs(text, low + 1, verb.start()) if verb else stop)
        if not names or not all(reader.is_body(name.text) for name in names):
            break
        pending += names
        low = stop
        if verb:
            others, pending, low, last = [*others, *pending], [], verb.end(), verb.end()
    return others, last


def _joint(text: str, start: int, end: int, reader: NameReader) -> Iterator[Row]:
    """A会同B、C等部门…: A leads, whoever is named after it takes part."""
    for match in JOINS.finditer(text, start, end):
        low = max(start, text.rfind("，", start, match.start()) + 1, text.rfind("由", start, match.start()) + 1)
        low += _length(BEGINS.match(text[low : match.start()]))
        before = BEFORE_JOINS.search(text[max(low, match.start() - 12) : match.start()])
        high = match.start() - (len(before[0]) if before else 0)
        leaders = reader.names(text, low, high)
        if not leaders or not all(reader.is_named_body(name.text) for name in leaders):
            continue
        others, last = _listed(text, match.end(), end, reader)
        if others and not SET_UP.match(text, last, end):
            yield (
                leaders[0].start,
                end,
                "joint",
                [
                    *(Duty(name, LEAD) for name in leaders),
                    *(Duty(name, SUPPORT) for name in others),
                ],
            )
            return


def _shared(text: str, start: int, end: int, reader: NameReader) -> Iterator[Row]:
    """A、B等部门按职责分工抓好落实: each does its part."""
    for match in BY_DUTY.finditer(text, start, end):
        low = max(start, text.rfind("，", start, match.start()) + 1)
        low += _length(BEGINS.match(text[low : match.start()]))
        names = reader.names(text, low, match.start())
        if names and reader.is_named_body(names[0].text) and all(reader.is_body(name.text) for name in names):
            stop = text.find("，", match.end(), end)
            yield names[0].start, end if stop < 0 else stop, "shared", [Duty(name, RESPONSIBLE) for name in names]


def _listed(text: str, start: int, end: int, reader: NameReader) -> tuple[list[Name], int]:
    """The bodies that a list names before it turns into what they do, and where it turns."""
    stop = text.find("，", start, end)
    stop = end if stop < 0 else stop
    others = OTHERS.search(text, start, stop)
    high = others.start() if others else stop
    names: list[Name] = []
    for name in reader.names(text, start, high):
        if SET_UP.match(name.text):
            break
        single = name.resolution.known and not name.resolution.group
        if single or (reader.is_body(name.text) and not _runs_on(name.text)):
            names.append(name)
            continue
        part = reader.body_prefix(name)
        if part:
            names.append(part)
        if not part or part.end < name.end:
            break
    last = names[-1].end if names else start
    return names, (others.end() if others and last == high else last)


def _runs_on(name: str) -> bool:
    """各区政府加强协同 is taken for a set by its 各, but is a set and what it does."""
    return len(name) > LONGEST_NAME or BODY_NOUN.search(name) is None


def _length(match: re.Match[str] | None) -> int:
    return len(match[0]) if match else 0
