"""Extracted rows as readers see them: those of policies that they may read, less what editors rejected."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from policies.models import Agency, Provision, ResponsibleAgency, Target
from policies.models.extracted import Review
from policies.models.publication import State


def standing(rows: QuerySet, user, prefix: str = "") -> QuerySet:
    """Rows that nobody rejected, of policies visible to `user`; `prefix` leads to the extracted row."""
    rows = rows.exclude(**{f"{prefix}review": Review.REJECTED})
    return rows if user.is_staff else rows.filter(**{f"{prefix}policy__state": State.PUBLISHED})


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


def targets_by_year(targets: QuerySet[Target]) -> list[tuple[int, int]]:
    """How many targets fall due in which year: (year, count), earliest first; those without a year are left out."""
    rows = targets.exclude(year=None).order_by("year").values_list("year").annotate(count=Count("pk"))
    return [(year, count) for year, count in rows]


def role_counts(agency: Agency, user) -> dict[str, int]:
    """How many tasks the agency has in which role, for every role."""
    roles = ResponsibleAgency.Role.values
    counted: dict[str, Any] = {role: Count("pk", filter=Q(role=role)) for role in roles}
    return standing_tasks(user).filter(agency=agency).aggregate(**counted)
