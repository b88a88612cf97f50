"""What a load says of itself, and how it fails."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q

from ingest.records import WarningRecord
from policies.models import Agency, Issue, Obligation, Observation, Policy, Provision, Reference, Responsibility, Target

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


class Outcome(StrEnum):
    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file.

    `issue` is None for documents that stand alone; `counts` has policies, agencies, warnings and the
    keys of COUNTED, as the base holds them now.
    """

    outcome: Outcome
    issue: Issue | None
    policies: list[Policy]
    counts: dict[str, int]

    @property
    def subject(self) -> Issue | Policy:
        """What readers find: the issue, or the first document that stands alone."""
        return self.issue or self.policies[0]


def report_on(outcome: Outcome, issue: Issue | None, policies: list[Policy]) -> LoadReport:
    """The report on these policies, counted in the database."""
    ids = [policy.pk for policy in policies]
    of_policies = {"policy__in": ids}
    counts = {name: model._default_manager.filter(**of_policies).count() for name, model in COUNTED.items()}
    named = Q(issued__policy__in=ids) | Q(responsibilities__responsibility__policy__in=ids)
    warnings = issue.warnings if issue else [warning for policy in policies for warning in policy.warnings]
    return LoadReport(
        outcome,
        issue,
        policies,
        {
            "policies": len(policies),
            **counts,
            "agencies": Agency.objects.filter(named).distinct().count(),
            "warnings": len(warnings),
        },
    )


def warning_json(warning: WarningRecord) -> dict[str, Any]:
    """A warning as Issue.warnings and Policy.warnings hold it."""
    return {"code": warning.code, "line": warning.line, "order": warning.order, "message": warning.message}
