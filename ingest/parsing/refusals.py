"""Numbers that promise nothing, however much their clause looks like a target.

names       四大平台, “一核三带”, 《三年行动计划》, 第三代, 前5名, 一个, 三个重点, 5G
the past    已建成300个, 近年来…, a section on 发展现状
conditions  营收超过1亿元的企业, 注册资本不低于5000万元, 增速达到20%的，
grants      给予最高100万元奖励, 按投资额的20%补助
"""

import re
from dataclasses import dataclass

from ingest.parsing.phrases import DEED, VERB, Phrase
from ingest.parsing.words import alternatives

BEFORE, BEHIND = 150, 120  # characters of a sentence that are looked at before and behind a number

SHORT_QUOTE, TITLE = 16, 60  # the longest “…” that is a name, and the longest 《…》
RANK_END = re.compile(r"(?:第|前|居|位列|排名|(?<!安)排|(?<!系)列)$")
MADE_VOLUME = re.compile(rf"(?:{VERB})总?(?:规模|体量|容量|面积)$")
CHOOSES = re.compile(r"在|选择|选取")
EXISTING_END = re.compile(
    rf"(?:整合|盘活|统筹|用好|激活|串联)(?:{alternatives('regions')}|现有)$|(?:梳理|摸排|排查)[出了]?$"
)  # 整合全市300平方公里, 梳理│30条需求
COPIES_END = re.compile(r"(?:一式|各一?|限[报荐]|名额)$")  # 一式3份, 每市限报2个
RANK_BEHIND = re.compile(r"强|级|线城|流|档|名以内|位以内|梯队|[甲乙]")
VAGUE_UNITS = frozenset("类种次人位件部份路期批")  # 四类信息, 三次产业 count no deliverables
NO_DELIVERABLE = re.compile(
    rf"(?:{alternatives('no_deliverables')})"
    r"|(?:重点|关键|体|新|工作|城市|国家|省份?|[地省]?市州?|州|县区?|区县?|乡镇?|镇|村|街道|部门|单位|地区|任务|专项)(?:[，。、和]|$)"
)
NO_DELIVERABLE_END = re.compile(rf"(?:{alternatives('no_deliverable_ends')})$")
PACE = re.compile(r"的(?:速度|增速|幅度|比例|频率)")  # 以每年1—3个百分点的速度提升
PARTS_OF_TEXT = re.compile(r"方面|部分|环节|阶段|层面|维度|步骤|原则|类别")
PLACES = re.compile(r"(?:省|市|州|县|区|镇|乡|村|国家|地区|城市|部门|单位)(?:（[^）]{1,8}）|[，。、和协]|$)")
GENERATIONS = 8  # 2G to 7G
INDEX_END = re.compile(rf"(?:{alternatives('index_ends')}|）)(?:（[^）]{{0,30}}）)?(?:分别)?$", re.IGNORECASE)
BASE_END = re.compile(
    r"(?:[从由较]|(?<!占)比|原来的?|之前的)(?:(?:20\d\d年[底末]?|目前|现在|现有|当前|原有|原来|上年|去年)的?)?(?:不足|不到)?$"
)

PAST_BEHIND = re.compile(r"、[^，。；、\d]{1,12}已")  # 水面12万亩、养殖率已达80%
ANNOUNCED = re.compile(r"收到|普查|据统计|数据显示|现(?:予以?|将)[^，。]{0,12}公[布告示]")  # 评出30个案例，现予公布
BRACKETS = re.compile(r"（[^（）]{0,80}）")
PAST = re.compile(rf"(?<![早而不])已(?!建的)|近\w年|{alternatives('past')}")
WORKED_ON = re.compile(r"(?:改造|提升|升级|改建|整治|治理|修缮|更新|完成|实施|推进|开展)(?:现有|原有|既有)")
AGAINST = re.compile(r"[比较](?:上年|去年)(?:底|末|同期)?(?=提高|提升|增|下降|降|减|压|缩|扩|翻)")
USED = re.compile(  # 依托现有茶园，│建设…
    r"(?:依托|利用|整合|盘活|用好|基于|立足|结合|发挥|围绕|优化|完善|提升|改造|加强|统筹|共享|[对将把在以])[^，。；：\d]{0,12}"
    rf"(?:现有|原有|既有)(?:[^，。；：\d]{{1,40}}?(?:[，；]|(?={VERB}))|[^，。；：]{{1,40}}?基础上，)"
    r"|[对将把](?:现有|原有|既有)[^，。；：]{1,40}[，；]"
)
DONE = re.compile(r"[成立布施展出现到过持行设定造育进入增加长降高翻]了|同比")

