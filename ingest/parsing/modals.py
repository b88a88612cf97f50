"""The modal words of a law: who shall, may or must not, and what their clause says of whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parsing.clauses import Clause, masked
from ingest.parsing.competence import BY, COMPOSED, body_after, whoever_after
from ingest.parsing.names import actor_at_head
from ingest.parsing.subjects import doer_forbidden

MODAL = re.compile(
    r"""
    (?P<shall> (?<!不)应当(?!禁止|严禁) | 必须 | (?<![业任事服])务必 | (?<![必无])须(?!知)
        | (?<![不适相供反响对效感回顺呼照答策因处必])应
          (?! 当|急|用|届|邀|聘|诉|征|试|考|召|力|变|激|战|答|税|得|享|选|计|纳(?!入)|付|补|收(?!集|取|回)|有(?!\w{3})
            | 尽(?!可能|快|量)|到(?=成员|人|会|代表|员|委员|$)|施(?!行|工)|退(?!还|回)|缴(?!纳|存)|交(?!纳|由|付)
            | 发(?!给|放|现|布|出)
            | 对(?![^，]{1,30}(?:进行|给予|作出|予以|实行|采取|提出|加以|承担)) | 允 | 运 | 景 | 声 | 和 | 该$ ) )
  | (?P<may> 可以 | 方可 | 方能(?!源)
        | (?<=[也亦并还均则仍])可(?![能行靠观])
        | (?<![许认不宁即尚])可(?=由|按|根据|依[照据法]|凭|向|在|对|申请|报请|自行|优先|直接|适当|责令|采取|委托|组织
            |将|给予|并?处以?[一二三四五六七八九十\d罚]|从[轻优]|通过|要求|延[长期]|设[立置]|聘请|调[动用]|提[出请]
            |享受|参[加照]|视情|先|免|全部|部分|分[期别批]|暂[不缓]|继续|酌情|适度) )
  | (?P<must_not> 不得(?!不) | 不应当? | 禁止(?![的性类令]) | 严禁 | 不[准许](?![予可]) )
    """,
    re.VERBOSE,
)
FORBIDDING = ("禁止", "严禁", "不准", "不许")
ONLY_THEN = ("方可", "方能")
BY_AFTER = re.compile(r"(?:也|直接|依法|分别|统一|共同|优先|首先|(?:按照?|依照)[^，。由]{2,12}){0,3}由")
# 依法应当…的信息, 规定不得…的, 国家禁止…的商品: the modal word describes a thing
DESCRIBES = re.compile(
    r"(?:规定|属于|其他|认为|是否|(?<![儿场务究出事养疗厕派])所|及其|哪些|将|把|对于?)(?:依法)?$"
    r"|^(?:将|把|对于?|其他)?依法$|^(?:将|把|对于?|其他)"
)
BY_LAW = re.compile(r"(?:国家|法律|法规|规章)(?:明令)?$|明令$")
ATTRIBUTE = re.compile(r"可以[^，的]{2}的")  # 可以利用的空间: what it is, and no permission
# 不得遗漏应当公布的目录: the second modal word of a clause says which thing it is
SHALL_BE = re.compile(r"应当[^，、的]{2,8}的[^，的]{2,}$")
GOES_ON = re.compile(r"(?:并且?|而且?|且|也|还|同时|但是?|或者?|均|都|及时|依法)$")
BEGINS_WITH_ACT = re.compile(
    r"(?:并|应当)?(?:明确|公布|公开|提出|确定|列明|提供|告知|属于|选择|采取|划定|设置)"
)  # 明确可以共享的清单
DETERMINES = re.compile(
    r"(?:划定|设[置立]|公布|提出|明确|确定|规定|制定|发布|列[入明]|进行|做好)\w{0,6}$"
)  # 划定禁止停车的区域
ENABLES = re.compile(r"(?:并|以)?(?:保证|确保|保障|使(?!用)|便于|以便)")  # 保证产地可以追溯
# 设置禁止停车标志
FORBIDDEN_NOUN = re.compile(
    r"(?:禁止|严禁)\w{1,12}(?:标志|标识|标牌|示牌|区域?|目录|名录|清单|措施|规定|标线)(?:[、和及]|$)"
)
FORBIDDEN_PLACE = re.compile(r"(?:禁止|严禁)[^在，]{2,30}?(?:区域?|范围|路段|水域|期间?|时段|场所)[内外]?的")
ENDS_IN_DE = re.compile(r"(?<![目标])的$")
TOPIC_END = re.compile(r"的(?!\w*(?:作出|进行|予以|给予|提出))\w{1,8}$")
LONG_TOPIC_END = re.compile(r"的[^的]{1,30}$")
NOT_DUTIES = re.compile(
    r"是指|所称|可以?.{0,8}(?:从轻|减轻|免予|不予)|管.{1,6}必须管|谁.{1,6}谁负责|除外$|参照.{0,20}(?:执行|适用)"
    r"|遵守(?:□+及其实施(?:条例|细则|办法))?[□、和]*本(?:条例|办法|规定|法|规则|细则|决定)$"
)
LONGEST_CLAUSE = 600  # what is longer is no sentence of a law


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal word at offset `at` of its clause; `said` tells its subject, `named` is one found for certain."""

    at: int
    word: str
    modality: str
    said: str
    named: str | None


