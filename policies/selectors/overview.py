"""The knowledge base in figures."""

from dataclasses import dataclass

from policies.models import Issue, Policy
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
