"""Names of those who act, and where in a clause of a law they end."""

import re
from collections.abc import Iterator

from ingest.parsing.clauses import MASK, masked
from ingest.parsing.predicates import ACT, ANY_PREDICATE, NAMED_BY_ACT, PREDICATE, RELATIVE

# What the names of those who act end in.
ACTOR_END = re.compile(
    r"""
    (?: 机关 | 部门 | 机构 | 单位 | 政府 | 办事处 | 组织 | 企业 | 公司 | 集团 | 平台 | 主体 | 用户 | 居民 | 群众
      | 公民 | 职工 | 学生 | 教师 | 农户 | 家庭 | 主任 | 国务院 | 合作社 | 供销社
      | 学校 | 院校 | 学院 | 高校 | 医院 | 卫生院 | 法院 | 检察院 | 银行 | 商户 | 经营户 | 中心 | 办公室 | 机场 | 车站
      | 党委 | 媒体 | 报刊 | 网站 | 成员 | 人员 | (?<=[解仲裁察护导疗检管保驾议职店救演学社研雇会船])员 | (?<!法定)代表
      | 业主 | 货主 | 警察 | 民警 | 队伍 | [大支总中监执]队 | (?<=[事派研])所
      | (?<=[院校局厅市县区乡镇州部会处所站科队察])长
      | 行业 | 双方 | 人 | 厅 | 委 | 会议 | (?<![机社都])会 | (?<![全内外局干])部 | (?<![格结布])局
      | (?<![或再二两三])者 | (?<![地多])方 | (?<![招通协])商
    ) 等?
    (?: 及其 (?:工作人员|从业人员|(?:有关|所属|相关)(?:部门|人员|单位)|派出机构|(?:授权|委托)的?机构) )? $
    """,
    re.VERBOSE,
)
ACTOR_TAIL = 16  # characters that the end of such a name may take
# 部 ends no name in 部门
GOES_ON = re.compile(r"部[门队分长]|会[议员]|人[员民大才口]|委[员托]|[局厅]长|商会|方[案式]")

# 甲机关或者接受甲机关委托…的单位
CONJUNCT_WITH_VERB = re.compile(r"(?:或者?|和|及|、)(?:接受|受(?!理)|经(?!营|济)|负有|从事|具有|获得|取得)[^的，]*$")
BETWEEN_TWO = re.compile(r"发生|签订|达成|订立|解除|存在|建立|协商")  # 甲与乙发生争议
CLAUSE_MARK = re.compile(r"不是|是(?!否)|没有|(?<!尚)未(?!成年|来)|已经?|如果|除(?!外)|因(?!特)|[将把被]|超过|属于")
CONTINUES_NAME = re.compile(
    r"[、和及或与（的之等□]|\w{0,10}?(?:部门|机构|机关|单位|委员会|政府|组织|人员|办公室|主任|领导人|负责人|主持人"
    r"|会议|企业|公司|主席|团|员|当事人)"
)
# 实施应急征用的单位在…
WHO_ACTS = re.compile(
    r"(?<=的)[^的，、]{0,6}?(?:单位|个人|企业|部门|机构|组织|人员|公民|当事人|经营者)"
    r"(?:(?:和|或者?|及|、)(?:其他)?(?:单位|个人|企业|部门|机构|组织|人员))*"
)
LONGEST_SUBJECT = 80


def actor_at_head(text: str, *, is_name: bool = False) -> str | None:
    """The one who acts with whom a clause begins: 驿站运营者 of 驿站运营者发现….

    It is the shortest beginning that ends as such names do and that a predicate follows, or the
    whole text if it is nothing but such a name.  Where the text is known to begin with a name
    (`is_name`, as behind 由), the verb behind it may be any.
    """
    looked_at = masked(text[: 2 * LONGEST_SUBJECT])
    if not is_name and begins_with_act(looked_at):
        who = WHO_ACTS.search(looked_at, 0, LONGEST_SUBJECT)
        return text[: who.end()] if who and ANY_PREDICATE.match(looked_at, who.end()) else None
    with_other = 0
    for start in predicates_of(looked_at):
        if not _ends_in_actor(looked_at, start) or CONJUNCT_WITH_VERB.search(looked_at, 0, start):
            continue
        if looked_at[start] == "与":  # 甲部门与乙部门应当 names two, unless nobody follows
            with_other = with_other or start
            continue
        return text[: with_other if BETWEEN_TWO.match(looked_at, start) and with_other else start]
    if is_actor(looked_at):
        return text
    if is_name and (end := _end_of_name(looked_at)):
        return text[:end]
    return text[:with_other] or None


def is_actor(text: str) -> bool:
    """Whether a text is nothing but the name of one who acts; 人选不是负责人 is a sentence of its own."""
    mark = CLAUSE_MARK.search(text, 2)
    is_clause = mark is not None and "的" not in text[mark.end() :]
    return len(text) <= LONGEST_SUBJECT and _ends_in_actor(text, len(text)) and not is_clause


def predicates_of(text: str) -> Iterator[int]:
    """Where a predicate may begin; what only describes the name behind it (甲部门设立的机构) is passed over."""
    match = ANY_PREDICATE.search(text, 2, LONGEST_SUBJECT)
    while match:
        relative = RELATIVE.match(text, match.start())
        if not relative:
            yield match.start()
        match = ANY_PREDICATE.search(text, relative.end() if relative else match.start() + 1, LONGEST_SUBJECT)


def begins_with_act(text: str) -> bool:
    """Whether a clause is an act (处理个人信息…), and not the name of one who acts (批准机关)."""
    verb = PREDICATE.match(text) or ACT.match(text)
    return verb is not None and not NAMED_BY_ACT.match(text, verb.end())


def _end_of_name(text: str) -> int:
    """Where the name that a text begins with ends, whatever verb follows; 0 if there is none."""
    for end in range(2, min(len(text), LONGEST_SUBJECT)):
        if _ends_in_actor(text, end) and not CONTINUES_NAME.match(text, end):
            return end
    return 0


def _ends_in_actor(text: str, end: int) -> bool:
    if GOES_ON.match(text, end - 1):
        return False
    return ACTOR_END.search(text[:end].rstrip(MASK)[-ACTOR_TAIL:]) is not None