def modals_of(clause: Clause, following: Clause | None) -> Iterator[Modal]:
    """The modal words of a clause that put a duty on somebody, give leave or forbid."""
    words = masked(clause.words)
    found = list(MODAL.finditer(words))
    if not found or _speaks_of_no_duty(words):
        return
    first, describing = True, words.rfind("的")
    for match in found:
        before = words[: match.start()]
        modality = match.lastgroup or "shall"
        if (
            before.endswith("、")
            or ATTRIBUTE.match(words, match.start())
            or _names_a_topic(clause.words, match, following)
        ):
            continue
        if (match["may"] and ENABLES.match(before)) or (before.endswith("除") and "外" in words[match.end() :]):
            continue
        if FORBIDDEN_NOUN.match(words, match.start()) and DETERMINES.search(before):
            continue
        if match.end() <= describing and (
            DESCRIBES.search(before)
            or (match[0] in FORBIDDING and BY_LAW.search(before))
            or (
                before
                and (BEGINS_WITH_ACT.fullmatch(before) or (modality != "shall" and BEGINS_WITH_ACT.match(before)))
            )
            or (modality == "must_not" and (DETERMINES.search(before) or before.endswith(("和", "或", "或者"))))
            or (not first and before.endswith("依法"))
            or (not first and SHALL_BE.match(words, match.start()) and not GOES_ON.search(before))
        ):
            continue
        said = clause.words[: match.start()] if first else ""
        yield Modal(match.start(), match[0], modality, said, _named(clause.words, words, match, first))
        first = False


def is_plain(clause: Clause) -> bool:
    """Whether a clause that may say who is competent has no modal word, and defines or describes nothing."""
    return not _speaks_of_no_duty(masked(clause.words)) and not any(modals_of(clause, None))


def _speaks_of_no_duty(words: str) -> bool:
    """Whether a clause (its brackets blotted out) defines, describes or applies, and binds nobody."""
    return bool(len(words) > LONGEST_CLAUSE or NOT_DUTIES.search(words) or ENDS_IN_DE.search(words))


def _named(printed: str, words: str, match: re.Match[str], first: bool) -> str | None:
    """Who is named beside the modal word: behind 由 or 禁止, or behind a 由 before it."""
    by = BY_AFTER.match(words, match.end())
    if by:
        body = body_after(printed, by.end()) or whoever_after(printed, by.end())
        return body if body and not COMPOSED.match(words, by.end() + len(body)) else None
    if match[0] in FORBIDDING:
        doer = doer_forbidden(printed[match.end() :])
        if doer:
            return doer
    if first and (own := list(BY.finditer(words, 0, match.start()))):
        return actor_at_head(printed[own[-1].end() : match.start()])
    return None


def _names_a_topic(printed: str, match: re.Match[str], following: Clause | None) -> bool:
    """可以现场核对的证件，不得要求另交: what is spoken of, and no permission."""
    if match["may"]:
        return following is not None and bool(TOPIC_END.search(printed) and MODAL.match(following.words))
    if match[0] not in FORBIDDING or match.start() or not LONG_TOPIC_END.search(printed):
        return False
    if following and FORBIDDEN_PLACE.match(printed):
        return True
    if following is None:
        return False
    modal = MODAL.search(following.words)
    return modal is not None and not modal["must_not"] and not following.words[: modal.start()].endswith("的")
