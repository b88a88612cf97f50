"""A quantity with what stands around it: what is counted, the comparator, and what follows.

冷链物流业总收入│突破│90亿元           head, comparator, quantity
累计设立│12个│以上│村级阅览角            head, quantity, bound, tail
便民驿站│70个（含夜间驿站│25个）         a bracket opens a phrase of its own
"""

import re
from dataclasses import dataclass

from ingest.parsing.numbers import Quantity
from ingest.parsing.words import alternatives

HARD = frozenset("，。；：！？\n,;")
CLOSERS = {"）": "（", "”": "“", "》": "《", "】": "【"}
REACH = 120  # characters that a phrase may reach to either side
LONGEST_BRACKET = 60
LONGEST_LABEL = 30
LONGEST_TAIL = 60
MOST_SHARED = 6  # values of a list that one noun is looked for behind
GROWS = "提高|提升|增加|增长|扩大|扩展|拓展|上升|发展|延长|扩容|升高|增|升|扩|涨"
SHRINKS = "降低|下降|压缩|缩短|缩小|压减|减少|控制|压降|精简|减|降|压|缩"
VERB = alternatives("plain_verbs", "weak_verbs", "telling_verbs")
MAKES_END = re.compile(
    rf"(?:(?:{VERB}|(?<![下内分])(?:{alternatives('short_verbs')}))[了出好]?|(?:{alternatives('kept')})(?:{VERB})?)(?:{alternatives('regions')})?"
    r"(?:再|各|共|约|近|力争|累计|不少于|至少|超过|首批|新|总计|合计|一批|其中|包括|等|年|国家级?|省级|市级)*$"
)
MAKES_SPACE = 24
MEMBER_LEAD = (
    r"(?:(?:[到至]?20\d\d年[底末]?前?|每个?[^，。；、\d]{1,8}?|各[^，。；、\d]{1,6}?)?"
    rf"(?:{VERB}|不少于|至少|超过|累计){{0,3}})"
)
LEADS_ONLY = re.compile(MEMBER_LEAD)  # 每个县建成│2个、每个镇建成1个│驿站
COMPARATOR = re.compile(rf"""
    (?P<above>  >(?!=)|超过了?|超出|突破了?|高于|大于|多于|超|逾 )
  | (?P<least>  ≥|>=|≧|不低于|不少于|不小于|不下于|至少|最少|最低为? )
  | (?P<most>   ≤|<=|≦|不得?超过|不超出|不高于|不大于|不多于|最长[为不超过]*|最高[为不超过]*|最多|至多|控制在|限制在 )
  | (?P<below>  <(?!=)|(?<!不)(?:低于|小于|少于|短于) )
  | (?P<about>  大约|约为?|接近|将近|(?<![最邻附])近 )
  | (?P<equal>  (?:{GROWS}|{SHRINKS})(?:到|至)|达到了?|(?<![到直送])达(?!到)|(?:保持|稳定|维持)在|等于
              | (?<![成作分划认列以称视命因])为 )
    """, re.VERBOSE)  # fmt: skip
COMPARATOR_SPACE = 12
BETWEEN = re.compile(
    r"(?:力争|争取|努力|基本|均|分别|总体|全部|累计|年均|将|要|20\d\d年[底末]?的|(?:总|全部)(?:量|数|额|面积|里程|规模|投资)的?)*"
    rf"(?P<made>(?:{alternatives('plain_verbs', 'weak_verbs')}|有)?)"
)
BOUND = re.compile(
    r"(?:（[^（），。；\n]{1,12}）)?(?P<bound>及以上|以上|上下|左右|以内|之内|以下|及以下|内(?![部容外涵需在生存江蒙]))"
)
BOUND_OPS = {"及以上": ">=", "以上": ">=", "上下": "~", "左右": "~"}
NO_TAIL = re.compile(
    r"的?(?:大关|关口|水平(?=[，。；、])|[，。；：！？、\n,;）（]|$)|[和与及并或且而等](?![能平谐])|以及|同时|的目标|不等|[”》]|予以|给予(?=支持|扶持|保障|倾斜)"
)
QUALIFIER = re.compile(  # 时延：至省城│不高于…; PUE不高于1.4，园区内│不高于…
    r"(?:其中)?(?:[到至](?![此今])[^，。；、：\d]{2,12}|[^，。；、：\d]{1,10}(?:(?<![年期月日时度])内|外|地区|区域|片区|[省市县乡镇村]级)"
    r"|(?:粤|[^，。；、：\d]{0,4})[东中西南北]部|山区|郊区|平原|丘陵|沿海|城镇|城市|城区|农村|乡村|[省市县乡村区]级|国家级)"
)
DEED = re.compile(
    r"(?:每(?:年|批|季度|半年)|累计|年度)(?:奖补|奖励|补助|资助|支持|扶持|授牌|认定|评选|遴选)(?:数量|总数|个数)?"
)
HOLDER = re.compile(  # 覆盖率达到95%，自然村│达到70%
    rf"(?!.*(?:{VERB}))[^，。；、：（\d]{{0,8}}(?:[院村校企区县市镇乡户园馆站所]|企业|中心|机构|单位|居民|学生|老人|儿童|职工|教师|人群"
    r"|行业|农业|工业|服务业|制造业|断面|[支干]线|[河路]段|事项|业务|案件|街道|家庭|用户|[以之][上下])|外围|周边"
)
HELD = frozenset({"share", "time", "none"})
LABEL = re.compile(r"(?:^|[，。；！？\n])(?P<label>[^，。；：！？\n]{2,24})：$")
LIST_GOES_ON = re.compile(r"[、和与及]|以及|并|（")
FROM = re.compile(
    r"[从由](?:(?:20\d\d年[底末]?|现有|现在|目前|当前|原有|原来)的?)?(?:不足|不到|约|近)?(?:[\d.]+|百分之[一二三四五六七八九十]+|[一二三四五六七八九](?=成))[^，。；、]{0,8}$"
)
WAY_TO = re.compile(rf"{FROM.pattern.removesuffix('{0,8}$')}{{1,8}}[到至]$")
FROM_SPACE = 24
LIST_JOINTS = re.compile(r"(?:[、和与]|及(?!时)|以及|并(?![网购联])且?)*")
TAIL_STOPS = frozenset("，。；：！？\n（）,;》")
OPS = {"above": ">", "least": ">=", "most": "<=", "below": "<", "about": "~", "equal": "="}


