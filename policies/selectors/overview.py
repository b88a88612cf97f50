"""The knowledge base in figures."""

from dataclasses import dataclass

from django.db.models import Count, Q

from policies.models import Issue, Obligation, Observation, Policy, Provision, Reference, Responsibility, Review, Target
from policies.selectors.agencies import met_agencies
from policies.selectors.records import standing_clauses, standing_targets


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is that a user may read."""

    issues: int
    policies: int
    clauses: int
    targets: int
    agencies: int


def overview(user) -> Overview:
    return Overview(
        issues=Issue.objects.visible_to(user).count(),
        policies=Policy.objects.visible_to(user).count(),
        clauses=standing_clauses(user).count(),
        targets=standing_targets(user).count(),
        agencies=met_agencies(user).count(),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """How many records of a kind there are, and how many of them an editor has looked at."""

    kind: str
    total: int
    checked: int


def records_by_review(user) -> list[Checked]:
    """The extracted records that `user` may read, by kind; rejected ones are none."""
    policies = Policy.objects.visible_to(user)
    found = []
    for model in (Provision, Target, Responsibility, Obligation, Reference, Observation):
        records = Provision.objects.clauses() if model is Provision else model._default_manager
        rows = records.filter(policy__in=policies).standing()
        counts = rows.aggregate(total=Count("pk"), machine=Count("pk", filter=Q(review=Review.MACHINE)))
        found.append(Checked(str(model._meta.verbose_name), counts["total"], counts["total"] - counts["machine"]))
    return found
