"""What a load says of itself, and how it fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model, Q

from policies.models import (
    Agency,
    Doubt,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    Target,
)

COUNTED: dict[str, type[Model]] = {
    "provisions": Provision,
    "targets": Target,
    "responsibilities": Responsibility,
    "obligations": Obligation,
    "references": Reference,
    "observations": Observation,
}


class LoadingError(Exception):
    """Records that cannot become rows; nothing was written.  The message is Chinese, for an editor."""


class OtherVersionError(LoadingError):
    """Other bytes for what is in the base; `there` says what that is and from which file."""

    def __init__(self, there: str):
        super().__init__(f"{there}，与这个文件内容不同，没有改动。")
        self.there = there


class Outcome(StrEnum):
    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    GONE = "gone"  # loaded once; another version replaced them since, or their load was undone


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file.

    `issue` is None for documents that stand alone, and of what is GONE there are no `policies` either; `counts` has
    policies, agencies, warnings and the keys of COUNTED, as the base holds them now, and how many of editors'
    decisions this load kept and how many no longer fit, `lost`.
    """

    outcome: Outcome
    issue: Issue | None
    policies: list[Policy]
    counts: dict[str, int]

    @property
    def subjects(self) -> Sequence[Issue | Policy]:
        """What is published: the issue, or each document that stands alone."""
        return [self.issue] if self.issue else self.policies

    @property
    def subject(self) -> Issue | Policy:
        """What readers find: the issue, or the first document that stands alone."""
        return self.subjects[0]


def report_on(
    outcome: Outcome, issue: Issue | None, policies: list[Policy], *, kept: int = 0, lost: int = 0
) -> LoadReport:
    """The report on these policies, counted in the database; decisions as told."""
    ids = [policy.pk for policy in policies]
    of_policies = {"policy__in": ids}
    counts = {name: model._default_manager.filter(**of_policies).count() for name, model in COUNTED.items()}
    named = Q(issued__policy__in=ids) | Q(responsibilities__responsibility__policy__in=ids)
    doubts = Doubt.objects.filter(issue=issue) if issue else Doubt.objects.filter(policy__in=ids)
    return LoadReport(
        outcome,
        issue,
        policies,
        {
            "policies": len(policies),
            **counts,
            "agencies": Agency.objects.filter(named).distinct().count(),
            "warnings": doubts.count(),
            "kept": kept,
            "lost": lost,
        },
    )
