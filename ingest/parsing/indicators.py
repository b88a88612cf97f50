"""What a quantity counts: the indicator of a phrase, without plain verbs and region words.

全省冷链物流业总收入 突破90亿元        冷链物流业总收入
围绕乡村客流设立便民驿站 70个          便民驿站
累计设立 12个以上 村级阅览角           累计设立村级阅览角
报修等候时间（市区 2小时）             报修等候时间（市区）
"""

import re
from dataclasses import dataclass, replace

from ingest.parsing.naming import EACH, JOINT, KEPT_HEAD, clean
from ingest.parsing.phrases import DEED, VERB, Phrase, left_boundary
from ingest.parsing.words import alternatives

MAKING = re.compile(
    rf"(?:累计|每(?:年|季度|半年|月)|年均|新)?(?:{VERB})(?:{JOINT}(?:{VERB}))*(?:了|出|再|共|各|年|全省|全市|首批)*$"
)  # the verb before a number whose noun follows: 鼓励有条件的县建设│1个│园区
VOLUME_END = re.compile(r"(?:总规模|规模|总额度?|总量)为?$")  # 设立总规模│100亿元的│基金
PER_HEAD = re.compile(
    r"(?:每[十百千万亿]*(?:常住|户籍)?人口(?:拥有|配备)?|[^，。；、\d]{2,12}平均(?:拥有|配备|支持|连接))"
)
TELLING = re.compile(rf"{alternatives('telling_verbs')}")
PRONOMINAL = re.compile(
    r"(?:其中|总)?(?:总投资|总数|总量|数量|总规模|规模|占比|比重|比例|覆盖率|总额|总面积|总里程|达标率|合格率|普及率)?"
    r"|(?:首|[一二三四])期(?:总?(?:规模|投资|面积|产能|募集|投入|到位))?"
    r"|(?:[比较](?:20\d\d年[底末]?|上年|去年))?(?:年均|每年|年|均|实际|同比)?(?:复合)?(?:增长率?|增速|增幅|递增|增加|减少|上升|提高|提升|下降|降低)(?:率|速度)?(?:均|保持)?|占.*"
)
OFTEN = re.compile(
    r"每(?:年|季度|半年|月|周|天|日|个?(?:县|市|区|乡?镇|乡|村|街道)(?:（[^）]{1,8}）)?)|累计|新增|新建|净增"
)  # of what the clause before names
YEARLY_NEW = re.compile(r"^(?:每年|累计)?新(?:增|建成?|改?扩?建|开通|设|投放|培育|认定|注册|登记)")
LIST_BEGINS = re.compile(rf"(?:每年|累计)?(?:新增|新建|改建|扩建|新开通)|(?:累计|每年)(?:{VERB})")
MADE_AGAIN = re.compile(rf"(?:累计|每年|共)?(?:新增|新建|改建|扩建|(?:{VERB}){{1,2}})")  # 累计建成│1.5万个
THINGS_THERE = re.compile(r"(?:现有|已有|已建成?|建有|拥有)(?P<things>[^\d，。；、]{2,24})[\d.]+")
GROWTH = re.compile(r"(?:年均|累计|每年|同比)?(?:增长|提高|提升|下降|降低|增加|减少|增速|增幅)(?:率|幅度)?$")
INCLUDED = re.compile(r"(?:其中|包括|包含|含有?|内含|即)[：:，]?")
OF_WHICH = re.compile(r"其中")
VOLUME = re.compile(r"总?(?:规模|体量|容量|面积)")
RANKED = re.compile(r"(?:国家|自治区|省|市|县|区)级")
RANKED_NEXT = re.compile(
    rf"[、和与][^，。；、\d]{{0,10}}\d+[^\d，。；、]{{1,6}}?{RANKED.pattern}(?P<noun>[^，。；、和与\d]{{2,20}})"
)
LEVEL = re.compile(r"\S{1,6}[级类型]")
RESPECTIVELY = re.compile(
    rf"(?P<behind>(?:[比较][^，、]{{2,10}})?分别(?:力争)?(?:[比较][^，、]{{2,10}})?(?:{alternatives('growth')})?)(?:{VERB})?$"
)
PLACE_AHEAD = re.compile(r"[^，。；、的（]{1,8}?(?:地区|区域|片区|[东中西]部|集群内|园区内)(?=[^（]{2})")
LEAST = re.compile(r"[^，。；、]{0,12}?[\d百千万亿]+元以上")
SHARE_OF = re.compile(r"占(?!比|地|用).{2,20}$")
VOLUME_OF = re.compile(r"总(?:投资|面积|规模)|规模|首期.*")
PHASE = re.compile(r"(?:首|[一二三四])期")
PIECE = re.compile(r"每[个支家座名处所户项条件]")
RATE = re.compile(r"率|占比|比重|比例")
SUMMED = re.compile(r"(?:上述|以上|这|该)?[二两三四五]项(?:指标|比例|占比|比率)")
NEXT_VALUE = re.compile(r"(?:[、和与及]|以及)[^，。；、\d]{0,6}\d")
COUNTED_END = re.compile(r"\d\D{0,2}$")  # 首批遴选30个，│第二批遴选50个: no subject
MEASURED_END = re.compile(rf"(?:{alternatives('index_ends')})$")
RATE_END = re.compile(r"(?:率|占比|比重|比例|强度|规模|总量|总额)$")
MEMBER_JOINTS = re.compile(r"[、和与]|以及")
SHORTEST_NAME = 4  # a shorter one (国家级) only qualifies what stands before the bracket
PREDICATE = re.compile(
    r"(?:翻|逐年|连年|稳步|持续|明显|显著|大幅|不断|进一步|全面|更加|快速|逐步|较快|稳定|基本|加快|力争|有效|得到|取得|实现|迈上|保持|继续|达到|超过|突破|以每年|(?:为|达到?)[约近]?\d)"
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """Its words, and where in the text they begin (for the quote).

    `subject`: what a bare 占比 or 年均增长 took over from the clause before, or nothing.
    `members`: the names that 分别 deals the next values of a list to; `dealt`: all of them.
    `counted`: the unit without 万 or 亿.
    """

    text: str
    start: int
    subject: str = ""
    members: tuple[str, ...] = ()
    dealt: tuple[str, ...] = ()
    counted: str = ""


def indicator_of(phrase: Phrase, previous: Indicator | None) -> Indicator:
    """What `phrase` counts; `previous` is the indicator of the phrase before it in its sentence."""
    return replace(_read(phrase, previous), counted=counted(phrase))


def counted(phrase: Phrase) -> str:
    """The unit without 万 or 亿; empty for an index."""
    return phrase.quantity.unit.text.lstrip("万亿")


def _read(phrase: Phrase, previous: Indicator | None) -> Indicator:
    head, start = _trimmed_head(phrase)
    tail = phrase.tail.rstrip("等的").removeprefix("规模的")  # 10亿元规模的│基金
    if phrase.opening >= 0:
        return _in_bracket(phrase, head + tail, start, previous)
    if tail:
        return Indicator(_with_tail(phrase, head, tail, previous), start)
    return _dealt_out(phrase, head, start, previous) or _told_before(phrase, head, start, previous)


def _with_tail(phrase: Phrase, head: str, tail: str, previous: Indicator | None) -> str:
    if head == "在":  # 在│20个│县布局网点
        return tail
    if VOLUME.fullmatch(head):  # 建设容量达│300万条的│语料库
        return tail + head
    following = RANKED_NEXT.match(phrase.text, phrase.tail_end) if RANKED.fullmatch(tail) else None
    if following:  # 10个国家级│、50个省级产业园
        tail += following["noun"]
    return (_shared_head(phrase, previous) or head) + tail


def _dealt_out(phrase: Phrase, head: str, start: int, previous: Indicator | None) -> Indicator | None:
    """Its own name for each of the values that 分别 deals out, where the names are told apart."""
    if previous is not None and previous.members and phrase.joined and not head:
        return replace(previous, text=previous.members[0], start=start, members=previous.members[1:])
    if "分别" not in phrase.head:
        return None
    if previous is not None and previous.dealt and SUMMED.fullmatch(head):  # 第二步，两项指标分别达到│68%、85%
        return replace(previous, text=previous.dealt[0], start=start, members=previous.dealt[1:])
    behind = RESPECTIVELY.search(phrase.head) if NEXT_VALUE.match(phrase.text, phrase.end) else None
    change = behind["behind"].replace("分别", "") if behind else ""
    members = tuple(member + change for member in MEMBER_JOINTS.split(head.removesuffix(change)))
    ranked = RANKED.match(members[-1])
    if ranked and all(RANKED.fullmatch(member) for member in members[:-1]):  # 分别培育省级、市级驿站│5家、8家
        members = tuple(member + members[-1][ranked.end() :] for member in members[:-1]) + members[-1:]
    elif not behind:
        return None
    whole = all(len(member) >= SHORTEST_NAME or MEASURED_END.search(member) for member in members)
    return Indicator(members[0], start, members=members[1:], dealt=members) if len(members) > 1 and whole else None


def _told_before(phrase: Phrase, head: str, start: int, previous: Indicator | None) -> Indicator:
    """The head, with what it takes over from the clause or the member before it."""
    if previous is not None and phrase.joined and not head and not phrase.comparator:
        return Indicator(previous.text, start, previous.subject)
    if OFTEN.fullmatch(head):
        subject = _clause_before(phrase) or (previous.text if previous else "")
        if head == "累计" and not phrase.joined:  # 新建驿站20个，累计达到│90个
            subject = YEARLY_NEW.sub("", subject)
        return Indicator(head + subject.removeprefix(head) if subject else "", start)
    part = _of_its_own(phrase, head, start, previous)
    if part is not None:
        return part
    if PRONOMINAL.fullmatch(head):
        subject = _subject_before(phrase, previous)
        if subject:
            return Indicator(_completed(subject, head), start, subject)
    per_head = PER_HEAD.match(previous.text) if previous is not None and (phrase.joined or _is_mean(phrase)) else None
    if per_head and head and not head.startswith("每"):  # 每千人口拥有医师2人、护士3人，床位数│7.4张
        return Indicator(per_head[0] + head, start)
    if previous is not None and LEVEL.fullmatch(head):
        whole = _whole(phrase, previous)
        if whole:
            return Indicator(f"{whole}（{head}）", start, whole)
    alike = previous is not None and (phrase.joined or previous.counted == counted(phrase))
    if previous is not None and alike and RANKED.fullmatch(head):  # 国家级园区5家、省级│20家
        ranked = RANKED.match(previous.text)
        return Indicator(head + previous.text[ranked.end() :] if ranked else head, start)
    return Indicator(_list_begun(phrase, previous) + head, start)


def _of_its_own(phrase: Phrase, head: str, start: int, previous: Indicator | None) -> Indicator | None:
    """For a head that only says of which part, piece or place of what stood before it tells; else None."""
    if DEED.fullmatch(head) and phrase.quantity.unit.group == "count":
        return Indicator(head + (_thing_before(phrase) or (previous.text if previous else "")), start)
    least = LEAST.match(previous.text) if previous is not None and LEAST.fullmatch(head) else None
    if least and previous is not None:  # 产值5000万元以上茶企9家、亿元以上│3家
        return Indicator(head + previous.text[least.end() :], start)
    if PIECE.fullmatch(head) and previous is not None:  # 组建5支服务队，每支│10人以上
        return Indicator(head + previous.text, start, previous.text)
    qualified = _qualified(phrase, previous) if phrase.comparator and phrase.is_holder else ""
    if qualified:
        return Indicator(f"{qualified}（{head}）", start, qualified)
    if MADE_AGAIN.fullmatch(head) and previous is not None and previous.counted == counted(phrase):
        if previous.text.endswith(head):  # 项目总投资9亿元，完成投资│2亿元
            return Indicator(previous.text.removesuffix("总" + head).removesuffix(head) + head, start)
        return Indicator(head + LIST_BEGINS.sub("", previous.text, count=1), start)
    return None


def _qualified(phrase: Phrase, previous: Indicator | None) -> str:
    """What the place alone is said of: 时延：至省城│不高于6毫秒，至沿海│不高于9毫秒; or nothing."""
    if phrase.label:
        return clean(phrase.label)[0]
    if previous is None or previous.counted != counted(phrase):
        return ""
    if phrase.quantity.unit.group == "share" and not RATE.search(previous.text):
        return ""
    if RANKED.fullmatch(phrase.head) and RANKED.match(previous.text):
        return ""
    whole = previous.subject
    if whole and previous.text.startswith(f"{whole}（"):
        return whole
    elsewhere = PLACE_AHEAD.match(previous.text)  # 沿海地区│冷库占比
    return previous.text[elsewhere.end() :] if elsewhere else previous.text


def _thing_before(phrase: Phrase) -> str:
    """驿站 of 对考核优秀的驿站，│每年奖补不超过5个."""
    clause = _clause_before(phrase).partition("给予")[0]
    at = max(clause.rfind("的"), clause.rfind("对")) + 1
    return "" if at == 0 and re.search(VERB, clause) else clause[at:]


def _list_begun(phrase: Phrase, previous: Indicator | None) -> str:
    """新增 of 新增茶企5家、茶园│8个, for a member that has no verb of its own."""
    if previous is None or not phrase.joined or phrase.comparator or re.search(VERB, phrase.head):
        return ""
    begun = LIST_BEGINS.match(previous.text)
    return begun[0] if begun and phrase.quantity.unit.group == "count" else ""


def _is_mean(phrase: Phrase) -> bool:
    """Whether its things cannot be counted whole: 3.6人."""
    quantity = phrase.quantity
    whole = not isinstance(quantity.value, float) or quantity.unit.text != counted(phrase)  # 1.2万个
    return quantity.unit.group == "count" and not whole


def _completed(subject: str, head: str) -> str:
    """新增公路里程 and 总里程 are 公路总里程; 产值 and 占比 are 产值占比."""
    if subject.endswith(head):
        return subject
    if head.startswith("占"):  # 增加值占全县比重达到9%，占农业比重达到│40%
        subject = SHARE_OF.sub("", subject)
    if PHASE.match(head):  # 基金总规模20亿元，首期│5亿元
        subject = VOLUME_END.sub("", subject)
    if head.startswith("总"):
        subject = YEARLY_NEW.sub("", subject).removesuffix(head[1:])
    return subject + head


def _trimmed_head(phrase: Phrase) -> tuple[str, int]:
    """The head's own part of the indicator, and where it begins in the text."""
    head, cut = clean(
        VOLUME_END.sub("", phrase.head) if phrase.has_tail else phrase.head,
        subject=bool(phrase.comparator) and not phrase.has_tail,
    )
    making = MAKING.search(head) if phrase.has_tail else None
    if making:
        each = EACH.fullmatch(head, 0, making.start())
        if each:
            return each["each"], phrase.start + cut + each.start("each")
        told = KEPT_HEAD.match(making[0]) or TELLING.match(making[0])
        verb_at = making.start() if told else len(head)
        head, cut = head[verb_at:], cut + verb_at
    if head.count("（") < head.count("）"):  # its bracket was cut through
        head = head.lstrip("）”》")
    return head, phrase.start + cut


def _shared_head(phrase: Phrase, previous: Indicator | None) -> str:
    """年产50发火箭、600颗卫星: the satellites are a yearly output too."""
    if previous is None or not phrase.joined or phrase.head:
        return ""
    found = KEPT_HEAD.match(previous.text)
    return found[0] if found else ""


def _in_bracket(phrase: Phrase, inner: str, start: int, previous: Indicator | None) -> Indicator:
    """（含5G场景100个） names its own; （至长三角 15ms） qualifies what stands before the bracket."""
    opening = phrase.opening
    if INCLUDED.match(phrase.text, opening + 1) and len(INCLUDED.sub("", inner, count=1)) >= SHORTEST_NAME:
        return Indicator(INCLUDED.sub("", inner, count=1), start)
    outer_start = left_boundary(phrase.text, opening, 0)
    outer, cut = clean(phrase.text[outer_start:opening])
    if not outer or re.search(r"\d", outer):
        outer = previous.text.split("（")[0] if previous else ""
    outer = outer.removesuffix("累计")
    name = f"{outer}（{inner}）" if inner and outer else outer or inner
    return Indicator(name, outer_start + cut if phrase.start <= opening + 1 else start)


def _whole(phrase: Phrase, previous: Indicator) -> str:
    """What 其中国家级2家、省级5家 are parts of, or nothing."""
    if OF_WHICH.match(phrase.head) or phrase.text[phrase.start - 3 : phrase.start - 1] == "其中":
        return previous.text
    return previous.subject if phrase.joined and previous.text.startswith(f"{previous.subject}（") else ""


def _clause_before(phrase: Phrase) -> str:
    """What the clause right before names (开展安全演练，│每年不少于2次), where it has no number of its own."""
    at = phrase.start - 1
    if at <= 0 or phrase.text[at] not in "，、；":
        return ""
    clause = phrase.text[left_boundary(phrase.text, at, 0) : at]
    there = THINGS_THERE.search(clause)
    if there:  # 现有驿站5个，│再新建
        return there["things"]
    return "" if re.search(r"\d", clause) else clean(clause, subject=False)[0]


def _subject_before(phrase: Phrase, previous: Indicator | None) -> str:
    """The subject that a bare 占比 or nothing at all refers to: that of the clause before."""
    at = phrase.start - 1
    adjoins = at > 0 and phrase.text[at] in "，、："
    left = left_boundary(phrase.text, at, 0)
    clause = clean(phrase.text[left:at])[0] if adjoins else ""
    if previous is not None and clause and _made_anew(phrase, left, at):
        return clean(clause, subject=False)[0]
    found = PREDICATE.search(clause)
    subject = clause[: found.start()] if found else clause
    if previous is not None:
        own = found and not re.search(r"\d", clause) and RATE_END.search(subject)  # 绿肥占比逐年提高，│
        return subject if own else GROWTH.sub("", previous.subject or previous.text)
    if found is None and COUNTED_END.search(subject):
        return ""
    return subject if len(subject) > 1 else ""


def _made_anew(phrase: Phrase, left: int, at: int) -> bool:
    """Whether the clause before names a thing of its own: …；布局驿站，数量增加到│20个, …，建设茶仓，总面积│9亩."""
    clause = phrase.text[left:at]
    if re.search(r"\d", clause):
        return False
    volume = VOLUME_OF.fullmatch(phrase.head) and re.match(VERB, clause)
    return phrase.text[left - 1 : left] == "；" or volume is not None