@dataclass(slots=True)
class Phrase:
    """One quantity in its clause; all offsets are those of the compact text.

    `start`–`head_end`: the words before it (what is counted, or a verb), `end`: behind 以上 or
    左右, `tail_start`–`tail_end`: the noun that follows, empty where it stands before.
    `makes`: a verb leads to the number (打造│8个, 至少建有│1处).
    `opening`: the bracket （ that it stands in, or -1; `place`: its 0-based place in a list; `joined`:
    、 or 和 joins it to the one before; `shared`: its tail may stand behind the last of them (分别建设│3个│、5个学校).
    """

    text: str
    quantity: Quantity
    start: int
    head_end: int
    comparator: str
    op: str
    bound: str
    end: int
    tail_start: int
    tail_end: int
    opening: int
    makes: bool
    place: int
    joined: bool
    shared: bool

    @property
    def head(self) -> str:
        """The words before the number and its comparator: what is counted, or the verb."""
        return self.text[self.start : self.head_end]

    @property
    def tail(self) -> str:
        """The noun behind the number; empty where it stands before."""
        return self.text[self.tail_start : self.tail_end]

    @property
    def has_tail(self) -> bool:
        return self.tail_end > self.tail_start

    @property
    def is_holder(self) -> bool:
        """Whether the head is only a place, or whose rate or time it is."""
        held = self.quantity.unit.group in HELD and HOLDER.fullmatch(self.head)
        return bool(held or QUALIFIER.fullmatch(self.head))

    @property
    def label(self) -> str:
        """What （时延）： before a mere place names: 时延：至省城│不高于6毫秒; nothing for another head."""
        if self.text[self.start - 1 : self.start] != "：" or not self.is_holder:
            return ""
        found = LABEL.search(self.text[max(self.start - LONGEST_LABEL, 0) : self.start])
        return found["label"] if found else ""

    @property
    def stop(self) -> int:
        return self.end if self.shared else max(self.end, self.tail_end)


def phrase_of(text: str, quantity: Quantity, previous: Phrase | None) -> Phrase:
    """The phrase around `quantity`; `previous` is that of the quantity before it in the text."""
    floor = previous.stop if previous is not None else 0
    start = left_boundary(text, quantity.start, floor)
    opening = _open_bracket(text, quantity.start)
    place = previous.place + 1 if previous is not None and _same_list(text, floor, start, quantity.start) else 0
    joined = place > 0 and start <= floor
    if place:
        joint = LIST_JOINTS.match(text, start, quantity.start)
        start = joint.end() if joint else start
    head_end, comparator, group, made = _comparator(text, start, quantity.start)
    if text[head_end - 1 : head_end] == "、" and start < head_end:  # a member that begins with its number
        start = head_end
    makes = made or bool(MAKES_END.search(text, max(start, head_end - MAKES_SPACE), head_end))
    way = FROM.search(text, max(start, head_end - FROM_SPACE), head_end)
    if way and comparator:  # 利用率由30%提高到│60%
        head_end = way.start()
    elif not comparator:
        way = WAY_TO.search(text, max(start, head_end - FROM_SPACE), head_end)
        if way:  # 步道由30公里延伸到│60公里
            head_end, comparator, group = way.start(), "到", "equal"
    if (
        joined
        and start == head_end
        and not comparator
        and previous is not None
        and "分别" in previous.head + previous.comparator
    ):
        comparator, group = previous.comparator, _group(previous.comparator)
    end, bound = quantity.end, ""
    found = BOUND.match(text, end)
    if found:
        end, bound = found.end(), found["bound"]
    tail_start, tail_end = _tail(text, end)
    dealt = "分别" in text[start:head_end] + comparator
    shared = tail_end == end and (dealt or (makes and LEADS_ONLY.fullmatch(text, start, head_end) is not None))
    if shared:
        tail_start, tail_end = _tail_of_list(text, quantity, end)
    return Phrase(
        text, quantity, start, head_end, comparator,
        operator(group, bound, spanned=quantity.value_max is not None, more=quantity.more),
        bound, end, tail_start, tail_end, opening, makes, place, joined, shared,
    )  # fmt: skip


