"""Who shall, may or must not do what: the modal words of laws, and what is said of competence without them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.parsing.compact import CompactText
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.regions import Region
from ingest.parsing.subjects import BY, ENDS_CIRCUMSTANCE, actor_at_head, begins_with_act, subject_in, thing_at_head
from ingest.records import ObligationRecord

MODAL = re.compile(
    r"""
    (?P<shall> 应当 | 必须 | 务必 | (?<![必无])须(?!知)
        | (?<![适相供反响对效感回顺呼照])
          应(?=[在于按依由将及遵具建保明设采向以经制定严加如立先同首自为会履组配推统完报督落纳符确][^用]) )
  | (?P<may> 可以 | 方可 )
  | (?P<must_not> 不得(?!不) | 禁止 | 严禁 | 不准 )
    """,
    re.VERBOSE,
)
BY_AFTER = re.compile(r"(?:也|直接|依法|分别|统一|共同|优先|(?:按照?|依照)[^，。由]{2,12}){0,3}由")
# 依法应当…的信息, 规定不得…的: the modal word describes a thing
DESCRIBES = re.compile(
    r"(?:规定|属于|其他|认为|是否|所|及其|哪些|将|把|对于?)(?:依法)?$|^(?:将|把|对于?|其他)?依法$|^(?:将|把|对于?|其他)"
)
ATTRIBUTE = re.compile(r"可以[^，的]{2}的")  # 可以利用的空间: what it is, and no permission
BEGINS_WITH_ACT = re.compile(
    r"(?:并|应当)?(?:明确|公布|公开|提出|确定|列明|提供|告知|属于|选择|采取)"
)  # 明确可以共享的清单
# 未经授权，不得…; 情节严重的，可以…: who does not stand in the article is not the one of the article before
CONDITION = re.compile(r"^(?:未经|违反|逾期|拒不|情节|构成|造成)")
ENDS_IN_DE = re.compile(r"(?<![目标])的$")
AND_ALSO = re.compile(r"以及|和|及")
TOPIC_END = re.compile(r"的(?!\w*(?:作出|进行|予以|给予|提出))\w{1,8}$")
NOT_DUTIES = re.compile(
    r"是指|所称|可以.{0,8}(?:从轻|减轻|免予|不予)|管.{1,6}必须管|谁.{1,6}谁负责|除外$|参照.{0,20}(?:执行|适用)"
)
COMPETENCE = re.compile(
    r"""
    (?:分别|统一|具体|主要|统筹|共同|依法|全面){0,2} (?<!、)负责 (?![人的任制、]|同志)
    | 依(?:法定)?职权
    | (?:按照?|依据?|依照|根据|在) (?:其|各自|的|法定|有关|相关|工作|部门|规定){0,3}
      (?:职责|职能|职权) (?:和?(?:权限|任务))? (?:分工|范围|权限)? 内?
    """,
    re.VERBOSE,
)
DESCRIBED_BY = re.compile(r"\w{2,4}的|.{0,30}(?:组成|构成)")  # 由甲部门确定的组织
AUTHORITY = re.compile(r"(?:机关|部门|机构|政府|委员会|办事处|法院|检察院|单位|[部厅局办委院])等?(?:和|及|或者)?$")
BEFORE_PREDICATE = 80
MANNER = 4  # characters; a shorter adverbial (此外, 一般) is no subject
LONGEST_CLAUSE = 600  # what is longer is no sentence of a law
EVERYBODY = "任何单位和个人"
CONFIDENCE = {"actor": 0.85, "thing": 0.75, "carried": 0.6, "everybody": 0.5}


@dataclass(slots=True)
class Clause:
    """What stands between two commas, at [start, end) of the text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A modal word, or words of competence, at `at`; its row begins with the clause `first`."""

    at: int
    first: int
    subject: str
    modality: str
    basis: str


def find_obligations(outline: Outline, region: Region | None) -> list[ObligationRecord]:
    """The obligations of a law's articles; the lists （一）（二） below an article give none.

    A subject that a sentence leaves out is supplied from the sentence before; one that begins with
    市 gets the name of `region`.
    """
    records: list[ObligationRecord] = []
    carried: Carried | None = None
    for node in outline.walk():
        if node.type != "article":
            continue
        if carried:
            carried = replace(carried, own=False)
        for joined in (node.text, node.tail):
            if joined:
                reading = Reading(node, CompactText(joined), region, carried)
                records += reading.records()
                carried = reading.carried
    return records


@dataclass(frozen=True, slots=True)
class Carried:
    """Whom the last sentence spoke of; `own`: in this same article."""

    subject: str
    is_thing: bool
    own: bool = True


class Reading:
    """One text of an article, read sentence by sentence."""

    def __init__(self, node: Node, compact: CompactText, region: Region | None, carried: "Carried | None"):
        self._node = node
        self._compact = compact
        self._region = region
        self.carried = carried

    def records(self) -> Iterator[ObligationRecord]:
        for clauses in _sentences(self._compact.text):
            findings = list(self._findings(clauses))
            for finding, after in zip_longest(findings, findings[1:]):
                start = clauses[finding.first].start
                last = clauses[after.first].start if after else clauses[-1].end
                line, quote = self._compact.quote(start, max(last, finding.at + 1), finding.at)
                yield ObligationRecord(
                    path=self._node.path,
                    line=line,
                    quote=quote.rstrip("，；。：,;:"),
                    subject=self._with_region(finding.subject),
                    modality=finding.modality,
                    rule=f"obligation-{finding.modality}",
                    confidence=CONFIDENCE[finding.basis],
                )

    def _findings(self, clauses: list[Clause]) -> Iterator[Finding]:
        done = 0  # clauses before it belong to rows already given
        spoken: str | None = None  # the subject of the row before in this sentence
        for index, clause in enumerate(clauses):
            following = clauses[index + 1] if index + 1 < len(clauses) else None
            for at, modality, said in _modals(clause):
                if modality == "may" and following and _is_topic(clause, following):
                    continue
                subject, basis = self._subject(clauses[done:index], said, spoken)
                forbids = clause.words.startswith(("禁止", "严禁"), at) and spoken is None and basis == "carried"
                if modality == "must_not" and not said and (forbids or not subject):
                    subject, basis = EVERYBODY, "everybody"
                if not subject:
                    continue
                self._carry(subject, basis)
                yield Finding(clause.start + at, _first(clauses, done, index), subject, modality, basis)
                done, spoken = index + 1, subject
            if done <= index and (found := _competence(clause)):
                at, said = found
                subject, basis = self._subject(clauses[done:index], said, spoken)
                if basis == "thing" and begins_with_act(said):
                    continue  # 共同制定方案并按照各自职责实施
                if subject and basis != "carried":  # 根据法定职责… without its own subject goes on from an 应当
                    self._carry(subject, basis)
                    yield Finding(clause.start + at, _first(clauses, done, index), subject, "responsible", basis)
                    done, spoken = index + 1, subject

    def _subject(self, before: list[Clause], said: str, spoken: str | None) -> tuple[str | None, str]:
        """The subject, from what its own clause says before the modal word, else from the clauses before.

        `spoken`: the subject of the row before in the same sentence, which goes on unless somebody else acts.
        """
        actor, thing = subject_in(said)
        if actor or thing:
            return actor or thing, "actor" if actor else "thing"
        things: list[str] = []
        for index in range(len(before) - 1, -1, -1):
            actor, thing = subject_in(before[index].words)
            if actor:
                return _with_others(before[:index], before[index].words, actor), "actor"
            if thing:
                things.append(thing)
        if spoken:
            return spoken, "carried"
        if things:
            return things[0], "thing"
        return self._supplied(before, said)

    def _supplied(self, before: list[Clause], said: str) -> tuple[str | None, str]:
        """The subject of an earlier sentence; a thing goes on only where this one is about nothing else."""
        carried = self.carried
        if carried and not carried.own and any(CONDITION.match(clause.words) for clause in before):
            return None, "carried"
        if carried is None or carried.is_thing:
            conditions = [clause.words for clause in before if ENDS_IN_DE.search(clause.words)]
            head = next(filter(None, map(thing_at_head, conditions)), None) or (said if len(said) > MANNER else None)
            if head:
                return head, "thing"
        return (carried.subject if carried else None), "carried"

    def _carry(self, subject: str, basis: str) -> None:
        is_thing = basis == "thing" or (basis == "carried" and self.carried is not None and self.carried.is_thing)
        self.carried = Carried(subject, is_thing)

    def _with_region(self, subject: str) -> str:
        """上海市经济信息化部门 for 市经济信息化部门; 市场主体 stays."""
        region = self._region
        if region and region.name.endswith("市") and re.match(r"市(?!场|民|容|政(?![府务协]))", subject):
            return region.name + subject[1:]
        return subject


def _sentences(text: str) -> Iterator[list[Clause]]:
    """The clauses of each sentence; brackets and titles are left whole."""
    clauses: list[Clause] = []
    depth, start = 0, 0
    for position, char in enumerate(text):
        depth += (char in "（《") - (char in "）》" and depth > 0)
        if char in "。；\n" or (char in "，：" and not depth):
            clauses.append(Clause(start, position, text[start:position]))
            start = position + 1
            if char not in "，：":
                yield clauses
                clauses, depth = [], 0
    clauses.append(Clause(start, len(text), text[start:]))
    yield [clause for clause in clauses if clause.words] or clauses


def _modals(clause: Clause) -> Iterator[tuple[int, str, str]]:
    """Place and kind of every modal word that puts a duty on somebody, and what tells its subject."""
    words = _masked(clause.words)
    if len(words) > LONGEST_CLAUSE or NOT_DUTIES.search(words) or ENDS_IN_DE.search(words):
        return
    first, describing = True, words.rfind("的")
    for match in MODAL.finditer(words):
        before = words[: match.start()]
        if ATTRIBUTE.match(words, match.start()):
            continue
        if match.end() <= describing and (
            DESCRIBES.search(before)
            or (match["may"] and before and BEGINS_WITH_ACT.match(before))
            or (not first and before.endswith("依法"))
            or (match["must_not"] and before.endswith(("、", "和", "或", "或者")))  # 限制开发、禁止开发的区域
        ):
            continue
        said = clause.words[: match.start()] if first else ""
        by = BY_AFTER.match(words, match.end())
        if by:
            said = actor_at_head(words[by.end() : by.end() + BEFORE_PREDICATE]) or said
        elif match[0] in ("禁止", "严禁") and not said:
            said = _forbidden(words[match.end() : match.end() + BEFORE_PREDICATE])
        elif first and (own := list(BY.finditer(before))):
            said = actor_at_head(before[own[-1].end() :]) or said
        yield match.start(), match.lastgroup or "shall", said
        first = False


def _with_others(before: list[Clause], words: str, actor: str) -> str:
    """甲部门，以及乙单位 for 乙单位 behind a clause that ends in its fellow."""
    if (
        AND_ALSO.match(words)
        and before
        and words.endswith(actor)
        and subject_in(before[-1].words)[0] == before[-1].words
    ):
        return f"{before[-1].words}，{words}"
    return actor


def _is_topic(clause: Clause, following: Clause) -> bool:
    """可以通过共享方式获取的公共数据，不得重复收集: what is spoken of, and no permission."""
    return TOPIC_END.search(clause.words) is not None and MODAL.match(following.words) is not None


def _forbidden(words: str) -> str:
    """任何单位和个人 of 禁止任何单位和个人…."""
    actor = actor_at_head(words)
    return actor if actor and actor.startswith("任何") else ""


def _competence(clause: Clause) -> tuple[int, str] | None:
    """Where a clause without a modal word says who is competent, and the words that name them."""
    words = _masked(clause.words)
    if len(words) > LONGEST_CLAUSE or NOT_DUTIES.search(words) or ENDS_IN_DE.search(words) or MODAL.search(words):
        return None
    match = COMPETENCE.search(words)
    by = next((m for m in BY.finditer(words) if match is None or m.end() <= match.start()), None)
    if by:
        said = words[by.end() : match.start()] if match else ""
        actor = said or actor_at_head(words[by.end() : by.end() + BEFORE_PREDICATE])
        if (
            actor
            and "组成的" not in actor
            and (match or (AUTHORITY.search(actor) and not DESCRIBED_BY.match(words, by.end() + len(actor))))
        ):
            return by.start(), actor
        return None
    return (match.start(), clause.words[: match.start()]) if match else None


def _masked(words: str) -> str:
    """The words with what stands in brackets and titles blotted out; places stay."""
    return re.sub(r"（[^（）]*）|《[^《》]*》", lambda match: "□" * len(match[0]), words)


def _first(clauses: list[Clause], done: int, index: int) -> int:
    """The clause that a row begins with: behind the row before, its own conditions included."""
    if done == 0:
        return 0
    first = index
    while first > done and ENDS_CIRCUMSTANCE.search(clauses[first - 1].words):
        first -= 1
    return first
