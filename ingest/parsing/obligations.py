"""Who shall, may or must not do what: the modal words of laws, and what is said of competence without them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.parsing.clauses import Clause, sentences_of
from ingest.parsing.compact import CompactText, compacted
from ingest.parsing.competence import competence_in
from ingest.parsing.modals import ENDS_IN_DE, FORBIDDING, ONLY_THEN, Modal, is_plain, modals_of
from ingest.parsing.names import begins_with_act
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.predicates import ANY_PREDICATE
from ingest.parsing.regions import Region
from ingest.parsing.subjects import ENDS_CIRCUMSTANCE, EVERY, regulated_act, subject_in, thing_at_head, topic_in
from ingest.records import ObligationRecord

CONDITION = re.compile(r"未经|违反|逾期|拒不|情节|构成|造成")  # speaks of nobody in an article before
PAYS = re.compile(r"由.+(?:承担|负担|支付)")  # of whom the next clause does not speak
PLACE = re.compile(r"(?:区域?|范围|地带|路段|水域|场所|流域)[内外]$")  # 保护区内不得…: nobody may
AND_ALSO = re.compile(r"以及|和|及")
BUT = re.compile(r"但是?|除非")
MANNER = 4  # characters; a shorter adverbial (此外, 一般) is no subject
WHAT_IS_DONE = re.compile(
    r"所(?![有以在])[^，的]{1,12}的[^，的]{2,20}"
)  # 所采集的数据，应当…: of the data, not of whom is spoken
EVERYBODY = "任何单位和个人"
CONFIDENCE = {"actor": 0.85, "thing": 0.75, "carried": 0.6, "everybody": 0.5}


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
                reading = Reading(node, compacted(joined), region, carried)
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

    def __init__(self, node: Node, compact: CompactText, region: Region | None, carried: Carried | None):
        self._node = node
        self._compact = compact
        self._region = region
        self.carried = carried

    def records(self) -> Iterator[ObligationRecord]:
        for clauses in sentences_of(self._compact.text):
            if any("是指" in clause.words for clause in clauses[:2]):
                continue  # a definition
            findings = list(self._findings(clauses))
            for finding, after in zip_longest(findings, findings[1:]):
                start = clauses[finding.first].start
                last = clauses[after.first].start if after else clauses[-1].end
                line, quote = self._compact.quote(start, max(last, finding.at + 1), finding.at)
                yield ObligationRecord(
                    path=self._node.path,
                    line=line,
                    quote=quote.rstrip("，；。：,;:"),
                    subject=self._with_region(finding.subject.strip("、")),
                    modality=finding.modality,
                    rule=f"obligation-{finding.modality}",
                    confidence=CONFIDENCE[finding.basis],
                )

    def _findings(self, clauses: list[Clause]) -> Iterator[Finding]:
        done = 0  # clauses before it belong to rows already given
        spoken: str | None = None  # the subject of the row before in this sentence
        bound: str | None = None  # the subject of the modal word before in it
        for index, clause in enumerate(clauses):
            following = clauses[index + 1] if index + 1 < len(clauses) else None
            for modal in modals_of(clause, following):
                subject, basis = self._bound_by(modal, clauses[done:index], spoken, bound)
                if subject:
                    self._carry(subject, basis)
                    yield Finding(
                        clause.start + modal.at, _first(clauses, done, index, subject), subject, modal.modality, basis
                    )
                    done, spoken, bound = index + 1, subject, subject
            if done <= index and (found := competence_in(clause)) and is_plain(clause):
                at, said, by = found
                subject, basis = (said, "actor") if by else self._competent(clauses[done:index], said, spoken)
                if subject:
                    yield Finding(
                        clause.start + at, _first(clauses, done, index, subject), subject, "responsible", basis
                    )
                    done = index + 1
                    if not PAYS.search(clause.words):
                        spoken = subject
                        self._carry(subject, basis)
        if not done:
            self._remember(clauses[0].words)

    def _competent(self, before: list[Clause], said: str, spoken: str | None) -> tuple[str | None, str]:
        """Who is competent in a clause without 由; nobody where it only goes on from what is said before."""
        subject, basis = self._subject(before, said, spoken)
        shares_the_work = basis == "thing" and begins_with_act(said)  # 共同制定方案并按照各自职责实施
        return (None if shares_the_work or basis == "carried" else subject), basis

    def _bound_by(
        self, modal: Modal, before: list[Clause], spoken: str | None, bound: str | None
    ) -> tuple[str | None, str]:
        """Whom a modal word binds; a prohibition that names nobody in its sentence binds everybody."""
        if modal.word in ONLY_THEN and bound and not modal.said:
            return bound, "carried"  # 应当申请，由甲部门批准后，方可…: whoever applies
        if modal.named:
            return modal.named, "actor"
        bare = modal.word in FORBIDDING and not any(subject_in(modal.said))
        if bare or (modal.modality == "must_not" and PLACE.search(modal.said)):
            named = (actor or thing for actor, thing in (subject_in(clause.words) for clause in reversed(before)))
            subject = spoken or next(filter(None, named), None)
            return (subject, "carried") if subject else (EVERYBODY, "everybody")
        subject, basis = self._subject(before, modal.said, spoken)
        if not subject and modal.modality == "must_not" and not modal.said:
            return EVERYBODY, "everybody"
        return subject, basis

    def _subject(self, before: list[Clause], said: str, spoken: str | None) -> tuple[str | None, str]:
        """The subject, from what its own clause says before the modal word, else from the clauses before.

        `spoken`: the subject of the row before in the same sentence, which goes on unless somebody else acts.
        """
        actor, thing = subject_in(said)
        if actor or thing:
            return actor or thing, "actor" if actor else "thing"
        things: list[str] = []
        for index in range(len(before) - 1, -1, -1):
            words = before[index].words
            if spoken and BUT.match(words) and ENDS_IN_DE.search(words):
                continue  # 但其他人不同意的，不得…: the one spoken of goes on
            actor, thing = subject_in(words)
            if actor:
                return _with_others(before[:index], words, actor), "actor"
            if thing:
                things.append(topic_in(thing))
        if things and WHAT_IS_DONE.fullmatch(before[-1].words) and not said:
            return things[0], "thing"
        if spoken:
            return spoken, "carried"
        if things:
            return things[-1], "thing"
        return self._supplied(before, said)

    def _supplied(self, before: list[Clause], said: str) -> tuple[str | None, str]:
        """The subject of an earlier sentence; a thing goes on only where this one is about nothing else."""
        carried = self.carried
        if carried and not carried.own and any(CONDITION.match(clause.words) for clause in before):
            return None, "carried"
        conditions = [clause.words for clause in before if ENDS_IN_DE.search(clause.words)]
        if conditions and EVERY.match(conditions[0]):
            return thing_at_head(conditions[0]), "thing"
        if carried and conditions and (act := regulated_act(conditions[0], carried.subject)):
            return act, "thing"
        if carried is None or carried.is_thing or not carried.own:
            head = next(filter(None, map(thing_at_head, conditions)), None) or _topic_said(said)
            if head:
                return head, "thing"
        return (carried.subject if carried else None), "carried"

    def _remember(self, words: str) -> None:
        """A sentence without a row may still name who acts, for the sentence behind it."""
        actor, thing = subject_in(words)
        if actor:
            self._carry(actor, "actor")
        elif thing and not (self.carried and self.carried.own) and not ANY_PREDICATE.match(thing):
            self._carry(topic_in(thing), "thing")

    def _carry(self, subject: str, basis: str) -> None:
        is_thing = basis == "thing" or (basis == "carried" and self.carried is not None and self.carried.is_thing)
        self.carried = Carried(subject, is_thing)

    def _with_region(self, subject: str) -> str:
        """上海市经济信息化部门 for 市经济信息化部门; 市场主体 stays."""
        region = self._region
        if region and region.name.endswith("市") and re.match(r"市(?!场|民|容|政(?![府务协]))", subject):
            return region.name + subject[1:]
        return subject


def _topic_said(said: str) -> str | None:
    """大型建设项目 of 对大型建设项目应当限制; nothing of a mere adverbial."""
    return None if len(said) <= MANNER or ENDS_CIRCUMSTANCE.search(said) else said.removeprefix("对")


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


def _first(clauses: list[Clause], done: int, index: int, subject: str) -> int:
    """The clause that a row begins with: behind the row before, its subject and its own conditions included."""
    if done == 0:
        return 0
    first = index - (index > done and clauses[index - 1].words == subject)
    while first > done and ENDS_CIRCUMSTANCE.search(clauses[first - 1].words):
        first -= 1
    return first
