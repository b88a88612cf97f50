"""Whether a phrase promises its quantity: what tells a target from the other numbers of a plan.

A promise reaches a value (规模超过1000亿元), counts what is to be made (打造8个园区, 骨干企业10家以上)
or grows (年均增长10%).  Names (三大产品), ranks (前5名), places and things that exist (全省5000座水库),
conditions (营收超过1亿元的企业), grants to one beneficiary (给予50万元奖励), procedural time limits
(15日内) and what is past (已建成) are none.
"""

import re
from dataclasses import dataclass

from ingest.parsing.phrases import Phrase
from ingest.parsing.words import alternatives

WINDOW = 150  # characters of a sentence that are looked at before a number
AHEAD = 80  # and behind it

VERB = alternatives("plain_verbs", "weak_verbs", "telling_verbs")
VERB_END = re.compile(
    rf"(?:{VERB}|{alternatives('short_verbs')})(?:了|出|好)?(?:{alternatives('regions')})?"
    r"(?:再|各|共|约|近|力争|累计|不少于|至少|超过|首批|新|总计|合计|一批|其中|包括|等|年|全国|国家级?|省级|市级)*$"
)
KEPT_END = re.compile(rf"(?:{alternatives('kept')})(?:{VERB})?$")
HAS_VERB = re.compile(rf"{VERB}|新|投资")
FOCUS_END = re.compile(rf"(?:{alternatives('focus')})(?:全省|全市|全国|现有|本市|我省|我市|好|了|这|上述|以下|以上)?$")
GROWTH_END = re.compile(
    r"(?:增长|提高|提升|下降|降低|减少|增加|压减|压缩|缩短|上升|扩大|节约|节省|增幅|增速|占|减|增|降|翻)$"
)
NO_DELIVERABLE = re.compile(
    rf"(?:{alternatives('no_deliverables')})|(?:重点|关键|体|新|工作|城市|国家|省份?|[地省]?市州?|州|县区?|区县?|乡镇?|镇|村|街道|部门|单位|地区|任务|专项)(?:[，。、和]|$)"
)
NO_DELIVERABLE_END = re.compile(
    r"(?:方面|领域|环节|阶段|层面|维度|方向|部门|地区|举措|措施|行动|工程|计划|专项|机制|制度|体系|原则|关系|任务|目标|重点|步骤|要素|战略|优势)$"
)
RANK_END = re.compile(r"(?:第|前|居|位列|排名|(?<!安)排|(?<!系)列)$")
RANK_AFTER = re.compile(r"强|级|线城|流|档|名以内|位以内|梯队|[甲乙]")
PLACE_AFTER = re.compile(r"[^，。；、]{0,30}?(?:全部|均|都)(?![等衡质分时户市])|[^，。；、]{0,15}?中(?=[，开选推])")
PAST = re.compile(
    r"(?:(?<![早而不])已(?!建的)|已经|现有|原有|既有|目前|当前|近年来|以来|近\w年|过去|曾|去年|上年|上半年|一季度|三季度|今年1)"
)
DONE = re.compile(r"(?:成|立|布|施|展|出|现|到|过|持|行|设|定|造|育|进|入|增|加|长|降|高)了|同比")
SUBSIDY = re.compile(rf"{alternatives('subsidy')}|(?:最高|按)[^，。]{{0,12}}(?:补|奖|支持)")
INCLUDING = re.compile(r"(?:其中)?(?:包括|包含|含|即)?")
LISTED_END = re.compile(rf"^(?:{VERB}).*(?:等|[类型级]|[”）])$")
BENEFICIARY = re.compile(rf"(?:{alternatives('beneficiary')})")
PROGRAMME_TAIL = re.compile(rf"[^，。；、]{{0,25}}(?:{alternatives('programme')})")
PROGRAMME_HEAD = re.compile(rf"(?:{alternatives('programme')})[^，。；、]{{0,8}}$")
PROGRAMME_VERB = re.compile(
    r"(?:安排|统筹|设立|组建|发放|投入|筹集|撬动|带动|募集|完成|实现|新增|投放|新增安排|落实|争取|发行|形成|提供|打造)(?:不少于|不低于|总规模|规模|总额|每年|超过|约|近|不超过)*$"
)
CONDITION = re.compile(rf"{alternatives('condition')}")
CONDITION_TAIL = re.compile(
    r"的[，；。]|的(?:企业|项目|单位|机构|个人|园区|平台|可|按|给|予|由|应|优先)|时[，。]|[^，。；]{0,20}的，(?:给|按|可|予|由|最高|一次)"
)
OBLIGED = re.compile(r"(?:应当|(?<![响适供反对相效])应|必须|不得|须|要求|需)(?:控制|保持|达到)?$")
SERVICE_LEVEL = re.compile(rf"{alternatives('service_level')}")
INDEX_END = re.compile(
    r"(?:PUE|WUE|CUE|GDP|值|指数|系数|比|率|强度|水平|评分|得分|分数|分值|）|倍|总量|收入|规模|面积|人数|户数|用户|数量?|量|额)(?:（[^）]{0,30}）)?$",
    re.IGNORECASE,
)
BASE_END = re.compile(r"(?:[从由较]|(?<!占)比|原来的?|之前的)$")
QUOTE_LENGTH = 16  # what is quoted and no longer is a name
TITLE_LENGTH = 60
GENERIC_G = 8  # 2G to 7G are generations


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a phrase stands.

    `dated`: sentence, near (earlier in its paragraph, or of the goal that encloses it) or nothing;
    `past`: the section or the sentence tells what has been; `sentence`: its first character;
    `follows`: the phrase before it in the same list was a promise.
    """

    kind: str
    dated: str
    past: bool
    sentence: int
    follows: bool
    introductory: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    rule: str
    confidence: float


def judge(text: str, phrase: Phrase, setting: Setting) -> Promise | None:
    """The rule by which `phrase` is a target and how surely, or None."""
    if BASE_END.search(_head(text, phrase)):
        return None
    if _no_measure(text, phrase) or _is_name(text, phrase) or _is_past(text, phrase, setting):
        return None
    if setting.kind == "law" and setting.dated != "sentence":
        return None
    if setting.introductory and setting.dated != "sentence":
        return None
    if _is_condition(text, phrase, setting) or _is_grant(text, phrase, setting):
        return None
    if phrase.quantity.unit.group == "time":
        return _service_level(text, phrase)
    promise = _counted_after(text, phrase, setting) if phrase.has_tail else _counted_before(text, phrase, setting)
    if promise is None:
        return None
    return Promise(promise.rule, round(promise.confidence * _certainty(phrase, setting), 2))


def _certainty(phrase: Phrase, setting: Setting) -> float:
    certainty = {"sentence": 1.0, "near": 0.95}.get(setting.dated, 0.85)
    if phrase.quantity.numeral != "arabic":
        certainty *= 0.8
    return certainty


def _head(text: str, phrase: Phrase) -> str:
    return text[phrase.start : phrase.head_end]


def _tail(text: str, phrase: Phrase) -> str:
    return text[phrase.tail_start : phrase.tail_end]


def _no_measure(text: str, phrase: Phrase) -> bool:
    """Units that measure nothing here: 5G, 3.8米直径, an index without its name, a year."""
    quantity, head = phrase.quantity, _head(text, phrase)
    group = quantity.unit.group
    if group == "bare":
        if text[quantity.end : quantity.end + 1] in ("/", "+") or not isinstance(quantity.value, (int, float)):
            return True
        if quantity.unit.text in ("G", "M", "T", "E") and quantity.value < GENERIC_G:
            return not phrase.comparator
        return not phrase.comparator and quantity.unit.text in ("G", "M")
    if group == "spec":
        return phrase.has_tail or not (phrase.comparator or GROWTH_END.search(head))
    if group == "none":
        if not phrase.comparator or phrase.has_tail or not INDEX_END.search(head):
            return True
        return 1900 <= quantity.value <= 2100
    return False


def _is_name(text: str, phrase: Phrase) -> bool:
    """Numbers of names: 四大平台, “一核三带”, 《三年行动计划》, 前5名, 第三代, 一个, 三个重点."""
    quantity, head = phrase.quantity, _head(text, phrase)
    if text[quantity.end - 1 : quantity.end + 1].endswith("大") or RANK_AFTER.match(text, quantity.end):
        return True
    if (RANK_END.search(head) and not phrase.comparator) or _quoted(text, quantity.start):
        return True
    if quantity.numeral == "han" and quantity.value == 1 and phrase.op != ">=":
        return True
    tail = _tail(text, phrase)
    if quantity.numeral != "arabic" and NO_DELIVERABLE.match(tail):
        return True
    if quantity.numeral != "arabic" and NO_DELIVERABLE_END.search(tail):
        return True
    return bool(NO_DELIVERABLE.fullmatch(tail)) and not (phrase.made or VERB_END.search(head))


def _quoted(text: str, at: int) -> bool:
    """Whether a short quotation or a title holds the number."""
    for opener, closer, longest in (("“", "”", QUOTE_LENGTH), ("《", "》", TITLE_LENGTH)):
        low = max(at - longest, 0)
        opening = text.rfind(opener, low, at)
        if opening > text.rfind(closer, low, at) and text.find(closer, at, opening + longest + 1) > 0:
            return True
    return False


def _is_past(text: str, phrase: Phrase, setting: Setting) -> bool:
    head = _head(text, phrase)
    if PAST.search(head) or (setting.dated != "sentence" and DONE.search(head)):
        return True
    if setting.past and setting.dated != "sentence":
        return True
    if setting.dated == "sentence":
        return False
    before = text[max(setting.sentence, phrase.start - WINDOW) : phrase.start]
    return bool(PAST.search(before))


def _is_condition(text: str, phrase: Phrase, setting: Setting) -> bool:
    """营收超过1亿元的企业, 注册资本不低于5000万元, 增速达到20%的，"""
    head = _head(text, phrase)
    made = bool(VERB_END.search(head))
    if CONDITION_TAIL.match(text, phrase.end) and not (made and phrase.quantity.unit.group == "count"):
        return True
    if phrase.has_tail and phrase.comparator and not (_counts_things(text, phrase) or _of_programme(text, phrase)):
        return True
    if setting.dated:
        return False
    if OBLIGED.search(head):
        return True
    sentence = text[max(setting.sentence, phrase.start - WINDOW) : phrase.stop + AHEAD]
    stop = sentence.find("。", phrase.start - max(setting.sentence, phrase.start - WINDOW))
    return bool(CONDITION.search(sentence if stop < 0 else sentence[:stop]))


def _counts_things(text: str, phrase: Phrase) -> bool:
    """建设超过100个平台 counts platforms; 营收超过100亿元企业 describes firms."""
    if phrase.quantity.unit.group not in ("count", "share"):
        return False
    head = _head(text, phrase)
    return phrase.made or not head or bool(VERB_END.search(head) or KEPT_END.search(head)) or phrase.place > 0


def _is_grant(text: str, phrase: Phrase, setting: Setting) -> bool:
    """What one beneficiary may get; a programme's own volume is none."""
    group = phrase.quantity.unit.group
    head = _head(text, phrase)
    low = max(setting.sentence, phrase.start - WINDOW)
    ahead = text[phrase.start : phrase.stop + AHEAD]
    stop = ahead.find("。", phrase.stop - phrase.start)
    sentence = text[low : phrase.start] + (ahead if stop < 0 else ahead[:stop])
    if not SUBSIDY.search(sentence):
        return bool(group == "money" and BENEFICIARY.search(head))
    if group in ("money", "share", "ratio", "none"):
        if BENEFICIARY.search(text[low : phrase.head_end]):
            return True
        return not (group == "money" and (_of_programme(text, phrase) or PROGRAMME_HEAD.search(head)))
    return not (VERB_END.search(head) or KEPT_END.search(head) or setting.dated)


