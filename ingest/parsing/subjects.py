"""Who a clause of a law speaks of: the one who acts, or the thing that is spoken of."""

import re

# What the names of those who act end in.
ACTOR_END = re.compile(
    r"""
    (?: 机关 | 部门 | 机构 | 单位 | 政府 | 办事处 | 组织 | 企业 | 公司 | 集团 | 平台 | 主体 | 用户 | 居民 | 群众
    | 公民 | 职工
      | 学校 | 院校 | 高校 | 医院 | 法院 | 检察院 | 银行 | 商户 | 经营户 | 中心 | 办公室 | 机场 | 车站 | 党委 | 媒体
      | 报刊 | 网站
      | 成员 | 人员 | [社会学船]员 | 驾驶员 | (?<!法定)代表 | 业主 | 货主 | 队伍 | [大支总]队 | 行业 | 双方 | 人
      | 厅 | 委 | (?<![机社都])会 | (?<![全内外局干])部 | (?<![格结布])局
      | (?<![或再二两三])者 | (?<![地多])方 | (?<![招通协])商
    ) 等?
    (?: 及其 (?:工作人员|从业人员|(?:有关|所属|相关)(?:部门|人员|单位)|派出机构|(?:授权|委托)的?机构) )? $
    """,
    re.VERBOSE,
)
ACTOR_TAIL = 16  # characters that the end of such a name may take

# What begins a predicate: prepositions, and verbs that do not stand within such names.
PREDICATE = re.compile(
    r"""
      对(?![外口象]) | 向 | 在(?![线校建职岗]) | 通过 | 因(?!特) | 根据 | 依[照据法职] | 按 | 以(?![上下及]) | 将 | 把
    | 经(?![营济理办纪销信]) | 为(?!人) | 自(?![然治主媒营]) | 与 | 于 | 已 | 未(?!成年) | 不(?!动产|特定) | 可
    | 应(?!急) | 须 | 必须
    | 需 | 拟 | 恶意 | 约定 | 含有
    | 征收(?!单位|部门|机关|机构|人) | 是(?!否) | 作为 | 处理(?![者器]|机构|单位|平台|中心|设施|系统|服务)
    | 有(?![关限效]) | 发现 | 认为 | 违反 | 违法(?!行为) | 从事 | 开展 | 进行 | 提供(?![者商方]) | 具有 | 具备
    | 发生 | 造成
    | 实施(?!单位|者|主体|机构|机关) | 使用(?![者人]|单位) | 采[取用] | 利用 | 委托(?![人方]) | 申请(?![人者])
    | [收接]到
    | 作出 | 负责(?!人) | 承担 | 擅自 | 拒 | 变更 | 终止 | 停止 | 收集(?!者) | 存储 | 转[让移] | 发布(?!者) | 履行
    | 建立
    | 制[定作] | 完善 | 编制 | 推[进动] | 加强 | 做好 | 会同 | 配合 | 统筹 | 审核 | 受理 | 办理(?!机构) | 取得
    | 购买 | 责令
    | 处(?![理罚室置]) | 给予 | 予以 | 没收 | 吊销 | 暂扣 | 撤销 | 通报 | 约谈 | 公布 | 批准 | 确定 | 解释 | 牵头
    | 管辖 | 指定
    | 统一 | 另行 | 移送 | 追究 | 享有 | 获[知得悉] | [知得]知 | 知悉 | 责成 | 接受 | 审议 | 担任 | 携带 | 同时
    | 决定 | 要求 | 提出 | 协助
    | (?<![人会何济业团他])组织(?=[编实制开推有建协领审起]) | 指导 | 协调
    | 参与
    | 监督(?!管理|部门|机构) | 保障 | 维护(?![者方]|单位) | 签订 | 设[立置] | 聘请 | 分别 | 共同 | 定期 | 及时
    | 直接 | 自行
    | 优先 | 申报 | 报(?![刊社告业]) | 当场 | 主动 | 积极
    """,
    re.VERBOSE,
)
ACT = re.compile(
    r"(?:处理|加工|传输|删除|查询|复制|生产|经营|销售|建设|运营|运输|使用|实施|提供|申请|委托|办理|管理(?!部门)|明确|出境|安装)+"
)
NAMED_BY_ACT = re.compile(r"(?:机关|部门|机构|单位|企业|人员|组织|平台|主体|者|方|人(?![民员工口数脸群]))")
CONNECTIVES = re.compile(
    r"""
    (?: 但是?|且|并且?|同时|其中|此外|另外|因此|也|还|而|则|或者?|以及|确需|均|都|一般|原则上|依法|特殊情况下|必要时
      | 如果 | 若 | [，：“”\s] )+
    """,
    re.VERBOSE,
)
ADVERB = re.compile(
    r"(?:一般|原则上|一律|均|都|也|还|依法|及时|同时|最[长高多迟低少]|至[少迟多]|每[年次人]|全面|积极|主动|认真)+$"
)
PRONOUN = re.compile(r"(?:其|该|双方|前款|上述)$")
# 实施应急征用的单位在…
WHO_ACTS = re.compile(
    r"(?<=的)[^的，、]{0,6}?(?:单位|个人|企业|部门|机构|组织|人员|公民|当事人|经营者)"
    r"(?:(?:和|或者?|及|、)(?:其他)?(?:单位|个人|企业|部门|机构|组织|人员))*"
)
BY = re.compile(r"由(?![于此来])")
ALIAS = re.compile(r"（(?:以下)?(?:统称|简称|称)(?:为)?[“《]?([^（）”》]{2,30})[”》]?）$")
BRACKETS = re.compile(r"（[^（）]*）")
# What says when, where or on what condition, and names nobody.
ENDS_CIRCUMSTANCE = re.compile(
    r"(?:[前后时起内下上的]|(?<![高初])中|期间|之日|以[内后前]|过程中|情况下|条件下|基础上|除外|为由|^除.{1,30}外)$"
)
BEGINS_CIRCUMSTANCE = re.compile(
    r"""
    对(?![外口象]) | 针对 | 关于 | 因(?!特) | 为(?!人) | 根据 | 依照 | 依据 | 按照? | 除
    | 经(?![营济办纪销]|[^，的]{2,8}的[^，]{2})
    | 自(?![然治主愿])
    | 从(?![业事]) | 涉及(?![^，]{2,20}的[^，]{2}) | 包括 | 本[省市州区][^，]{0,4}(?:鼓励|支持|推进|推动)
    | 国家(?:鼓励|支持) | 有下列 | 遇 | 责令 | 给予 | 予以 | 没收
    | 存在下列 | 严格 | 违反 | 确[有需] | 需要 | 如果 | 若 | 未(?!成年) | 不(?!动产|特定) | 以(?!上) | 给 | 紧急 | 为了
    """,
    re.VERBOSE,
)
ABOUT_A_THING = re.compile(
    r"对(?![外口象])|向|在|经(?![营济办纪销])|除|根据|依照|按照|为(?!人)|因(?!特)|自(?![然治主愿])|给"
)
UNAPPROVED = re.compile(r"(?<=..)未经.*")  # 驿站运营者未经主管部门同意
SHORTEST_ACT = 5  # characters; 有条件 is none
LONGEST_SUBJECT = 80


