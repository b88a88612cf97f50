"""Who a clause of a law speaks of: the one who acts, or the thing that is spoken of."""

import re

from ingest.parsing.clauses import masked
from ingest.parsing.names import LONGEST_SUBJECT, WHO_ACTS, actor_at_head, begins_with_act, is_actor, predicates_of

CONNECTIVES = re.compile(
    r"""
    (?: 但是?|且|并且?|同时|其中|此外|另外|因此|也|还|而|则|或者?|以及|确需|均|都|一般|原则上|依法|特殊情况下|必要时
      | 如果 | 若 | [，：\s] )+
    """,
    re.VERBOSE,
)
ON_CONDITION = re.compile(r"如果|若")
ADVERB = re.compile(
    r"(?:一般|原则上|一律|均|都|也|还|依法|及时|同时|最[长高多迟低少]|至[少迟多]|每[年次人]|全面|积极|主动|认真)+$"
)
PRONOUN = re.compile(r"(?:其|该|双方|前款|上述)$")
BY = re.compile(r"由(?![于此来])")
ALIAS = re.compile(r"（(?:以下)?(?:统称|简称|称)(?:为)?[“《]?((?:[^（）”》]|（[^（）”》]{1,6}）){2,30})[”》]?）$")
EXPLANATION = re.compile(r"（(?:[^（）]*，下同|(?:含|包括|即|不含)[^（）]*)）$")
# What says when, where or on what condition, and names nobody.
ENDS_CIRCUMSTANCE = re.compile(
    r"(?:[前后时起内下上的]|(?<![高初])中|期间|之日|以[内后前]|过程中|情况下|条件下|基础上|除外|为由|除[^，]{1,40}外"
    r"|^其[他余它]时间|时候|^在[^，]*(?:区域?|范围|地区|路段|水域|场所|地点|季节|公?里|米|两侧|沿线|[县市]))$"
)
BEGINS_CIRCUMSTANCE = re.compile(
    r"""
    对(?![外口象]) | 针对 | 基于 | (?:实现 | 达到 | 存在)(?![^，]*(?<!目)的[^，]{2})
    | 关于 | 因(?!特) | 为(?!人) | 根据 | 依照 | 依据 | 按照? | 除
    | 经(?![营济办纪销]|[^，的]{2,8}的[^，]{2})
    | 自(?![然治主愿由])
    | 从(?![业事]) | 涉及(?![^，]{2,20}的[^，]{2}) | 包括 | 本[省市州区][^，]{0,4}(?:鼓励|支持|推进|推动)
    | 国家(?:鼓励|支持) | 有下列(?![^，]*的[^，]{2}) | 遇 | 责令 | 给予 | 予以 | 没收 | 吊销 | 处(?![理罚室置方]) | 并处
    | 报(?![刊社告业]) | 逐级 | 情节 | 逾期 | 拒不 | 造成 | 构成 | 限期 | 凭 | 尚未
    | 存在下列 | 严格 | 违反 | 确[有需] | 需要 | 如果 | 若 | 未(?!成年) | 不(?!动产|特定|符合[^，]*的[^，]{2})
    | 以(?!上) | 可以(?![^，]*的[^，]{2}) | 列[为入](?![^，]*的[^，]{2}) | 应当 | 不得 | 必须 | 给 | 紧急 | 为了
    """,
    re.VERBOSE,
)
ABOUT_A_THING = re.compile(
    r"(?:事[先前]|立即|及时|按时|主动|书面|逐级|定期|首先|同时)*"
    r"(?:对(?![外口象])|基于|向|在|经(?![营济办纪销])|除|根据|依照|按照|为(?!人)|因(?!特)|自(?![然治主愿由])|给|遇)"
)
SAID_OF = re.compile(
    r"(?<=[\w□]{2})(?:不(?!动产|锈|特定|得)|是(?!否)|分为|(?<![行作认视称成人较分])为(?!了|主|期)|(?<![理自事])由|归(?!口)|属于|实行|采[取用]|包括|(?:应当|可以|不得|必须)(?![^，]*的))"
)
AUTHORITY = re.compile(r"(?:机关|部门|机构|政府|委员会|办事处|法院|检察院|[厅局])(?:及其工作人员)?$|^任何")
# What those do whom a law regulates, and not who supervises them.
REGULATED_ACT = re.compile(
    r"(?:临时|首次|再次)?(?:从事|申请|设[立置]|采[集伐砂挖]|砍伐|移植|出[售口租让借]|进口|收购|购买|销售|运输|携|捕[捞猎]"
    r"|猎捕|占用|挖掘|开[采办设]|举办|利用|饲养|养殖|种植|[新改扩]建|搭建|悬挂|张贴|变更|转让|承[租包]|租用|生产|经营|使用"
    r"|取[水土]|排放|装修|迁移|停[业止]|终止|改变|建造|驾驶|燃放|储存|存放|倾倒|堆放)"
)
UNAPPROVED = re.compile(r"(?<=..)未经[^的]*$")  # 驿站运营者未经主管部门同意
EVERY = re.compile(r"凡是?(?=[^，]{2,}的$)")
MANNER = re.compile(r"(?:临时|重点|擅自|确需|经常|特殊|首次|再次|多次|重新|继续|长期)$")
SHORTEST_ACT = 5  # characters; 有条件 is none
ANYBODY = re.compile(
    r"(?:任何|一切|所有)(?:单位|组织|个人|机构|机关|部门|企业|车辆|船舶|人)(?:(?:、|和|或者?|及|以及)(?:单位|组织|个人|机构|机关|部门|企业|车辆|船舶|人))*"
)
FORBIDDEN_DOER = re.compile(
    r"(\w{0,10}?(?:人员|未成年人|学生|儿童|经营者|生产者|单位|机构|行人|车|车辆|船舶?|列车|飞行器|工程))"
    r"(?=在|向|利用|从事|参[与加]|进[入出]|驶入|通[行过]|停[放靠]|操作|现场|使用|驾驶|携带|违[反规]|以|擅自|开展|收取|将|乱|随意|占用|超[载限员速]|上路|行驶|靠近|接触|私自)"
)
NO_DOER = re.compile(
    r"在|向|以|用|将|把|对|利用|使用|聘用|雇用|招用|录用|强迫|强[令制]|组织|教唆|引诱|容留|允许|让|为|给|擅自|非法|违[反法]|未经|从|通过|任意|其他|随意"
    r"|乘|驾|携带|停放|拦截|扒|追|操纵|破坏|损[坏毁]|阻[碍挠]|干扰|冒充|委托|购|买|销|出|收|生产|经营|开展|设[立置]|建"
)


