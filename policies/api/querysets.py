"""What each resource reads, for one user, in a fixed number of queries.

`parts` are the fields of a record that are read whole: the rows of a policy, the policy of a row …
"""

from collections.abc import Callable, Set
from typing import Any

from django.db.models import F, Model, Prefetch, QuerySet

from policies.models import (
    Agency,
    Figure,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    ResponsibleAgency,
    Succession,
    Table,
    Target,
)
from policies.models.publication import State
from policies.selectors.agencies import shown_agencies, shown_successions, with_counts
from policies.selectors.policies import listed_policies
from policies.selectors.records import standing


def issues(user: Any, parts: Set[str]) -> QuerySet[Issue]:
    """Issues; their policies are those that `user` may read, in the printed order."""
    rows: QuerySet[Issue] = Issue.objects.visible_to(user)
    if parts:  # an entry of the contents list names its policy only where that may be read
        rows = rows.prefetch_related("contents", Prefetch("policies", policies(user, set()).order_by("order")))
    return rows


def policies(user: Any, parts: Set[str]) -> QuerySet[Policy]:
    """Policies, with what was found in them and nobody rejected."""
    rows = listed_policies(user).prefetch_related("topics")
    return rows.prefetch_related(*(Prefetch(PARTS[part][0], PARTS[part][1]()) for part in sorted(parts & PARTS.keys())))


def provisions(user: Any, parts: Set[str]) -> QuerySet[Provision]:
    """All provisions that stand in a policy that `user` may read, in the order of the text."""
    rows = _with_parent(standing(Provision.objects.all(), user)).order_by("policy_id", "position")
    found = sorted(parts & PARTS.keys())
    rows = rows.prefetch_related(*(Prefetch(PARTS[p][0], PARTS[p][1]().select_related("policy")) for p in found))
    return _with_policy(rows, user, parts)


def extracted(model: type[Model]) -> Callable[[Any, Set[str]], QuerySet]:
    """What reads the rows of an extractor, or tables, of policies that a user may read."""

    def rows_of(user: Any, parts: Set[str]) -> QuerySet:
        rows = FOUND[model]().order_by("policy_id", "line", "pk")
        if not user.is_staff:
            rows = rows.filter(policy__state=State.PUBLISHED)
        if "provision" in parts:
            clauses = _with_parent(Provision.objects.all()).select_related("policy")
            rows = rows.prefetch_related(Prefetch("provision", clauses))
        return _with_policy(rows, user, parts)

    return rows_of


def agencies(user: Any, parts: Set[str]) -> QuerySet[Agency]:
    """Agencies of the gazetteer, and those that `user` can meet in a policy, by name.

    Of those before and after them a reader may know as he may of all agencies.
    """
    rows = with_counts(shown_agencies(user), user).select_related("region").prefetch_related("names").order_by("name")
    ends = {"predecessors": ("origins", "predecessor"), "successors": ("successions", "successor")}
    for part in sorted(parts):
        related, end = ends[part]
        rows = rows.prefetch_related(Prefetch(related, shown_successions(Succession.objects.all(), end, user)))
    return rows


def regions(user: Any, parts: Set[str]) -> QuerySet[Region]:
    return Region.objects.all()


def _with_policy(rows: QuerySet, user: Any, parts: Set[str]) -> QuerySet:
    if "policy" in parts:
        return rows.prefetch_related(Prefetch("policy", policies(user, set())))
    return rows.select_related("policy__region")


def _with_parent(rows: QuerySet[Provision]) -> QuerySet[Provision]:
    return rows.annotate(parent_eid=F("parent__eid"))


def _placed(rows: QuerySet) -> QuerySet:
    """Rows with the `path` and `eid` of the clause that they stand in."""
    return rows.annotate(path=F("provision__path"), eid=F("provision__eid"))


def _responsibilities() -> QuerySet:
    agencies = Prefetch("agencies", ResponsibleAgency.objects.select_related("agency"))
    return _placed(Responsibility.objects.standing()).prefetch_related(agencies)


def _references() -> QuerySet:
    return _placed(Reference.objects.standing()).select_related("cited_policy__region", "cited_clause")


FOUND: dict[type[Model], Callable[[], QuerySet]] = {
    Target: lambda: _placed(Target.objects.standing()),
    Responsibility: _responsibilities,
    Obligation: lambda: _placed(Obligation.objects.standing()),
    Reference: _references,
    Observation: lambda: _placed(Observation.objects.standing()),
    Table: lambda: _placed(Table.objects.all()),
    Figure: lambda: _placed(Figure.objects.all()),
}
PARTS: dict[str, tuple[str, Callable[[], QuerySet]]] = {
    "provisions": ("provisions", lambda: _with_parent(Provision.objects.standing())),
    "targets": ("target_set", FOUND[Target]),
    "responsibilities": ("responsibility_set", FOUND[Responsibility]),
    "obligations": ("obligation_set", FOUND[Obligation]),
    "references": ("reference_set", FOUND[Reference]),
    "observations": ("observation_set", FOUND[Observation]),
    "tables": ("tables", FOUND[Table]),
    "figures": ("figures", FOUND[Figure]),
}
