"""The feed tells of what readers see now, and of nothing else."""

from collections.abc import Iterator

from django.db import transaction

from policies.models import PublicChange
from policies.public_changes import Difference, announce, differences
from policies.verification.check import Check

Kind = PublicChange.Kind


def untold() -> Iterator[str]:
    """Records that readers see otherwise than the feed says."""
    for found in differences():
        said = PublicChange.Operation(found.operation).label
        yield f"{Kind(found.kind).label} {found.record}（政策 {found.policy or '无'}）：公开变更里缺“{said}”"


def tell() -> None:
    """Add to the feed what it lacks."""
    with transaction.atomic():
        found = list(differences())
        policies = {one.policy for one in found if one.policy}
        announce(
            policies=policies,
            issues=_records(found, Kind.ISSUES),
            agencies=_records(found, Kind.AGENCIES),
        )


def _records(found: list[Difference], kind: Kind) -> set[int]:
    return {one.record for one in found if one.kind == kind}


CHECKS = (Check("公开变更与读者所见一致", untold, tell),)