def subject_in(clause: str) -> tuple[str | None, str | None]:
    """Who acts, and else what is spoken of, in a clause or in the part of it before the modal word."""
    clause = EXPLANATION.sub("", clause)
    if ALIAS.search(clause):
        return by_its_alias(clause), None
    text = UNAPPROVED.sub("", clause)
    connective = CONNECTIVES.match(text)
    text = ADVERB.sub("", text[connective.end() :] if connective else text)
    if text.endswith("中") and is_actor(text[:-1]):
        text = text[:-1]  # 委员会的成员中，应当有…
    if len(text) < 2 or PRONOUN.match(text):
        return None, None
    by = BY.match(text)
    if by:  # 由全体会议决定
        return actor_at_head(text[by.end() :], is_name=True), None
    actor = None if ABOUT_A_THING.match(text) else actor_at_head(text)
    who = None if ABOUT_A_THING.match(text) else WHO_ACTS.search(text, 0, LONGEST_SUBJECT)
    if not actor and who and who.end() == len(text):  # 未经培训的从业人员
        actor = text
    if actor:
        return by_its_alias(actor), None
    is_thing = (
        len(text) <= LONGEST_SUBJECT
        and not (connective and ON_CONDITION.search(connective[0]))
        and not ENDS_CIRCUMSTANCE.search(text)
        and not BEGINS_CIRCUMSTANCE.match(text)
    )
    return None, text if is_thing else None


def by_its_alias(name: str) -> str:
    """驿站部门 for 甲部门、乙部门（以下统称驿站部门）."""
    alias = ALIAS.search(name)
    return alias[1] if alias else name


def topic_in(words: str) -> str:
    """What a clause says something of: 堤顶 of 堤顶不作公路使用; the whole clause where that is not to be told."""
    said = SAID_OF.search(masked(words))
    return words[: said.start()] if said else words


def thing_at_head(condition: str) -> str | None:
    """What a condition speaks of: 招牌 of 招牌需要使用外国文字的; without a noun at its head the act that it names.

    凡…的 is whatever meets it, and stays whole.
    """
    every = EVERY.match(condition)
    if every:
        return condition[every.end() :] if len(condition) <= LONGEST_SUBJECT else None
    words = condition.removesuffix("的")
    if BEGINS_CIRCUMSTANCE.match(words):
        return None
    if begins_with_act(words) or REGULATED_ACT.match(words):
        return words if SHORTEST_ACT <= len(words) <= LONGEST_SUBJECT else None
    predicate = next(predicates_of(masked(words)), None)
    head = words[:predicate].removesuffix("中").rstrip("和与及、或者") if predicate else ""
    return head if len(head) > 1 and not MANNER.match(head) else None


def regulated_act(condition: str, carried: str) -> str | None:
    """采集野生植物 of 采集野生植物的, where only the authority of an earlier sentence could be supplied instead."""
    act = condition.removesuffix("的")
    is_act = REGULATED_ACT.match(act) and SHORTEST_ACT <= len(act) <= LONGEST_SUBJECT
    return act if is_act and AUTHORITY.search(carried) else None


def doer_forbidden(text: str) -> str | None:
    """Who is forbidden what in the words behind 禁止: 任何单位和个人, 无关人员, 履带车辆."""
    anybody = ANYBODY.match(text)
    if anybody:
        return anybody[0]
    doer = FORBIDDEN_DOER.match(text)
    return doer[1] if doer and not begins_with_act(text) and not NO_DOER.match(text) else None