HAS_END = re.compile(rf"(?:{alternatives('regions')})(?:共|约|现)?有$")  # 全市有│300家

ENCOURAGED = re.compile(r"鼓励[^，]{0,8}(?:企业|机构|单位|主体|园区)")  # 鼓励企业研发投入增长20%以上
OBLIGED_END = re.compile(
    r"(?:提取|计提|应当|(?<![响适供反对相效])应|必须|不得|须|要求|需|一般|不?宜|原则上)(?:控制|保持|达到)?[在为]?$"
)
CONDITION = re.compile(alternatives("condition"))
QUOTA = re.compile(r"推荐|申报|报送|提名")  # 每省推荐不超过5个
QUOTA_IN_SENTENCE = re.compile(r"(?:推荐|申报|提名)[^。；]{0,12}不超过")
APPLICANTS = re.compile(r"的[，；。]")
TO_WHOM = re.compile(r"对(?![口外接标比])")
FURTHER_CONDITION = re.compile(r"、[^，。；]{0,30}的")  # 对带动农户20户以上、年销售100万元以上的│合作社
SIZED = re.compile(r"\D\d{1,6}[个家座条处项]$")  # 20兆瓦以上│光伏项目10个
SCHOOLING = re.compile(r"人员|教师|干部|职工|员工|学[生员]|从业者")  # 教师每年接受培训不少于90学时
SCHOOL_UNITS = frozenset({"学时", "课时"})
NOTICE_TIME = re.compile(r"(?:公示|公告|会议|征求意见|报名)(?:期|时间|期限|时长)?$|有效期")
CONDITION_BEHIND = re.compile(
    r"，?(?:联名)?(?:可以|方可|有权)|的[，；。]|的(?:企业|项目|单位|机构|个人|园区|平台|可|按|给|予|由|应|优先)|时[，。]"
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
VOLUME = re.compile(r"(?:首期|[一二三四]期|总)?(?:规模|额度|总额|面积|产能|容量)")
SET_UP = re.compile(
    r"(?:设立|组建|成立|建立)[^，。；\d]{0,30}(?:基金|资金)[^，。；\d]{0,6}，$"
)  # 设立补偿资金池，│规模…
SPENT_ON = re.compile(r"(?:资金)?(?:专项)?(?:用于|支持)")  # 每年安排1亿元支持育种
PROGRAMME_END = re.compile(rf"(?:{alternatives('programme')})[^，。；、]{{0,8}}$")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a phrase stands, as far as it tells whether its number is promised.

    `dated`: whether a deadline governs the phrase: sentence, near (earlier in its paragraph, or of the
    goal that encloses it) or nothing.  `past`: its section or sentence tells what has been.  `sentence`:
    the sentence's first character.  `follows`: the phrase before it in the same list is a target.
    `alike`: that one is also in the same unit, or has none as well.
    `strict`: only a deadline of its own sentence makes it one (laws, preambles, lists of conditions).
    """

    dated: str
    past: bool
    sentence: int
    follows: bool
    alike: bool
    strict: bool


def is_refused(phrase: Phrase, setting: Setting) -> bool:
    """Whether `phrase` is no target for any of the reasons above."""
    return (
        _measures_nothing(phrase, setting)
        or _is_name(phrase, setting)
        or _is_past(phrase, setting)
        or _is_condition(phrase, setting)
        or _is_grant(phrase, setting)
    )


def is_index(indicator: str) -> bool:
    """Whether what it names has no unit by its nature: PUE, an index, a ratio."""
    return INDEX_END.search(indicator) is not None


def of_programme(phrase: Phrase) -> bool:
    """设立总规模100亿元的基金, 发放5000万元算力券: money that a programme moves, not one beneficiary's."""
    if phrase.quantity.unit.group != "money":
        return False
    behind = PROGRAMME_BEHIND.match(phrase.text, phrase.end) or SPENT_ON.match(phrase.text, phrase.end)
    return bool(PROGRAMME_VERB.search(phrase.head) and behind)


def makes_volume(phrase: Phrase) -> bool:
    """构建容量达3000万条的语料库: the size of one thing that is to be made."""
    return bool(phrase.has_tail and phrase.comparator and MADE_VOLUME.search(phrase.head))


def chooses_places(phrase: Phrase) -> bool:
    """在20个左右的县开展试点: a number of places that nobody knows yet, for something to be done there."""
    told = phrase.comparator or phrase.bound in ("左右", "以上")
    return bool(told and CHOOSES.fullmatch(phrase.head) and re.search(VERB, phrase.tail))


def _measures_nothing(phrase: Phrase, setting: Setting) -> bool:
    """5G, 3.8米直径, an index without its name, a year; and the 30% of 由30%提高到60%."""
    quantity, head = phrase.quantity, phrase.head
    unit = quantity.unit
    if BASE_END.search(head) and not (phrase.comparator and head.endswith("比")):  # 收入比缩小到│1.9
        return True
    if unit.group == "bare":
        if phrase.text[quantity.end : quantity.end + 1] in ("/", "+"):
            return True
        generation = unit.text in ("G", "M", "T", "E") and quantity.value < GENERATIONS
        return not phrase.comparator and (generation or unit.text in ("G", "M"))
    if unit.group == "spec":
        return phrase.has_tail or not phrase.comparator
    if unit.group == "none":
        told = (
            phrase.comparator or phrase.bound,
            unit.text,
            INDEX_END.search(phrase.label or head) or _again(phrase, setting),
        )  # 用户│突破│2000│万: two of them tell enough
        named = not phrase.has_tail and sum(map(bool, told)) > 1
        return not named or (not unit.text and 1900 <= quantity.value <= 2100)
    return False


def _again(phrase: Phrase, setting: Setting) -> bool:
    """PUE不高于1.4，园区内│不高于1.2: the value of the clause before, for a place."""
    return setting.alike and phrase.is_holder


def _is_name(phrase: Phrase, setting: Setting) -> bool:
    quantity, text = phrase.quantity, phrase.text
    if PACE.match(text, quantity.end) or COPIES_END.search(phrase.head) or EXISTING_END.search(phrase.head):
        return True
    if chooses_places(phrase):
        return False
    if RANK_BEHIND.match(text, quantity.end) or (RANK_END.search(phrase.head) and not phrase.comparator):
        return True
    if _quoted(text, quantity.start):
        return True
    if quantity.numeral == "han":
        if quantity.value == 1 and phrase.op != ">=" and quantity.unit.text not in ("番", "倍"):
            return True
        if quantity.unit.text in VAGUE_UNITS and not (phrase.comparator or phrase.bound):
            return True
    if quantity.numeral != "arabic":
        return bool(NO_DELIVERABLE.match(phrase.tail) or NO_DELIVERABLE_END.search(phrase.tail))
    if PARTS_OF_TEXT.match(phrase.tail):
        return True
    member = setting.follows and phrase.joined and not phrase.head  # 接入9个县、│40个以上部门
    return not (phrase.makes or member) and bool(NO_DELIVERABLE.fullmatch(phrase.tail) or PLACES.match(phrase.tail))


def _quoted(text: str, at: int) -> bool:
    """Whether a short quotation or a title holds the character at `at`."""
    for opener, closer, longest in (("“", "”", SHORT_QUOTE), ("《", "》", TITLE)):
        low = max(at - longest, 0)
        opening = text.rfind(opener, low, at)
        if opening > text.rfind(closer, low, at) and text.find(closer, at, opening + longest + 1) > 0:
            return True
    return False


def _is_past(phrase: Phrase, setting: Setting) -> bool:
    head = AGAINST.sub("", phrase.head) if phrase.bound or setting.dated else phrase.head
    if PAST.search(_without_used(head)) or PAST_BEHIND.match(phrase.text, phrase.end):
        return True
    if setting.dated == "sentence":
        return False
    return setting.past or bool(
        DONE.search(phrase.head)
        or HAS_END.search(phrase.head)
        or ANNOUNCED.search(_sentence(phrase, setting))
        or PAST.search(_without_used(BRACKETS.sub("", _sentence_before(phrase, setting))))
    )


def _without_used(words: str) -> str:
    """Without the 现有 that only says what is built on (依托现有茶园，) or renewed (改造现有茶园)."""
    return WORKED_ON.sub("", USED.sub("", words))


def _is_condition(phrase: Phrase, setting: Setting) -> bool:
    unit = phrase.quantity.unit
    if APPLICANTS.match(phrase.text, phrase.end) or SIZED.search(phrase.tail):
        return True
    if TO_WHOM.match(phrase.head) and FURTHER_CONDITION.match(phrase.text, phrase.end):
        return True
    if CONDITION_BEHIND.match(phrase.text, phrase.end) and not (phrase.makes and unit.group == "count"):
        return True
    if unit.text in SCHOOL_UNITS and SCHOOLING.search(phrase.head):
        return True
    if unit.group == "time" and NOTICE_TIME.search(phrase.head):
        return True
    promised = _counts_things(phrase) or of_programme(phrase) or makes_volume(phrase) or chooses_places(phrase)
    if phrase.has_tail and phrase.comparator and not promised:
        return True
    if phrase.op == "<=" and (QUOTA.search(phrase.head) or QUOTA_IN_SENTENCE.search(_sentence_before(phrase, setting))):
        return True
    if setting.dated:
        return False
    if unit.group in ("share", "money") and not phrase.makes and ENCOURAGED.match(phrase.head):
        return True
    return bool(OBLIGED_END.search(phrase.head) or CONDITION.search(_sentence(phrase, setting)))


def _counts_things(phrase: Phrase) -> bool:
    """建设超过100个平台 counts platforms; 营收超过100亿元企业 describes firms."""
    if phrase.quantity.unit.group == "measure":
        return phrase.makes
    if phrase.quantity.unit.group not in ("count", "share"):
        return False
    return phrase.makes or not phrase.head or phrase.place > 0 or "分别" in phrase.head


def _is_grant(phrase: Phrase, setting: Setting) -> bool:
    group, head = phrase.quantity.unit.group, phrase.head
    if phrase.op == "<=" and not phrase.makes and group == "measure" and GRANT.search(_sentence(phrase, setting)):
        return True
    if group == "count" and phrase.comparator and DEED.fullmatch(head):  # 每年奖补不超过│5个
        return False
    if group not in GRANTED_UNITS:  # 对前10家企业给予奖励: the clause tells
        rest = CLAUSE_REST.match(phrase.text, phrase.end)
        return not phrase.makes and bool(GRANT.search(head + (rest[0] if rest else "")))
    if group == "money" and BENEFICIARY.search(_sentence_before(phrase, setting) + head):
        return True
    if not GRANT.search(_sentence(phrase, setting)):
        return False
    if group == "money" and VOLUME.fullmatch(head) and SET_UP.search(_sentence_before(phrase, setting)):
        return False
    return not (group == "money" and (of_programme(phrase) or PROGRAMME_END.search(head)))


def _sentence_before(phrase: Phrase, setting: Setting) -> str:
    return phrase.text[max(setting.sentence, phrase.start - BEFORE) : phrase.start]


def _sentence(phrase: Phrase, setting: Setting) -> str:
    """The sentence around the phrase, as far as it is looked at."""
    behind = phrase.text[phrase.start : phrase.stop + BEHIND]
    stop = behind.find("。", phrase.stop - phrase.start)
    return _sentence_before(phrase, setting) + (behind if stop < 0 else behind[:stop])
