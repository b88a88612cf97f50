"""Whether a phrase promises its quantity, by which rule and how surely.

A promise reaches a value (总收入突破90亿元), grows (年均增长10%) or counts what is to be made, which
follows the number (打造8个园区) or stands before it (示范茶园12个以上).  refusals.py says what is none.
"""

import re
from dataclasses import dataclass

from ingest.parsing.phrases import VERB, Phrase
from ingest.parsing.refusals import VOLUME, Setting, chooses_places, is_refused, makes_volume, of_programme
from ingest.parsing.words import alternatives

HAS_VERB = re.compile(rf"{VERB}|新|投资|年产")
FOCUS_END = re.compile(rf"(?:{alternatives('focus')})(?:{alternatives('regions')}|现有|好|了|这|上述|以下|以上)?$")
GROWTH_END = re.compile(rf"(?:{alternatives('growth')})$")
THINGS_AT_A_PLACE = re.compile(  # 5000座水库全部实现…, 339个城市中
    r"[^，。；、]{0,30}?(?:全部|均|都)(?![等衡质分时户市])|[^，。；、]{0,15}?中(?=[，开选推])"
)
INCLUDING = re.compile(r"(?:其中)?(?:包括|包含|含|即)?")
LISTED_END = re.compile(rf"^(?:{VERB}).*(?:等|[类型级”）])$")
YEARLY_END = re.compile(r"每(?:年|季度|半年|月)(?:累计|集中|分批)?[对向]$")  # 每年对│300家│企业开展诊断
DEALT_TO = re.compile(
    r"(?:各级|各地|各[市县区州盟镇乡村街道、（）]{1,12}|每个?[市县区州镇乡村])$"
)  # 市县各级│50个│事项实现…
ATTAINED = re.compile(r"实现|完成|建成|达到|达标|创建|开展")
WORK = re.compile(r"(?:建模|改造|建设|治理|修复|整治|测绘|更新|提升|升级)$")
WORKS = re.compile(r"完成|实施|推进|开展")
MEETING_END = re.compile(rf"(?:{alternatives('meetings')})$")
SUPERVISION_END = re.compile(r"(?:询问|检查|督查|督导|通报|会商|例会|调度会?|评估|报告)$")
SERVICE_LEVEL = re.compile(alternatives("service_level"))
RATE_END = re.compile(r"(?:率|指数|占比|比重|比例|(?:达到?|占)[^，、]{1,12}的)$")
HAN_UNITS = frozenset({"成", "番", "倍"})  # as a rule printed with a number word: 增长三成, 翻一番
OUTER = 30  # characters before a bracket that may name a service level


@dataclass(frozen=True, slots=True)
class Promise:
    """`rule` names what told it, `confidence` is between 0 and 1."""

    rule: str
    confidence: float


def judge(phrase: Phrase, setting: Setting) -> Promise | None:
    """The rule by which `phrase` is a target and how surely, or None."""
    if (setting.strict and setting.dated != "sentence") or is_refused(phrase, setting):
        return None
    quantity = phrase.quantity
    if quantity.unit.text == "次" and (MEETING_END.search(phrase.head) or SUPERVISION_END.search(phrase.tail)):
        return None  # 每季度召开1次调度会, 每届至少开展一次专题询问
    if quantity.unit.group == "time":
        return _service_level(phrase, setting)
    promise = _counted_behind(phrase, setting) if phrase.has_tail else _told_before(phrase, setting)
    if promise is None:
        return None
    certainty = {"sentence": 1.0, "near": 0.95}.get(setting.dated, 0.85)
    if quantity.numeral != "arabic":
        certainty *= 0.8
    return Promise(promise.rule, round(promise.confidence * certainty, 2))


def _service_level(phrase: Phrase, setting: Setting) -> Promise | None:
    """报修等候时间最长为2小时 is a level to reach; 15日内处理完成 is procedure."""
    if setting.follows and not phrase.has_tail and (phrase.joined or (setting.alike and phrase.is_holder)):
        return Promise("service-level", 0.8)
    outer = phrase.text[max(phrase.opening - OUTER, 0) : phrase.opening] if phrase.opening >= 0 else phrase.label
    if phrase.has_tail or not SERVICE_LEVEL.search(phrase.head + outer):
        return None
    told = phrase.comparator or outer or phrase.bound or GROWTH_END.search(phrase.head)
    return Promise("service-level", 0.8) if told else None


