"""How far the records of policies are checked, and what is still open about them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from policies.models import (
    Doubt,
    Issue,
    Obligation,
    Observation,
    Policy,
    Problem,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Review,
    Target,
)
from policies.models.doubt import MUST_FIX
from policies.models.extracted import ExtractedRow
from policies.selectors.questions import DOUBTFUL
from policies.selectors.questions import KINDS as QUESTIONS

RECORDS: dict[str, type[Any]] = {
    "policy": Policy,
    "provision": Provision,
    "target": Target,
    "responsibility": Responsibility,
    "obligation": Obligation,
    "observation": Observation,
    "reference": Reference,
}
NAMES = {kind: str(model._meta.verbose_name) for kind, model in RECORDS.items()} | {"policy": "政策信息"}


@dataclass(frozen=True, slots=True)
class Measure:
    """Records of one kind, or of all, by who vouches for them."""

    name: str
    reviews: Counter[str]

    @property
    def total(self) -> int:
        return self.reviews.total()

    @property
    def checked(self) -> int:
        """Those that an editor decided on, rejected ones too."""
        return self.total - self.reviews[Review.MACHINE]

    @property
    def numbers(self) -> list[int]:
        """As many as there are for each `Review`, in its order."""
        return [self.reviews[review] for review in Review]

    @property
    def percent(self) -> int:
        """The checked share; 100 only where all are checked, and where there is none."""
        return 100 * self.checked // self.total if self.total else 100


@dataclass(slots=True)
class Completeness:
    """The records of some policies by kind, their warnings, and their open questions by the queue's kinds."""

    records: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in RECORDS})
    asked: Counter[str] = field(default_factory=Counter)
    unknown: set[int] = field(default_factory=set)  # agencies
    must_fix: int = 0
    settled: int = 0

    @property
    def policies(self) -> int:
        return self.records["policy"].total()

    @property
    def measures(self) -> list[Measure]:
        """Kind by kind, then all together."""
        return [*(Measure(NAMES[kind], reviews) for kind, reviews in self.records.items()), self.whole]

    @property
    def whole(self) -> Measure:
        return Measure("合计", sum(self.records.values(), Counter()))

    @property
    def questions(self) -> list[tuple[str, str, int]]:
        """(kind, name, number) of what the review queue asks, in its order; kinds without questions are left out."""
        numbers = {**self.asked, "agency": len(self.unknown)}
        return [(kind, name, numbers[kind]) for kind, name in QUESTIONS.items() if numbers.get(kind)]

    @property
    def open(self) -> int:
        return sum(number for _, _, number in self.questions)

    @classmethod
    def together(cls, parts: Iterable["Completeness"]) -> "Completeness":
        """Of several policies as one; an agency that several name is one question."""
        whole = cls()
        for part in parts:
            for kind, reviews in part.records.items():
                whole.records[kind].update(reviews)
            whole.asked.update(part.asked)
            whole.unknown |= part.unknown
            whole.must_fix += part.must_fix
            whole.settled += part.settled
        return whole


def completeness_by_policy(policies: Collection[int]) -> dict[int, Completeness]:
    """For each of the policies, by their ids, in as many queries for many as for one."""
    found = {pk: Completeness() for pk in policies}
    for kind, model in RECORDS.items():
        _count_records(found, kind, model)
    _count_doubts(found, "policy", Q(policy__in=found))
    problems = Problem.objects.filter(policy__in=found, settled_at=None).order_by()
    for pk, number in problems.values_list("policy").annotate(number=Count("pk")):
        found[pk].asked["problem"] = number
    named = ResponsibleAgency.objects.filter(
        responsibility__policy__in=found, responsibility__review=Review.MACHINE, agency__known=False
    )
    for pk, agency in named.order_by().values_list("responsibility__policy", "agency").distinct():
        found[pk].unknown.add(agency)
    return found


def of_whole_issues(issues: Collection[int]) -> dict[int, Completeness]:
    """What is said of the issues as such, by their ids, and of none of their policies: warnings."""
    found = {pk: Completeness() for pk in issues}
    _count_doubts(found, "issue", Q(issue__in=found, policy=None))
    return found


def completeness_of(subjects: Collection[Issue | Policy]) -> list[Completeness]:
    """For each issue with all its policies, and each policy that stands alone, in the order given."""
    issues = {subject.pk for subject in subjects if isinstance(subject, Issue)}
    alone = {subject.pk for subject in subjects if isinstance(subject, Policy)}
    held = dict(Policy.objects.filter(Q(issue__in=issues) | Q(pk__in=alone)).values_list("pk", "issue"))
    by_policy, by_issue = completeness_by_policy(held), of_whole_issues(issues)
    return [
        Completeness.together([by_issue[one.pk], *(by_policy[pk] for pk, issue in held.items() if issue == one.pk)])
        if isinstance(one, Issue)
        else by_policy[one.pk]
        for one in subjects
    ]


def _count_records(found: dict[int, Completeness], kind: str, model: type[Any]) -> None:
    path = "pk" if model is Policy else "policy"
    rows = model._default_manager.filter(**{f"{path}__in": found}).order_by().values_list(path, "review")
    if not issubclass(model, ExtractedRow):
        for pk, review, number in rows.annotate(number=Count("pk")):
            found[pk].records[kind][review] = number
        return
    doubtful = Count("pk", filter=Q(review=Review.MACHINE, confidence__lt=DOUBTFUL))
    for pk, review, number, asked in rows.annotate(number=Count("pk"), asked=doubtful):
        found[pk].records[kind][review] = number
        found[pk].asked[kind] += asked


def _count_doubts(found: dict[int, Completeness], path: str, of: Q) -> None:
    unsettled = Q(settled_at=None)
    numbers = {
        "open": Count("pk", filter=unsettled),
        "must_fix": Count("pk", filter=unsettled & Q(code__in=MUST_FIX)),
        "settled": Count("pk", filter=~unsettled),
    }
    for pk, waiting, must_fix, settled in Doubt.objects.filter(of).order_by().values_list(path).annotate(**numbers):
        found[pk].asked["doubt"], found[pk].must_fix, found[pk].settled = waiting, must_fix, settled
