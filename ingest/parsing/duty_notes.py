"""What a note on responsibility says: 责任单位：A、B；配合单位：C, or A牵头，B、C按职责分工负责.

A note is read in three steps: its rule on who leads is taken out, it is cut at its labels, and
what stands between labels is read clause by clause up to the verb that gives the bodies a role.
All text here is compact, with every kind of bracket written （）.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.parsing.agency_lists import Name, NameReader

LEAD, SUPPORT, RESPONSIBLE = "lead", "support", "responsible"

# 责任单位：  省级牵头部门：  配合单位为
LABEL = re.compile(
    r"""
    (?: 省级 | 市级 | 州级 | 区级 | 县级 | 国家 | 主要 | 具体 | 第一 | 项目 | 任务 | 共同 | 联合 | 总 ){0,2}
    (?: (?P<responsible> 牵头[及和、与/](?:配合|责任|参与|协同) | 责任落实 | 组织实施
          | 责任 | 负责 | 实施 | 承办 | 承担 | 落实 | 执行 | 推进 | 指导 )
      | (?P<lead> 牵头(?:负责|责任|推进|（责任）|（负责）)? | 主办 | 主责 | 主要责任 )
      | (?P<support> 配合(?:责任|落实)? | 协办 | 协同(?:配合)? | 协作 | 协助 | 参与 | 参加 | 支持 | 支撑 )
    )
    (?: 单位 | 部门 | 处室 | 机构 | 主体 | 地区 ) (?: （(?:部门|单位|地区|牵头|[^（）：]{1,10})） )?
    | (?P<short_lead> 牵头 | 主办 ) (?=：)
    | (?P<short_support> 配合 | 参与 | 协办 | 协同 ) (?=：)
    | (?P<short_responsible> 责任 | 负责 ) (?=：)
    """,
    re.VERBOSE,
)
AFTER_LABEL = re.compile(r"[：；]|为(?!牵头)|是|（(?=[^）]+$)")
HAS_LABEL = re.compile(rf"(?:^|[，；。\n：（])(?:{LABEL.pattern})[：；]", re.VERBOSE)
# What is no body: who answers in person, until when.
OTHER_LABEL = re.compile(
    r"(?:责任(?:人|领导|人员)|(?:分管|牵头|包保|挂钩|主管|责任|市级|市)领导|负责人|联系人|联系电话|完成(?:时[限间]|期限)|时间节点|"
    r"(?:时限|时间|进度)(?:要求|安排)?|(?:实施|推进|建设|工作)(?:期限|时限|时间)|起止年限|建设地点|预期成果|备注)(?:：|为)"
)

# 列首位的为牵头单位，下同   第一个逗号前为牵头单位   排名首位的责任单位牵头   牵头单位列首位
LEAD_RULE = re.compile(
    r"""
    (?: 第[一1](?![项条点批]) | 首[位个家列] | [居之]首 | 最前 | 靠前 | 前列 | 前面 | (?:逗号|分号|顿号)之?前 )
    [^，。；、\n]{0,16}?
    (?: 牵头 | 主办 | 主责 ) (?:负责|责任)? (?:单位|部门)?
    | (?: 牵头 | 主办 | 主责 ) (?:单位|部门) (?:均)? [为列排居位在] [^，。；、：\n]{0,6}? (?: 第[一1]位? | 首位
    | 首个 | 最前 | 前列 )
    """,
    re.VERBOSE,
)
RULE_STARTS = re.compile(r"[，。；、（）：\n]")
HEREAFTER = re.compile(r"[，；、]?以?下(?:均|文)?同")
# 加*的为牵头单位   标注▲的单位牵头   （★为牵头单位，下同）
SIGN_RULE = re.compile(
    r"""
    (?P<sign>[*★☆▲△●◆※■#]) [“”‘’）]? (?:符?号|标[识记志])?
    (?: 的(?:单位|部门)?[为是]? | 者?[为是] ) (?:牵头|主办|主责) (?:单位|部门)?
    """,
    re.VERBOSE,
)
# 下同, a word on other notes (以下均需各市政府负责), and a rule on marks that the text has lost: 标注…的为牵头单位
ON_OTHERS = re.compile(
    r"以[上下](?:\w{0,8}[均都]|各?(?:单位|部门))[^。；\n]{0,60}?(?:负责|参与|配合|落实)(?:，?不再[^，。；）\n]{0,8})?"
    r"|不再(?:逐一|一一|逐项|逐条|单独|另行)列(?:出|举|明)"
)
DROPPED = re.compile(
    rf"{ON_OTHERS.pattern}|各[^，、。；\n]{{1,16}}参照(?:执行|实施|落实)|{HEREAFTER.pattern}|(?:标|带|加|打)[^，。；、\n]{{0,10}}(?:为|是)牵头(?:单位|部门)"
)
REMARK = re.compile(r"（，+）")  # what is left of one: it is no part of the name before it
MARKS = {"逗号": "，", "分号": "；", "顿号": "、"}

ADVERBS = re.compile(
    r"""
    (?: 共同 | 联合 | 分别 | 具体 | 统筹 | 密切 | 积极 | 一起 | 总体 | 主要 | 各自 | 协同 | 依法 | 会商 | 做好 | 抓好
      | 给予 | 予以 | 大力 | 全力 | 分工 | 认真 | 切实 | 扎实 | 全面 | 加快 | 加强 | 持续 | 同步 | 合力 | 协力 | 组织
      | 因地制宜 | (?:结合|根据|立足|按照?) (?:本地区?|各自|自身|当地|本单位|工作){0,2} 的? (?:实际|情况|要求)
      | (?:按照?|依据?|依照|根据|结合|在) [^，；、厅局委部办政]{0,14}?
        (?:职责|职能|职权|分工|责任|任务|权限|范围) (?:和?(?:任务|职责|责任))? (?:分工|范围|权限)? 内?
    )+ $
    """,
    re.VERBOSE,
)
BY_DUTY = re.compile(r"(?:职责|职能|分工|权限|范围内?)$")
LONGEST_ADVERBS = 36
VERB = re.compile(
    r"""
    (?: (?P<lead> 总?牵头 | 主办 | 主责 | (?:为|作为|是)(?:总?牵头|主办|主责)(?:单位|部门)? )
      | (?P<support> 配合 | 参与 | 参加 | 协办 | (?:为|作为|是)(?:配合|参与|协办|协同)(?:单位|部门) )
      | (?P<responsible> 负责(?!人|同志) | (?:为|作为|是)(?:责任|实施|落实)(?:单位|部门|主体) )
    )
    (?: 负责 | 抓总 | 组织 | 实施 | 落实 | 推进 | 推动 | 做好 | 指导 | 协调 | 配合 | 参与 | 单位 | 部门 )*
    | (?: (?P<weak_support> 协助 | 协同 | 协作 | 支持 | 支撑 )
        | (?P<weak_responsible> (?:推进|抓好|贯彻)?落实 | (?:组织)?实施 | 推进 | 推动 | 组织 | 承担 | 承办 | 执行
        | 指导 | 统筹 | 协调 | 督导 | 监督 )
      )
      (?: 落实 | 实施 | 推进 | 配合 )* (?=[，；。、）\n]|$)
    """,
    re.VERBOSE,
)
OWN_ROLE = re.compile(
    r"（(?:(?P<lead>牵头|主办)|(?P<support>配合|参与|协办)|(?P<responsible>负责|责任))(?:单位|部门)?）$"
)
JOINED_BY = re.compile(r"会同|联合|会商")
# 此项工作由…, 第一、二项由…; 和林格尔 and the like are places
LEADING_WORDS = re.compile(
    r"(?:(?:此|该|本|上述|以上)[^，、；。：由]{1,10}由|第[一二三四五六七八九十\d、和至—-]{1,12}[项条点批]\w{0,4}?由|由|请|其中|注：|[：、，；。\s]|并|以及|及|和(?!林格尔|平|田|龙|顺)|与)+"
)


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Who leads where a list does not say it: the bodies before the first `mark`, or (mark "") the first body.

    With a `sign` (*, ▲) the bodies that it stands beside.
    """

    mark: str = ""
    hereafter: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A body of a note and its role."""

    name: Name
    role: str


@dataclass(slots=True)
class Note:
    """A note as read, its words in `text`.  `verbs`: how many verbs gave roles; `strange`: how many of its
    items are neither bodies nor what gives them roles."""

    text: str = ""
    duties: list[Duty] = field(default_factory=list)
    rule: LeadRule | None = None
    verbs: int = 0
    strange: int = 0


def find_rule(text: str) -> tuple[LeadRule, int, int] | None:
    """A rule on who leads in text, and the span of its words with 下同."""
    signed = SIGN_RULE.search(text)
    match = signed or LEAD_RULE.search(text)
    if match is None:
        return None
    start = match.start()
    low = max(start - 16, 0)
    for mark in RULE_STARTS.finditer(text, low, start):
        low = mark.end()
    end = match.end()
    after = HEREAFTER.match(text, end)
    if after:
        end = after.end()
    words = text[start:end]
    sign = signed["sign"] if signed else ""
    before = "" if signed else next((mark for name, mark in MARKS.items() if name in words), "")
    return LeadRule(before, after is not None, sign), low, end


def read_note(text: str, reader: NameReader) -> Note:
    """The duties that a note's own words give; what a rule on who leads adds is for `apply_rule`."""
    note = Note()
    if found := find_rule(text):
        note.rule, start, end = found
        if text[start - 1 : start] == "（" and text[end : end + 1] == "）":
            start, end = start - 1, end + 1
        text = text[:start] + "，" * (end - start) + text[end:]
    note.text = REMARK.sub(_commas, DROPPED.sub(_commas, text))
    for label, start, end in _segments(note.text):
        _read_segment(note.text, start, end, label, reader, note)
    return note


def _commas(match: re.Match[str]) -> str:
    """Nothing, at the same length."""
    return "，" * len(match[0])


def apply_rule(note: Note, standing: LeadRule | None) -> None:
    """Let the note's rule on who leads, else the policy's, decide where the note's words did not."""
    rule = note.rule or standing
    roles = [duty.role for duty in note.duties]
    if rule is None or LEAD in roles or RESPONSIBLE not in roles:
        return
    if rule.sign:
        _lead_by_sign(note, rule.sign)
        return
    first = note.duties[roles.index(RESPONSIBLE)].name.start
    if rule.mark:
        at = note.text.find(rule.mark, first)
        last = at if at >= 0 else len(note.text)
    else:
        last = _end_of_first(note.duties, first)
    note.duties = [Duty(duty.name, LEAD if first <= duty.name.start <= last else SUPPORT) for duty in note.duties]


def _end_of_first(duties: Iterable[Duty], first: int) -> int:
    """Where the list's first item begins its last name: 市经信局市新经济委 is one item of two bodies."""
    last = end = first
    for name in (duty.name for duty in duties):
        if name.start in (first, end):
            last, end = name.start, name.end
    return last


def _lead_by_sign(note: Note, sign: str) -> None:
    """The bodies beside a sign lead, the others take part; a note without the sign stays as it is."""
    marked = {
        duty.name.start
        for duty in note.duties
        if sign in (note.text[duty.name.start - 1 : duty.name.start], note.text[duty.name.end : duty.name.end + 1])
    }
    if marked:
        note.duties = [Duty(duty.name, LEAD if duty.name.start in marked else SUPPORT) for duty in note.duties]


def _segments(text: str) -> Iterator[tuple[str, int, int]]:
    """The note cut at its labels: (role, or "" before the first label), start, end.  Persons and dates are left out."""
    cuts: list[tuple[int, int, str | None]] = [(m.start(), m.end(), None) for m in OTHER_LABEL.finditer(text)]
    for label in LABEL.finditer(text):
        after = AFTER_LABEL.match(text, label.end())
        if after or label.start() == 0:
            cuts.append((label.start(), after.end() if after else label.end(), label_role(label)))
    cuts.sort(key=lambda cut: cut[0])
    edges = [(0, 0, ""), *cuts, (len(text), len(text), None)]
    for (_, start, role), (end, _, _) in itertools.pairwise(edges):
        if role is not None and start < end:
            yield role, start, end


def label_role(label: re.Match[str]) -> str:
    """The role that a match of LABEL names."""
    return (label.lastgroup or RESPONSIBLE).rpartition("_")[2]


def _read_segment(text: str, start: int, end: int, label: str, reader: NameReader, note: Note) -> None:
    """Read what stands between two labels; bodies without a verb get the label's role."""
    pending: list[Name] = []
    before = len(note.duties)

    def give(role: str, names: list[Name]) -> None:
        duties = [_duty(name, role) for name in names]
        note.verbs += any(duty.name.end < name.end for duty, name in zip(duties, names, strict=True))
        note.duties += duties

    for low, high in _clauses(text, start, end):
        while low < high:
            leading = LEADING_WORDS.match(text, low, high)
            low = leading.end() if leading else low
            joint = _joint(text, low, high, reader, follows=bool(pending or note.duties))
            if joint:
                give(LEAD, [*pending, *reader.names(text, low, joint.start())])
                pending, low = [], joint.end()
            names_end, next_low, verb_role = _verb(text, low, high, reader) or (high, high, "")
            names = reader.names(text, low, names_end)
            if joint and names and not reader.is_body(names[-1].text):  # 会同A建立机制
                names[-1] = reader.body_prefix(names[-1]) or names[-1]
            bodies = [name for name in names if reader.is_body(name.text) or (label and reader.may_be_body(name.text))]
            note.strange += sum(name not in bodies and not reader.is_deadline(name.text) for name in names)
            if joint or verb_role:
                note.verbs += 1
                named_first = len(note.duties) == before and (verb_role == SUPPORT or label == LEAD)
                give((label or RESPONSIBLE) if named_first else verb_role, pending)  # 牵头单位：A，B、C配合
                give(SUPPORT if joint else verb_role, bodies)
                pending = []
            else:
                pending += bodies
            low = next_low
    give(label or RESPONSIBLE, pending)


def _duty(name: Name, role: str) -> Duty:
    """A body's duty; 省经信厅（牵头） says its role itself."""
    own = OWN_ROLE.search(name.text)
    if own is None:
        return Duty(name, role)
    cut = Name(name.start, name.start + own.start(), name.text[: own.start()], name.resolution)
    return Duty(cut, label_role(own))


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between the commas, semicolons and stops that stand outside brackets."""
    depth, low = 0, start
    for position in range(start, end):
        char = text[position]
        depth += (char == "（") - (char == "）" and depth > 0)
        if not depth and char in "，；。\n":
            yield low, position
            low = position + 1
    yield low, end


def _joint(text: str, low: int, high: int, reader: NameReader, follows: bool) -> re.Match[str] | None:
    """会同 between a body and others, or where it `follows` one: A牵头，会同B; not the 联合 of 工商业联合会."""
    if follows and (match := JOINED_BY.match(text, low, high)):
        return match
    for match in JOINED_BY.finditer(text, low, high):
        if match.start() > low and reader.ends_in_body(text, low, match.start()):
            return match
    return None


def _verb(text: str, low: int, high: int, reader: NameReader) -> tuple[int, int, str] | None:
    """Where the bodies of a clause end, where its verb ends, and the role that the verb gives."""
    for match in VERB.finditer(text, low, high):
        end = without_adverbs(text, low, match.start())
        closes = match.end() == high and match.lastgroup in (LEAD, SUPPORT, RESPONSIBLE)
        if end == low or reader.ends_in_body(text, low, end) or (closes and reader.lists_bodies(text, low, end)):
            return end, match.end(), label_role(match)
    end = without_adverbs(text, low, high)
    if end < high and BY_DUTY.search(text, end, high):
        return end, high, RESPONSIBLE
    return None


def without_adverbs(text: str, low: int, end: int) -> int:
    """The place before the adverbs (共同, 按职责分工) that end at `end`."""
    window = max(low, end - LONGEST_ADVERBS)
    match = ADVERBS.search(text[window:end])
    return window + match.start() if match else end