def _counted_behind(phrase: Phrase, setting: Setting) -> Promise | None:
    """打造8个园区, 建设5个左右的聚集区, 推动80%以上的企业上云."""
    quantity, head = phrase.quantity, phrase.head
    group = quantity.unit.group
    if group == "money":
        return Promise("programme-volume", 0.8) if of_programme(phrase) else None
    promise = _surely_counted(phrase)
    if promise:
        return promise
    if quantity.numeral != "arabic" and not (phrase.comparator and not head):
        listed = setting.follows and phrase.joined and not head and group == "count"
        return Promise("count-before-list", 0.8) if listed else None
    if FOCUS_END.search(head) or (group == "count" and THINGS_AT_A_PLACE.match(phrase.text, phrase.tail_start)):
        return None
    if group == "measure" or (group not in ("count", "share", "bare") and setting.dated != "sentence"):
        return None
    if setting.follows and not head:
        return Promise("count-before-list", 0.9)
    told = not head or INCLUDING.fullmatch(head) or HAS_VERB.search(head) or phrase.comparator or phrase.bound
    if setting.dated and told:
        return Promise("count-before-dated", 0.75)
    return _told_by_its_words(phrase)


def _surely_counted(phrase: Phrase) -> Promise | None:
    """Where what stands right before the number tells, whatever its date."""
    group, head = phrase.quantity.unit.group, phrase.head
    if phrase.makes:
        return Promise("count-before", 0.95 if group == "count" else 0.8)
    if makes_volume(phrase) or chooses_places(phrase) or (group == "count" and YEARLY_END.search(head)):
        return Promise("count-before-told", 0.75)
    if group == "measure" and WORKS.match(head) and WORK.search(phrase.tail):  # 完成市区40平方公里管网改造
        return Promise("count-before-work", 0.75)
    return None


def _told_by_its_words(phrase: Phrase) -> Promise | None:
    group, head = phrase.quantity.unit.group, phrase.head
    if group == "count" and LISTED_END.match(head):  # 开行甲市至乙市、丙市等│2条专线
        return Promise("count-before-listed", 0.75)
    if group == "count" and DEALT_TO.search(head) and ATTAINED.search(phrase.tail):
        return Promise("count-before-dealt", 0.7)
    if phrase.bound == "以上" and HAS_VERB.search(head):
        return Promise("count-before-bound", 0.6)
    if group == "share" and not head and HAS_VERB.search(phrase.tail):  # 90%以上的村设立便民服务点
        return Promise("share-before", 0.6)
    return None


def _told_before(phrase: Phrase, setting: Setting) -> Promise | None:
    """总收入突破90亿元, 示范茶园12个以上, 年均增长10%, 数字场景200个."""
    quantity, head = phrase.quantity, phrase.head
    group = quantity.unit.group
    certain = phrase.comparator or phrase.bound or setting.follows or quantity.unit.text in HAN_UNITS
    if quantity.numeral == "han" and not certain:
        return None
    if quantity.numeral == "round" and not (certain or HAS_VERB.search(head)):
        return None
    if phrase.comparator:
        vague = group == "money" and not setting.dated and not HAS_VERB.search(head)
        return Promise("reach", 0.7 if vague else 0.95)
    if GROWTH_END.search(head):
        return Promise("growth", 0.9 if setting.dated else 0.7)
    if setting.follows:
        return Promise("count-list", 0.9)
    if HAS_VERB.search(head):
        return Promise("count-after", 0.9 if group == "count" else 0.8)
    if setting.dated:
        return Promise("count-after-dated", 0.8)
    if phrase.bound in ("以上", "左右") and group == "count":
        return Promise("count-after-bound", 0.6)
    if phrase.bound and group in ("money", "measure") and VOLUME.fullmatch(head):  # 设立竹业基金，总规模│60亿元以上
        return Promise("volume-after-bound", 0.6)
    if phrase.bound and group in ("share", "none") and RATE_END.search(head):  # 抽检合格率98%以上, 便利度指数85以上
        return Promise("rate-after-bound", 0.6)
    return None
