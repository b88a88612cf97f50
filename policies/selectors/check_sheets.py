"""What an editor checks off on paper: for each policy its facts, targets, tasks and open warnings."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from policies.models import Doubt, Issuer, Policy, Responsibility, ResponsibleAgency, Target
from policies.selectors.completeness import Completeness, completeness_by_policy


@dataclass(frozen=True, slots=True)
class Sheet:
    """A policy with the rows that nobody rejected: `target_set`, `responsibility_set`, and open `doubts`."""

    policy: Policy
    completeness: Completeness


def check_sheets(policies: QuerySet[Policy]) -> list[Sheet]:
    """In the order of the policies."""
    agencies = Prefetch("agencies", ResponsibleAgency.objects.select_related("agency"))
    found = policies.select_related("region", "issue").prefetch_related(
        Prefetch("issuers", Issuer.objects.select_related("agency")),
        "topics",
        Prefetch("target_set", Target.objects.standing()),
        Prefetch("responsibility_set", Responsibility.objects.standing().prefetch_related(agencies)),
        Prefetch("doubts", Doubt.objects.unsettled()),
    )
    measured = completeness_by_policy([policy.pk for policy in found])
    return [Sheet(policy, measured[policy.pk]) for policy in found]
