"""The words before a number without what does not name what is counted: regions, times, plain verbs."""

import re

from ingest.parsing.phrases import VERB
from ingest.parsing.words import alternatives, provinces

PLAIN = alternatives("plain_verbs")
NOUN_GOES_ON = (  # 建设用地, 服务器, 覆盖率: no verbs
    "(?![率会库期额力者性化器用后]|区(?!域)|量(?!子)|商(?![业贸务])|业(?![态务绩主])|水平|人[数次均]|规模|面积|平台|总[量数额]|时[间长限]|基金|资金|投入(?![产使运])|经费|费用|支出)"
)
JOINT = "(?:[、和与及或并]|以及)"
REGION = f"{alternatives('regions')}|{provinces()}"
TIME = (
    r"[到至在于]?(?:20\d\d(?:[—-]20\d\d)?年(?:\d{1,2}月)?[底末]?(?:之?前)?"
    r"|“?十[一二三四五六]五”?(?:规划)?(?:时期|期间|期末|末)|(?:今年|明年|本年度?|(?<!每)年)(?:年?[底末]之?前?|内)"
    r"|[上下]半年|第?[一二三四]季度|\d{1,2}月(?:底|末|\d{1,2}日)之?前|今年|明年|本年度|[二三四五两2-6]年内"
    rf"|[两三五](?:年|年内|年时间)(?=[翻，]|$|{VERB}))"
)
DONE_THEN = "(?:建成|完成|竣工|投产|达产|投用|投运)(?:投产|达产|投用|使用|运营)?后"  # 2030年│建成后│面积达到…
DATED_WITHIN = re.compile(f"20\\d\\d年{DONE_THEN}")
LEADING = re.compile(
    rf"(?!{alternatives('whole_words')})(?:{TIME}|{DONE_THEN}|其中|(?:高(?:标准|质量|水平|起点)|主要)(?={VERB})|再|{alternatives('leads')}|{REGION}|[、，和与及]|[对在向从](?={REGION})"
    rf"|(?:{PLAIN})(?:{JOINT}(?:{PLAIN}))*{NOUN_GOES_ON}[了出]?)"
)
WEAK = re.compile(rf"(?:{alternatives('weak_verbs')}){NOUN_GOES_ON}了?")
NEW = "新(?!型|兴|一代|能源|材料|业态|模式|质|媒体|产品|技术)"
CUT, CUT_OF_SUBJECT = (
    re.compile(
        rf"(?P<kept>(?:累计|年均|每(?:年|季度|半年|月)|年度|全年|(?<![\d今明本半一二两三四五六])年|主导|参与|牵头|{NEW})?)(?P<verb>(?:{verbs})(?:{JOINT}?(?:{verbs}))*){NOUN_GOES_ON}"
    )
    for verbs in (alternatives("sure_verbs", "cutting_verbs"), alternatives("sure_verbs"))
)  # a subject that reaches a value may hold a verb as a noun: 预警信息发布时间缩短至5分钟
ADDED_END = re.compile(r"(?:新增|新建|改建|扩建)$")
KEPT_HEAD = re.compile(rf"(?!年[内底末])(?:{alternatives('kept')})(?:(?:{VERB})(?:{JOINT}(?:{VERB}))*)?")
TRAILING = re.compile(
    r"(?:力争|争取|努力|(?<!年)均|分别|总体|基本|稳定|必须|应当|应|须|需|将|要|可|能够|不断|稳步|进一步|大幅|再|各|要求|保持|并且?|合计|共计|总计|翻|[，、（：“])+$"
)
BASE_TRAILING = re.compile(r"(?:[较比](?:20\d\d年[底末]?|上年|去年)|[两三五]年)$")  # 规模较2023年│翻一番
RATED = re.compile(r"(?:率|占比|比重|比例|[PWC]UE值?|强度)(?:（[^）]{0,30}）)?$|占(?!比|地|用)[^，、]{1,20}的?$")
WITH_WHOM = re.compile(  # 依托茶校、农院等│建设基地
    rf"(?:依托|围绕|聚焦|面向|利用|结合|立足|针对|基于|联合|会同|发挥|支持|推动|鼓励|引导|组织|指导)"
    rf"[^，。；\d]{{2,60}}?(?:等[^，。；、的]{{0,8}}?|、[^，。；、的]{{2,10}}?)(?={VERB})"
)
COMPARED = re.compile(r"分别(?=[比较]|[^，、\d]{2,4}$)|(?:达到?|超过)[^，、]{1,12}的$")  # 达到最大负荷的│5%
EACH = re.compile(r"[为在给向]?(?P<each>每(?:个[^，。；、]{1,10}|[县市区镇乡村州]))")
DEALT_VERB = re.compile(rf"(?<=分别)(?:{VERB}){{1,2}}$")  # 茶站、茶亭分别建成│8个、9个
LONGEST_NOUN = 4
LONGEST_PLACE = 12  # of a rate: 河口地区│新建冷库上架率
NO_NOUN = re.compile(rf"{VERB}|^(?:{alternatives('focus')})|[，。；、：和与及]|[内前后]$")


def clean(head: str, subject: bool = True) -> tuple[str, int]:
    """The head without what does not name what is counted, and how much was cut from its front.

    `subject`: the head is a noun that reaches a value, so that 建设 or 服务 at its front may belong to it.
    """
    head = BASE_TRAILING.sub("", TRAILING.sub("", DEALT_VERB.sub("", head)))
    with_whom = None if subject else WITH_WHOM.match(head)
    cut = with_whom.end() if with_whom else 0
    rated = RATED.search(head)
    for found in (CUT_OF_SUBJECT if subject or rated else CUT).finditer(head, 0, rated.start() if rated else len(head)):
        if found.end() == len(head) and EACH.fullmatch(head, 0, found.start()):  # 每个县打造│2个│驿站
            continue
        added = ADDED_END.search(found["verb"])
        if added and found.start() and found.end() == len(head):  # 光伏新增│10万户
            continue
        if added and rated and _is_noun(head[_led(head, cut, subject) : found.start()], LONGEST_PLACE):
            continue
        if added and added.start():  # 力争│新增
            cut = found.start("verb") + added.start()
            continue
        if added and not found["kept"] and _is_noun(head[_led(head, cut, subject) : found.start()]):  # 城镇│新增就业
            continue
        kept = found["kept"] or KEPT_HEAD.match(found["verb"])
        cut = found.start() if kept else found.end()
    cut = _led(head, cut, subject)
    named = head[cut:].lstrip("的了")
    cut = len(head) - len(named)
    return DATED_WITHIN.sub("", COMPARED.sub("", named)).rstrip("的"), cut


def _led(head: str, at: int, subject: bool) -> int:
    """Behind the regions, times and plain verbs that stand at `at`."""
    while at < len(head) and not KEPT_HEAD.match(head, at):
        leading = LEADING.match(head, at) or (None if subject else WEAK.match(head, at))
        if leading is None or leading.end() == at:
            break
        at = leading.end()
    return at


def _is_noun(words: str, longest: int = LONGEST_NOUN) -> bool:
    """Whether the few words before 新增 belong to its name, and lead no clause (面向山区新建)."""
    return 1 < len(words) <= longest and not NO_NOUN.search(words)
