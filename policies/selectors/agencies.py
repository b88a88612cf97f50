"""Agencies that readers can meet in what is published, with how often they do."""

from collections.abc import Iterable

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from policies.models import Agency, Issuer, Policy, Region, ResponsibleAgency, Succession
from policies.selectors.policies import code_prefix
from policies.selectors.records import standing_tasks


def met_agencies(user) -> QuerySet[Agency]:
    """Agencies that have a task in, or issued, a policy that `user` may read."""
    return Agency.objects.filter(met_in(Policy.objects.visible_to(user)))


def shown_agencies(user) -> QuerySet[Agency]:
    """Those that have a page: the gazetteer's, and those that `user` can meet, but none that was merged."""
    return shown_beside(Policy.objects.visible_to(user))


def shown_beside(policies: QuerySet[Policy]) -> QuerySet[Agency]:
    """Those that one may know of who may read `policies`, and no others: the gazetteer's, and those met in them."""
    return Agency.objects.filter(Q(known=True) | met_in(policies), merged_into=None)


def agencies_called(names: Iterable[str]) -> dict[str, Agency]:
    """The agencies of these full names, as far as there are any; of a merged one the agency that it went into."""
    rows = Agency.objects.filter(name__in=set(names)).select_related("merged_into")
    return {agency.name: agency.merged_into or agency for agency in rows}


def agencies_of(policies: Iterable[int]) -> set[int]:
    """Ids of the agencies that these policies, given by their ids, name as issuers or as responsible."""
    ids = list(policies)
    issuing = Issuer.objects.filter(policy__in=ids).order_by().values_list("agency", flat=True)
    tasks = ResponsibleAgency.objects.filter(responsibility__policy__in=ids).order_by()
    return {*issuing, *tasks.values_list("agency", flat=True)}


def met_in(policies: QuerySet[Policy]) -> Q:
    """The condition that an agency has a task in, or issued, one of these policies."""
    tasks = ResponsibleAgency.objects.standing()
    return Q(Exists(tasks.filter(agency=OuterRef("pk"), responsibility__policy__in=policies))) | Q(
        Exists(Issuer.objects.filter(agency=OuterRef("pk"), policy__in=policies))
    )


def shown_successions(rows: QuerySet[Succession], end: str, user) -> QuerySet[Succession]:
    """Those of the successions whose `end`, predecessor or successor, `user` may know of, with that agency."""
    return rows.filter(**{f"{end}__in": shown_agencies(user)}).select_related(end)


def with_counts(agencies: QuerySet[Agency], user) -> QuerySet[Agency]:
    """The agencies with `tasks` and `issued_policies`; cheap for the rows of a page, whatever lies behind it."""
    return agencies.annotate(
        tasks=_count(standing_tasks(user).filter(agency=OuterRef("pk"))),
        issued_policies=_count(_issues(user).filter(agency=OuterRef("pk"))),
    )


def busiest(agencies: QuerySet[Agency], user) -> QuerySet[Agency]:
    """The agencies with their counts, those with the most tasks first, then those that issued the most policies."""
    return with_counts(agencies, user).order_by(F("tasks").desc(), F("issued_policies").desc(), "name")


def inside(region: Region) -> Q:
    """The condition that an agency is of `region` or of a place inside it; the nation's are the national ones."""
    if region.level == Region.Level.NATION:
        return Q(level=Region.Level.NATION)
    return Q(region__code__startswith=code_prefix(region))


def by_level(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """National ones first, then each province's and its cities', then those of no government; each by name."""
    rank = Case(
        When(level=Region.Level.NATION, then=Value(0)),
        When(region=None, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return agencies.select_related("region").order_by(rank, "region_id", "name")


def _issues(user) -> QuerySet[Issuer]:
    return Issuer.objects.filter(policy__in=Policy.objects.visible_to(user))


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("agency").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