def left_boundary(text: str, at: int, floor: int) -> int:
    """Where the words before `at` begin: behind a punctuation mark, an open bracket or `floor`.

    Brackets and quotation marks that close before `at` are passed over whole.
    """
    low = max(floor, at - REACH, 0)
    place = at
    while place > low:
        char = text[place - 1]
        if char in HARD or char == "（":
            return place
        opener = CLOSERS.get(char)
        partner = text.rfind(opener, max(low, place - LONGEST_BRACKET), place - 1) if opener else -1
        place = partner if partner >= 0 else place - 1
    return place


def _open_bracket(text: str, at: int) -> int:
    """The bracket （ that is still open at `at`, or -1."""
    low = max(at - REACH, 0)
    opening = text.rfind("（", low, at)
    return opening if opening > text.rfind("）", low, at) else -1


def _same_list(text: str, floor: int, start: int, at: int) -> bool:
    """Whether the list of the phrase that ends at `floor` goes on: 、, a bracket or the very next clause."""
    if start <= floor:
        return bool(LIST_GOES_ON.match(text, floor, at))
    return start == floor + 1 and text[floor] in "，；（"


def _comparator(text: str, start: int, at: int) -> tuple[int, str, str, bool]:
    """Where the head ends, the comparator as printed and its group (empty without one), and `made`."""
    low = max(start, at - COMPARATOR_SPACE)
    for found in COMPARATOR.finditer(text, low, at):
        between = BETWEEN.fullmatch(text, found.end(), at)
        if between:
            return found.start(), found[0], found.lastgroup or "", bool(between["made"])
        further = COMPARATOR.fullmatch(text, found.end(), at)
        if further:  # 达到约30%, 控制在不超过5%
            return found.start(), text[found.start() : at], further.lastgroup or "", False
    return at, "", "", False


def _group(comparator: str) -> str:
    found = COMPARATOR.fullmatch(comparator)
    return (found.lastgroup or "") if found else ""


def operator(group: str | None, bound: str, *, spanned: bool = False, more: bool = False) -> str:
    """The op of a value: `group` is that of the comparator before it, `bound` the word behind it.

    `spanned`: it is a span of two values; `more`: 余 or 多 stands in it.
    """
    if spanned:
        return "range"
    if group in ("above", "below"):
        return OPS[group]
    if bound:
        return BOUND_OPS.get(bound, "<=")
    if group == "equal" or not group:
        return ">" if more else "="
    return OPS[group]


ASIDE = re.compile(r"（(?!含|其中|责任|牵头)[^（）\d，；。]{1,12}）|“[^”\n]{1,30}”")


def _tail(text: str, end: int) -> tuple[int, int]:
    """The noun that is counted where it follows: 30个│样板茶园, 20个以上的│智慧社区."""
    if NO_TAIL.match(text, end):
        return end, end
    start = end + 1 if text.startswith("的", end) else end
    limit = min(len(text), start + LONGEST_TAIL)
    place = start
    while place < limit:
        char = text[place]
        aside = ASIDE.match(text, place, limit) if char in "（“" else None
        if aside:
            place = aside.end()
            continue
        if char in TAIL_STOPS or (char in "、和与及" and _new_member(text, place + 1, limit, char)):
            break
        place += 1
    return start, place


def _tail_of_list(text: str, quantity: Quantity, end: int) -> tuple[int, int]:
    """The noun behind the last of several bare values that 分别 deals out: 分别建设3个、5个│学校."""
    name = quantity.unit.text.lstrip("万亿")
    if not name or quantity.unit.group != "count":
        return end, end
    others = re.compile(
        rf"(?:[、和与及]{MEMBER_LEAD}[\d.]+[万亿]*{re.escape(name)}(?:以上|左右)?){{1,{MOST_SHARED}}}"
    ).match(text, end)
    return _tail(text, others.end()) if others else (end, end)


NEXT_MEMBER = re.compile(r"[^、，。；：\n（）]{0,30}")
COUNTS = re.compile(
    r"\d|[N一二两三四五六七八九十百千万][个家项名座条处台套款种]|若干|一批|^.{0,2}(?:[打创组]造|建[设成立]|培[育养]|形成)"
)


def _new_member(text: str, start: int, limit: int, joint: str) -> bool:
    """Whether what follows 、 is counted on its own (、5家龙头企业) and not part of the noun (芯片、模组企业)."""
    if joint != "、":
        return text[start : start + 1].isdigit() or text.startswith(("一批", "若干"), start)
    member = NEXT_MEMBER.match(text, start, limit)
    return bool(member and COUNTS.search(member[0]))
