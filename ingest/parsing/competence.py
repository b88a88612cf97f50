"""Who is competent, said without a modal word: 由甲部门审批, 甲部门负责…, 按照各自职责."""

import re

from ingest.parsing.clauses import Clause, masked
from ingest.parsing.names import actor_at_head, predicates_of
from ingest.parsing.subjects import by_its_alias

BY = re.compile(r"(?<![理自事缘经案来])由(?![于此来])")
COMPETENCE = re.compile(
    r"""
    (?:分别|统一|具体|主要|统筹|共同|依法|全面){0,2} (?<!、)负责 (?![人的任制、]|同志)
    | 依(?:法定)?职权
    | (?:按照?|依据?|依照|根据|在) (?:其|各自|的|法定|有关|相关|工作|部门|规定){0,3}
      (?:职责|职能|职权) (?:和?(?:权限|任务))? (?:分工|范围|权限)? 内?
    """,
    re.VERBOSE,
)
COMPOSED = re.compile(r".{0,30}(?:组成|构成)|共同?组成|(?:担|兼)?任(?!免|命)|自主|自愿|引起|造成|导致|改为")
# 由甲部门确定的组织, 由甲部门负责审批的项目: which one it is
DESCRIBED_BY = re.compile(r"(?!没收|收缴|追缴|责令)(?:依法|负责|统一|直接|所)?\w{0,4}的")
NOT_THE_DOER = re.compile(r"(?:对|将|把|向|与|是|为|和)$")
BEFORE_PREDICATE = 80
LONGEST_NAME = 16


def body_after(words: str, start: int) -> str | None:
    """The body that acts in 由…: 发起人 of 由发起人提出申请; `start` is the offset behind 由."""
    return actor_at_head(words[start : start + BEFORE_PREDICATE], is_name=True)


def whoever_after(words: str, start: int) -> str | None:
    """The one behind 应当由, whatever its name ends in: 火葬场 of 必须由火葬场承办."""
    end = next(predicates_of(masked(words[start : start + LONGEST_NAME])), 0)
    return words[start : start + end] or None


def competence_in(clause: Clause) -> tuple[int, str, bool] | None:
    """Where a clause says who is competent, the words that name them, and whether 由 does."""
    words = masked(clause.words)
    match = COMPETENCE.search(words)
    for by in BY.finditer(words):
        if match and match.start() < by.end():
            break
        body = body_after(clause.words, by.end())
        end = by.end() + len(body or "")
        if not body and match:
            body, end = clause.words[by.end() : match.start()], match.start()
        if body in ("其", "该"):
            return by.start(), "", False
        if body and end < len(words) and not _describes(words, by.start(), end):
            return by.start(), by_its_alias(body), True
    if match and not BY.search(words, 0, match.start()):
        return match.start(), clause.words[: match.start()], False
    return None


def _describes(words: str, by: int, end: int) -> bool:
    return bool(COMPOSED.match(words, end) or DESCRIBED_BY.match(words, end) or NOT_THE_DOER.search(words[:by]))
