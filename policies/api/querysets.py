"""What each resource reads, for one user, in a fixed number of queries."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet

from policies.models import (
    Agency,
    Figure,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Succession,
    Table,
    Target,
)
from policies.selectors.agencies import shown_agencies, shown_successions, with_counts
from policies.selectors.policies import listed_policies
from policies.selectors.records import standing

EXTRACTED = [Target, Obligation, Observation]


def issues(user: Any) -> QuerySet[Issue]:
    return Issue.objects.visible_to(user)


def whole_issues(user: Any) -> QuerySet[Issue]:
    """Issues with their contents list and the policies that `user` may read, in the printed order."""
    return issues(user).prefetch_related("contents", Prefetch("policies", policies(user).order_by("order")))


def policies(user: Any) -> QuerySet[Policy]:
    return listed_policies(user).prefetch_related("topics")


def whole_policies(user: Any) -> QuerySet[Policy]:
    """Policies with everything that was found in them and that nobody rejected."""
    agencies = Prefetch("agencies", ResponsibleAgency.objects.select_related("agency"))
    responsibilities = _found(Responsibility.objects.all()).prefetch_related(agencies)
    references = _found(Reference.objects.all()).select_related("cited_policy__region", "cited_clause")
    return policies(user).prefetch_related(
        Prefetch("reference_set", references),
        Prefetch("provisions", _with_parent(Provision.objects.standing())),
        Prefetch("responsibility_set", responsibilities),
        *(Prefetch(f"{model._meta.model_name}_set", _found(model._default_manager.all())) for model in EXTRACTED),
        Prefetch("tables", _placed(Table.objects.all())),
        Prefetch("figures", _placed(Figure.objects.all())),
    )


def provisions(user: Any) -> QuerySet[Provision]:
    """All provisions that stand in a policy that `user` may read, in the order of the text."""
    rows = standing(Provision.objects.all(), user)
    return _with_parent(rows).select_related("policy__region").order_by("policy_id", "position")


def targets(user: Any) -> QuerySet[Target]:
    rows = standing(Target.objects.all(), user)
    return _placed(rows).select_related("policy__region").order_by("policy_id", "line", "pk")


def agencies(user: Any) -> QuerySet[Agency]:
    """Agencies of the gazetteer, and those that `user` can meet in a policy, by name."""
    return with_counts(shown_agencies(user), user).select_related("region").prefetch_related("names").order_by("name")


def whole_agencies(user: Any) -> QuerySet[Agency]:
    """Agencies with those before and after them, of which a reader may know as he may of all agencies."""
    rows = Succession.objects.all()
    return agencies(user).prefetch_related(
        Prefetch("origins", shown_successions(rows, "predecessor", user)),
        Prefetch("successions", shown_successions(rows, "successor", user)),
    )


def _with_parent(rows: QuerySet[Provision]) -> QuerySet[Provision]:
    return rows.annotate(parent_eid=F("parent__eid"))


def _found(rows: Any) -> QuerySet:
    return _placed(rows.standing())


def _placed(rows: QuerySet) -> QuerySet:
    """Rows with the `path` and `eid` of the clause that they stand in."""
    return rows.annotate(path=F("provision__path"), eid=F("provision__eid"))
