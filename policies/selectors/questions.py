"""The review queue: everything that waits for an editor's word, what matters most first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from policies.models import (
    Agency,
    Doubt,
    Issue,
    Obligation,
    Observation,
    Policy,
    Problem,
    Reference,
    Responsibility,
    Review,
    Target,
)
from policies.models.doubt import MUST_FIX
from policies.selectors.agencies import met_in

DOUBTFUL = 0.8  # the confidence below which a row is asked about
ROWS: dict[str, type[Any]] = {
    "target": Target,
    "responsibility": Responsibility,
    "obligation": Obligation,
    "observation": Observation,
    "reference": Reference,
}
KINDS = {
    "doubt": "提示",
    "problem": "读者报告",
    "agency": "未识别的部门",
    **{kind: str(model._meta.verbose_name) for kind, model in ROWS.items()},
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide: what kind of row it is about, which, and how it is told in a list."""

    kind: str
    pk: int
    text: str
    policy: str = ""
    issue: str = ""
    must_fix: bool = False

    @property
    def key(self) -> str:
        """Its address in the queue: target-33."""
        return f"{self.kind}-{self.pk}"

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


def questions(issue: Issue | None = None, kind: str = "") -> list[Question]:
    """The queue, of one issue or one kind only if asked: doubts that must be fixed, what readers report,
    agencies that nobody knows by the tasks they have, the other doubts, then rows by their confidence."""
    parts = [_doubts(issue, must_fix=True), _problems(issue), _agencies(issue), _doubts(issue, must_fix=False)]
    found = [question for part in parts for question in part if kind in ("", question.kind)]
    rows = [row for name in ROWS if kind in ("", name) for row in _rows(name, issue)]
    return found + [question for _, question in sorted(rows, key=lambda row: row[0])]


def question_counts() -> list[tuple[str, str, int]]:
    """(kind, name, number) of all that `questions` asks, kind by kind, without reading it."""
    rows: dict[str, QuerySet[Any]] = {
        "doubt": Doubt.objects.unsettled(),
        "problem": Problem.objects.filter(settled_at=None),
        "agency": unknown_agencies(),
        **{kind: _doubtful(model) for kind, model in ROWS.items()},
    }
    return [(kind, name, rows[kind].count()) for kind, name in KINDS.items()]


def unknown_agencies() -> QuerySet[Agency]:
    """Agencies that no gazetteer and no editor knows, and that something names which nobody rejected."""
    return Agency.objects.filter(met_in(Policy.objects.all()), known=False, merged_into=None)


def _doubts(issue: Issue | None, *, must_fix: bool) -> Iterator[Question]:
    rows = _within(Doubt.objects.unsettled(), issue, Q(issue=issue))
    rows = rows.filter(code__in=MUST_FIX) if must_fix else rows.exclude(code__in=MUST_FIX)
    for doubt in rows.select_related("issue", "policy__issue").only(*_NAMES, "issue__year", "issue__number", "message"):
        yield Question(
            "doubt",
            doubt.pk,
            doubt.message,
            doubt.policy.title if doubt.policy else "",
            str(doubt.issue or ""),
            must_fix,
        )


_NAMES = ("policy__title", "policy__issue__year", "policy__issue__number")


def _problems(issue: Issue | None) -> Iterator[Question]:
    rows = _within(Problem.objects.filter(settled_at=None), issue, Q(policy__issue=issue)).order_by("id")
    for problem in rows.select_related("policy__issue").only(*_NAMES, "text"):
        yield Question("problem", problem.pk, problem.text, problem.policy.title, str(problem.policy.issue or ""))


def _agencies(issue: Issue | None) -> Iterator[Question]:
    """Unknown agencies with how often they are named."""
    named = Q(responsibilities__responsibility__review=Review.MACHINE)
    if issue:
        named &= Q(responsibilities__responsibility__policy__issue=issue)
    rows = unknown_agencies().annotate(tasks=Count("responsibilities", filter=named, distinct=True))
    rows = rows.filter(tasks__gt=0) if issue else rows
    for agency in rows.order_by("-tasks", "pk"):
        places = f"（{agency.tasks} 处）" if agency.tasks else ""
        yield Question("agency", agency.pk, f"{agency.name}{places}")


def _rows(kind: str, issue: Issue | None) -> Iterator[tuple[tuple[float, int, int], Question]]:
    rows = _within(_doubtful(ROWS[kind]), issue, Q(policy__issue=issue)).order_by("confidence")
    for row in rows.select_related("policy__issue").only(*_NAMES, "quote", "confidence", "line"):
        question = Question(kind, row.pk, row.quote, row.policy.title, str(row.policy.issue or ""))
        yield (row.confidence, row.policy_id, row.line), question


def _doubtful(model: type[Any]) -> QuerySet[Any]:
    return model.objects.filter(review=Review.MACHINE, confidence__lt=DOUBTFUL)


def _within(rows: QuerySet[Any], issue: Issue | None, condition: Q) -> QuerySet[Any]:
    return rows.filter(condition) if issue else rows