def actor_at_head(text: str) -> str | None:
    """The one who acts with whom a clause begins: 驿站运营者 of 驿站运营者发现….

    It is the shortest beginning that ends as such names do and that a predicate follows, or the
    whole text if it is nothing but such a name.
    """
    if begins_with_act(text):
        who = WHO_ACTS.search(text, 0, LONGEST_SUBJECT)
        return text[: who.end()] if who and PREDICATE.match(text, who.end()) else None
    with_other = 0
    for match in PREDICATE.finditer(text, 2, LONGEST_SUBJECT):
        if not _ends_in_actor(text, match.start()):
            continue
        if match[0] == "与":  # 甲部门与乙部门应当 names two, unless nobody follows
            with_other = with_other or match.start()
            continue
        return text[: match.start()]
    if len(text) <= LONGEST_SUBJECT and _ends_in_actor(text, len(text)):
        return text
    return text[:with_other] or None


def thing_at_head(condition: str) -> str | None:
    """What a condition speaks of: 招牌 of 招牌需要使用外国文字的; without a noun at its head the act that it names."""
    words = condition.removesuffix("的")
    if BEGINS_CIRCUMSTANCE.match(words):
        return None
    if begins_with_act(words):
        return words if SHORTEST_ACT <= len(words) <= LONGEST_SUBJECT else None
    predicate = PREDICATE.search(words, 2, LONGEST_SUBJECT)
    head = words[: predicate.start()].removesuffix("中").rstrip("和与及、") if predicate else ""
    return head if len(head) > 1 else None


def begins_with_act(text: str) -> bool:
    """Whether a clause is an act (处理个人信息…), and not the name of one who acts (批准机关)."""
    verb = PREDICATE.match(text) or ACT.match(text)
    return verb is not None and not NAMED_BY_ACT.match(text, verb.end())


def _ends_in_actor(text: str, end: int) -> bool:
    return ACTOR_END.search(text[max(0, end - ACTOR_TAIL) : end]) is not None


def subject_in(clause: str) -> tuple[str | None, str | None]:
    """Who acts, and else what is spoken of, in a clause or in the part of it before the modal word."""
    alias = ALIAS.search(clause)
    if alias:
        return alias[1], None
    text = UNAPPROVED.sub("", BRACKETS.sub("", clause))
    connective = CONNECTIVES.match(text)
    text = ADVERB.sub("", text[connective.end() :] if connective else text)
    if len(text) < 2 or PRONOUN.match(text):
        return None, None
    by = BY.match(text)
    if by:  # 由全体会议决定
        return actor_at_head(text[by.end() :]), None
    actor = None if ABOUT_A_THING.match(text) else actor_at_head(text)
    who = None if ABOUT_A_THING.match(text) else WHO_ACTS.search(text, 0, LONGEST_SUBJECT)
    if not actor and who and who.end() == len(text):  # 未经培训的从业人员
        actor = text
    if actor:
        return actor, None
    is_thing = (
        len(text) <= LONGEST_SUBJECT and not ENDS_CIRCUMSTANCE.search(text) and not BEGINS_CIRCUMSTANCE.match(text)
    )
    return None, text if is_thing else None
