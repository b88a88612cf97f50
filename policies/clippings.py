"""What a reader has put aside on the way: clauses, kept in the session by policy and eid."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest

from policies.models import Policy, Provision, Target

KEY = "clippings"
MOST = 200


@dataclass(frozen=True, slots=True)
class Clipping:
    """A clause with its targets."""

    clause: Provision
    targets: list[Target]

    @property
    def policy(self) -> Policy:
        return self.clause.policy


def add(request: HttpRequest, clause: Provision) -> bool:
    """Put a clause aside, last; False when there is no more room."""
    kept = _kept(request)
    name = [clause.policy.slug, clause.eid]
    if name in kept:
        return True
    if len(kept) >= MOST:
        return False
    request.session[KEY] = [*kept, name]
    return True


def remove(request: HttpRequest, slug: str, eid: str) -> None:
    request.session[KEY] = [name for name in _kept(request) if name != [slug, eid]]


def clear(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def clippings(request: HttpRequest) -> list[Clipping]:
    """Those that are still there and that the reader may read, in the order in which they were put aside."""
    kept = _kept(request)
    policies = Policy.objects.visible_to(request.user).filter(slug__in={slug for slug, _ in kept})
    rows = (
        Provision.objects.clauses()
        .filter(policy__in=policies, eid__in={eid for _, eid in kept})
        .select_related("policy__issue", "policy__region")
        .prefetch_related("policy__issuers__agency")
    )
    found = {(row.policy.slug, row.eid): row for row in rows}
    return list(_with_targets([found[slug, eid] for slug, eid in kept if (slug, eid) in found]))


def _with_targets(clauses: list[Provision]) -> Iterator[Clipping]:
    targets: dict[int | None, list[Target]] = {}
    for target in Target.objects.standing().filter(provision__in=clauses).order_by("line", "pk"):
        targets.setdefault(target.provision_id, []).append(target)
    for clause in clauses:
        yield Clipping(clause, targets.get(clause.pk, []))


def _kept(request: HttpRequest) -> list[list[str]]:
    return request.session.get(KEY, [])
