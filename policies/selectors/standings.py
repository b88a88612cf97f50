"""What the regions of one level have, side by side."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Left

from policies.models import Policy, Region
from policies.selectors.agencies import met_agencies
from policies.selectors.policies import with_year, within
from policies.selectors.records import standing_targets

DIGITS = {Region.Level.PROVINCE: 2, Region.Level.CITY: 4, Region.Level.COUNTY: 6}


@dataclass(frozen=True, slots=True)
class Standing:
    """A region with what it and the places inside it have; `newest` is its newest policy, of `year`."""

    region: Region
    policies: int = 0
    targets: int = 0
    topics: int = 0
    agencies: int = 0
    newest: Policy | None = None
    year: int | None = None


def provinces(user) -> list[Standing]:
    """Every province of today by code, those that have nothing too."""
    return _standings(Region.objects.filter(level=Region.Level.PROVINCE, valid_to=None), 2, user)


def peers(region: Region, user) -> list[Standing]:
    """The regions of its level that have policies, and itself: the most policies first, then the most targets."""
    digits = DIGITS[Region.Level(region.level)]
    codes = _of_places(Policy.objects.visible_to(user), "region_id", digits).values_list("place", flat=True)
    whole = {f"{code:0<6}" for code in codes.order_by().distinct()}
    regions = Region.objects.filter(level=region.level, pk__in=whole | {region.pk})
    return sorted(_standings(regions, digits, user), key=lambda row: (-row.policies, -row.targets, row.region.code))


def nation(region: Region, user) -> Standing:
    """What the nation has of its own; `region` is the nation."""
    policies = with_year(Policy.objects.visible_to(user).filter(within(region)))
    newest = _newest_first(policies).first()
    counts = policies.order_by().aggregate(policies=Count("pk", distinct=True), topics=Count("topics", distinct=True))
    return Standing(
        region,
        targets=standing_targets(user).filter(within(region, "policy__")).count(),
        agencies=met_agencies(user).filter(level=Region.Level.NATION).count(),
        newest=newest,
        year=newest.of_year if newest else None,
        **counts,
    )


def _standings(regions: QuerySet[Region], digits: int, user) -> list[Standing]:
    """Five questions, however many regions; a place counts for the region whose code its own begins with."""
    visible = Policy.objects.visible_to(user)
    policies = _of_places(visible, "region_id", digits).values("place").order_by()
    counts = {
        row.pop("place"): row
        for row in policies.annotate(policies=Count("pk", distinct=True), topics=Count("topics", distinct=True))
    }
    targets = _counted(_of_places(standing_targets(user), "policy__region_id", digits))
    agencies = _counted(_of_places(met_agencies(user), "region_id", digits))
    latest = _newest_first(_of_places(with_year(visible), "region_id", digits), "place").distinct("place")
    newest = {policy.place: policy for policy in latest.only("slug", "title", "issue", "state")}
    return [
        Standing(
            region,
            targets=targets.get(code, 0),
            agencies=agencies.get(code, 0),
            newest=newest.get(code),
            year=newest[code].of_year if code in newest else None,
            **counts.get(code, {}),
        )
        for region in regions
        for code in [region.code[:digits]]
    ]


def _of_places(rows: QuerySet, path: str, digits: int) -> QuerySet:
    """The rows that lie somewhere, with `place`, so many digits of the code of where."""
    return rows.exclude(**{path: None}).annotate(place=Left(path, digits))


def _counted(rows: QuerySet) -> dict[str, int]:
    return dict(rows.order_by().values_list("place").annotate(count=Count("pk")))


def _newest_first(policies: QuerySet, *before: str) -> QuerySet:
    issue = (F("issue__year").desc(nulls_last=True), F("issue__number").desc(nulls_last=True))
    return policies.order_by(*before, F("of_year").desc(nulls_last=True), *issue, "order", "pk")
