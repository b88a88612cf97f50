"""Numbers that promise nothing, however much their clause looks like a target.

names       四大平台, “一核三带”, 《三年行动计划》, 第三代, 前5名, 一个, 三个重点, 5G
the past    已建成300个, 近年来…, a section on 发展现状
conditions  营收超过1亿元的企业, 注册资本不低于5000万元, 增速达到20%的，
grants      给予最高100万元奖励, 按投资额的20%补助
"""

import re
from dataclasses import dataclass

from ingest.parsing.phrases import Phrase
from ingest.parsing.words import alternatives

BEFORE, BEHIND = 150, 120  # characters of a sentence that are looked at before and behind a number

SHORT_QUOTE, TITLE = 16, 60  # the longest “…” that is a name, and the longest 《…》
RANK_END = re.compile(r"(?:第|前|居|位列|排名|(?<!安)排|(?<!系)列)$")
RANK_BEHIND = re.compile(r"强|级|线城|流|档|名以内|位以内|梯队|[甲乙]")
VAGUE_UNITS = frozenset("类种次人位件部份路")  # 四类信息, 三次产业 count no deliverables
NO_DELIVERABLE = re.compile(
    rf"(?:{alternatives('no_deliverables')})"
    r"|(?:重点|关键|体|新|工作|城市|国家|省份?|[地省]?市州?|州|县区?|区县?|乡镇?|镇|村|街道|部门|单位|地区|任务|专项)(?:[，。、和]|$)"
)
NO_DELIVERABLE_END = re.compile(rf"(?:{alternatives('no_deliverable_ends')})$")
PARTS_OF_TEXT = re.compile(r"方面|部分|环节|阶段|层面|维度|步骤|原则|类别")
PLACES = re.compile(r"(?:省|市|州|县|区|镇|乡|村|国家|地区|城市|部门|单位)(?:（[^）]{1,8}）|[，。、和协]|$)")
GENERATIONS = 8  # 2G to 7G
INDEX_END = re.compile(rf"(?:{alternatives('index_ends')}|）)(?:（[^）]{{0,30}}）)?$", re.IGNORECASE)
BASE_END = re.compile(r"(?:[从由较]|(?<!占)比|原来的?|之前的)$")

PAST = re.compile(rf"(?<![早而不])已(?!建的)|近\w年|{alternatives('past')}")
DONE = re.compile(r"[成立布施展出现到过持行设定造育进入增加长降高]了|同比")

OBLIGED_END = re.compile(r"(?:应当|(?<![响适供反对相效])应|必须|不得|须|要求|需|一般|不?宜|原则上)(?:控制|保持|达到)?$")
CONDITION = re.compile(alternatives("condition"))
QUOTA = re.compile(r"推荐|申报|报送|提名")  # 每省推荐不超过5个
CONDITION_BEHIND = re.compile(
    r"的[，；。]|的(?:企业|项目|单位|机构|个人|园区|平台|可|按|给|予|由|应|优先)|时[，。]"
    r"|[^，。；]{0,20}的，(?:给|按|可|予|由|最高|一次|优先|分别)"
)

GRANT = re.compile(rf"{alternatives('subsidy')}|(?:最高|按)[^，。]{{0,12}}(?:补|奖|支持)")
GRANTED_UNITS = frozenset({"money", "share", "ratio", "none"})
BENEFICIARY = re.compile(alternatives("beneficiary"))
CLAUSE_REST = re.compile(r"[^，。；：\n]{0,40}")
PROGRAMME_VERB = re.compile(
    rf"(?:{alternatives('programme_verbs')})(?:不少于|不低于|总规模|规模|总额|每年|超过|约|近|不超过)*$"
)
PROGRAMME_BEHIND = re.compile(rf"[^，。；、]{{0,25}}(?:{alternatives('programme')})")
PROGRAMME_END = re.compile(rf"(?:{alternatives('programme')})[^，。；、]{{0,8}}$")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a phrase stands, as far as it tells whether its number is promised.

    `dated`: whether a deadline governs the phrase: sentence, near (earlier in its paragraph, or of the
    goal that encloses it) or nothing.  `past`: its section or sentence tells what has been.  `sentence`:
    the sentence's first character.  `follows`: the phrase before it in the same list is a target.
    `strict`: only a deadline of its own sentence makes it one (laws, preambles, lists of conditions).
    """

    dated: str
    past: bool
    sentence: int
    follows: bool
    strict: bool


def is_refused(phrase: Phrase, setting: Setting) -> bool:
    """Whether `phrase` is no target for any of the reasons above."""
    return (
        _measures_nothing(phrase)
        or _is_name(phrase)
        or _is_past(phrase, setting)
        or _is_condition(phrase, setting)
        or _is_grant(phrase, setting)
    )


def of_programme(phrase: Phrase) -> bool:
    """设立总规模100亿元的基金, 发放5000万元算力券: money that a programme moves, not one beneficiary's."""
    if phrase.quantity.unit.group != "money":
        return False
    return bool(PROGRAMME_VERB.search(phrase.head) and PROGRAMME_BEHIND.match(phrase.text, phrase.end))