def _of_programme(text: str, phrase: Phrase) -> bool:
    """设立总规模100亿元的基金, 发放5000万元算力券: money that a programme moves."""
    if phrase.quantity.unit.group != "money":
        return False
    return bool(PROGRAMME_VERB.search(_head(text, phrase)) and PROGRAMME_TAIL.match(text, phrase.end))


def _service_level(text: str, phrase: Phrase) -> Promise | None:
    """月均响应时限最长为30秒 is a level to reach; 15日内处理完成 is procedure."""
    head = _head(text, phrase)
    outer = text[max(phrase.opening - 30, 0) : phrase.opening] if phrase.opening >= 0 else ""
    if phrase.has_tail or not SERVICE_LEVEL.search(head + outer):
        return None
    if phrase.comparator or outer or GROWTH_END.search(head) or phrase.bound:
        return Promise("service-level", 0.8)
    return None


def _counted_after(text: str, phrase: Phrase, setting: Setting) -> Promise | None:
    """打造8个园区, 建设5个左右的聚集区, 推动80%以上的企业上云."""
    quantity, head = phrase.quantity, _head(text, phrase)
    group = quantity.unit.group
    verb = phrase.made or bool(VERB_END.search(head) or KEPT_END.search(head))
    if not verb and (FOCUS_END.search(head) or (group == "count" and PLACE_AFTER.match(text, phrase.tail_start))):
        return None
    if quantity.numeral != "arabic" and not (verb or (phrase.comparator and not head)):
        return None
    if group == "money":
        return Promise("programme-volume", 0.8) if _of_programme(text, phrase) else None
    if group in ("spec", "none", "data", "ratio") and not (verb or setting.dated == "sentence"):
        return None
    if group == "measure" and not verb:
        return None
    if verb:
        return Promise("count-before", 0.95 if group == "count" else 0.8)
    if setting.follows and not head:
        return Promise("count-before-list", 0.9)
    if setting.dated and (
        not head or INCLUDING.fullmatch(head) or HAS_VERB.search(head) or phrase.comparator or phrase.bound
    ):
        return Promise("count-before-dated", 0.75)
    if group == "count" and LISTED_END.match(head):  # 建设贵阳至广州、武汉等│2条光缆
        return Promise("count-before-listed", 0.75)
    if phrase.bound == "以上" and HAS_VERB.search(head):
        return Promise("count-before-bound", 0.6)
    return None


def _counted_before(text: str, phrase: Phrase, setting: Setting) -> Promise | None:
    """规模超过1000亿元, 骨干企业10家以上, 年均增长10%, 数字场景200个."""
    quantity, head = phrase.quantity, _head(text, phrase)
    group = quantity.unit.group
    if quantity.numeral != "arabic" and not (phrase.comparator or phrase.bound or setting.follows):
        return None
    if phrase.comparator:
        if group == "money" and not setting.dated and not HAS_VERB.search(head):
            return Promise("reach", 0.7)
        return Promise("reach", 0.95)
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
    return None
