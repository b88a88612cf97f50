"""Extracted rows as readers see them: those of policies that they may read, less what editors rejected."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from policies.models import Agency, Policy, Provision, ResponsibleAgency, Target
from policies.models.publication import seen_by
from policies.selectors.policies import with_year


def standing(rows: Any, user, prefix: str = "") -> QuerySet:
    """Rows that nobody rejected, of policies visible to `user`; `prefix` leads to the extracted row."""
    rows = rows.standing()
    return rows.filter(seen_by(user, f"{prefix}policy__"))


def standing_targets(user) -> QuerySet[Target]:
    return standing(Target.objects.all(), user)


def standing_clauses(user) -> QuerySet[Provision]:
    return standing(Provision.objects.clauses(), user)


def standing_tasks(user) -> QuerySet[ResponsibleAgency]:
    """Mentions of an agency as responsible for something."""
    return standing(ResponsibleAgency.objects.all(), user, "responsibility__")


def tasks_of(agency: Agency, user) -> QuerySet[ResponsibleAgency]:
    """An agency's tasks with their clause and policy, in the order of lists: newest policy first."""
    return (
        standing_tasks(user)
        .filter(agency=agency)
        .select_related("responsibility__policy__region", "responsibility__policy__issue", "responsibility__provision")
        .order_by("-responsibility__policy_id", "responsibility__line", "pk")
    )


@dataclass(frozen=True, slots=True)
class Engagement:
    """A policy that gives an agency tasks, the year that it speaks from, and how many they are."""

    policy: Policy
    year: int | None
    tasks: int


def engagements(agency: Agency, user) -> list[Engagement]:
    """The policies that give the agency tasks: the most tasks first, then the newest."""
    tasks = standing_tasks(user).filter(agency=agency).order_by().values_list("responsibility__policy")
    counts = dict(tasks.annotate(count=Count("pk")))
    policies = with_year(Policy.objects.filter(pk__in=counts)).only("slug", "title", "issue")
    found = [Engagement(policy, policy.of_year, counts[policy.pk]) for policy in policies]
    return sorted(found, key=lambda row: (-row.tasks, -(row.year or 0), row.policy.pk))


def targets_by_year(targets: QuerySet[Target]) -> list[tuple[int, int]]:
    """How many targets fall due in which year: (year, count), earliest first; those without a year are left out."""
    rows = targets.exclude(year=None).order_by("year").values_list("year").annotate(count=Count("pk"))
    return [(year, count) for year, count in rows]


def role_counts(agency: Agency, user) -> dict[str, int]:
    """How many tasks the agency has in which role, for every role."""
    roles = ResponsibleAgency.Role.values
    counted: dict[str, Any] = {role: Count("pk", filter=Q(role=role)) for role in roles}
    return standing_tasks(user).filter(agency=agency).aggregate(**counted)