def _measures_nothing(phrase: Phrase) -> bool:
    """5G, 3.8米直径, an index without its name, a year; and the 30% of 由30%提高到60%."""
    quantity, head = phrase.quantity, phrase.head
    unit = quantity.unit
    if BASE_END.search(head):
        return True
    if unit.group == "bare":
        if phrase.text[quantity.end : quantity.end + 1] in ("/", "+"):
            return True
        generation = unit.text in ("G", "M", "T", "E") and quantity.value < GENERATIONS
        return not phrase.comparator and (generation or unit.text in ("G", "M"))
    if unit.group == "spec":
        return phrase.has_tail or not phrase.comparator
    if unit.group == "none":
        named = phrase.comparator and not phrase.has_tail and (unit.text or INDEX_END.search(head))
        return not named or (not unit.text and 1900 <= quantity.value <= 2100)
    return False


def _is_name(phrase: Phrase) -> bool:
    quantity, text = phrase.quantity, phrase.text
    if RANK_BEHIND.match(text, quantity.end) or (RANK_END.search(phrase.head) and not phrase.comparator):
        return True
    if _quoted(text, quantity.start):
        return True
    if quantity.numeral == "han":
        if quantity.value == 1 and phrase.op != ">=":
            return True
        if quantity.unit.text in VAGUE_UNITS and not (phrase.comparator or phrase.bound):
            return True
    if quantity.numeral != "arabic":
        return bool(NO_DELIVERABLE.match(phrase.tail) or NO_DELIVERABLE_END.search(phrase.tail))
    if PARTS_OF_TEXT.match(phrase.tail):
        return True
    return not phrase.makes and bool(NO_DELIVERABLE.fullmatch(phrase.tail) or PLACES.match(phrase.tail))


def _quoted(text: str, at: int) -> bool:
    """Whether a short quotation or a title holds the character at `at`."""
    for opener, closer, longest in (("“", "”", SHORT_QUOTE), ("《", "》", TITLE)):
        low = max(at - longest, 0)
        opening = text.rfind(opener, low, at)
        if opening > text.rfind(closer, low, at) and text.find(closer, at, opening + longest + 1) > 0:
            return True
    return False


def _is_past(phrase: Phrase, setting: Setting) -> bool:
    if PAST.search(phrase.head):
        return True
    if setting.dated == "sentence":
        return False
    return setting.past or bool(DONE.search(phrase.head) or PAST.search(_sentence_before(phrase, setting)))


def _is_condition(phrase: Phrase, setting: Setting) -> bool:
    unit = phrase.quantity.unit
    if CONDITION_BEHIND.match(phrase.text, phrase.end) and not (phrase.makes and unit.group == "count"):
        return True
    if phrase.has_tail and phrase.comparator and not (_counts_things(phrase) or of_programme(phrase)):
        return True
    if phrase.op == "<=" and QUOTA.search(phrase.head):
        return True
    if setting.dated:
        return False
    return bool(OBLIGED_END.search(phrase.head) or CONDITION.search(_sentence(phrase, setting)))


def _counts_things(phrase: Phrase) -> bool:
    """建设超过100个平台 counts platforms; 营收超过100亿元企业 describes firms."""
    countable = phrase.quantity.unit.group in ("count", "share")
    return countable and (phrase.makes or not phrase.head or phrase.place > 0)


def _is_grant(phrase: Phrase, setting: Setting) -> bool:
    group, head = phrase.quantity.unit.group, phrase.head
    if group not in GRANTED_UNITS:  # 对前10家企业给予奖励: the clause tells
        rest = CLAUSE_REST.match(phrase.text, phrase.end)
        return not phrase.makes and bool(GRANT.search(head + (rest[0] if rest else "")))
    if group == "money" and BENEFICIARY.search(_sentence_before(phrase, setting) + head):
        return True
    if not GRANT.search(_sentence(phrase, setting)):
        return False
    return not (group == "money" and (of_programme(phrase) or PROGRAMME_END.search(head)))


def _sentence_before(phrase: Phrase, setting: Setting) -> str:
    return phrase.text[max(setting.sentence, phrase.start - BEFORE) : phrase.start]


def _sentence(phrase: Phrase, setting: Setting) -> str:
    """The sentence around the phrase, as far as it is looked at."""
    behind = phrase.text[phrase.start : phrase.stop + BEHIND]
    stop = behind.find("。", phrase.stop - phrase.start)
    return _sentence_before(phrase, setting) + (behind if stop < 0 else behind[:stop])
