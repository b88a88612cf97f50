"""The regions and one region."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404, render

from policies.models import Policy, Region, Topic
from policies.selectors.agencies import busiest, inside, met_agencies
from policies.selectors.comparing_targets import shared_indicators
from policies.selectors.policies import listed_policies, within
from policies.selectors.profiles import NATION, by_topic_and_year, by_year_and_kind
from policies.selectors.records import standing_targets, targets_by_year
from policies.selectors.regions import RegionCount, place_counts
from policies.selectors.standings import Standing, nation, peers, provinces
from policies.views.paging import paged
from policies.views.profiles import due, kinds_by_year, targets_by_topic
from policies.views.tiles import tile_map

PER_PAGE = 30
MOST_ENGAGED = 15
NEXT_TARGETS = 12
SHARED_INDICATORS = 8
MOST_TOPICS = 10
MOST_PEERS = 8
WITH_PLACES = (Region.Level.PROVINCE, Region.Level.CITY)
Column = tuple[str, Callable[[Standing], Any]]
SORTS: dict[str, Column] = {
    "code": ("地区", lambda row: row.region.code),
    "policies": ("政策", lambda row: row.policies),
    "targets": ("目标", lambda row: row.targets),
    "agencies": ("部门", lambda row: row.agencies),
    "topics": ("主题", lambda row: row.topics),
    "newest": ("最新政策", lambda row: row.year or 0),
}


def regions(request):
    """`?sort=` names a column of SORTS, with a minus for the other way round."""
    rows = provinces(request.user)
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") not in SORTS:
        sort = "code"
    key = SORTS[sort.removeprefix("-")][1]
    whole = Region.objects.filter(pk=NATION).first()
    return render(
        request,
        "policies/regions.html",
        {
            "section": "regions",
            "tiles": tile_map([RegionCount(row.region, row.policies) for row in rows]),
            "nation": nation(whole, request.user) if whole else None,
            "rows": sorted(rows, key=key, reverse=sort.startswith("-")),
            "columns": [(name, label, *_next(name, sort)) for name, (label, _) in SORTS.items()],
        },
    )


def _next(name: str, sort: str) -> tuple[str, str]:
    """What a click on the column sorts by, and its aria-sort; numbers begin with the largest."""
    if sort == name:
        return "-" + name, "ascending"
    if sort == "-" + name:
        return name, "descending"
    return (name if name == "code" else "-" + name), ""


def region(request, code: str):
    found = get_object_or_404(Region.objects.select_related("parent"), pk=code)
    targets = standing_targets(request.user).filter(within(found, "policy__"))
    return render(
        request,
        "policies/region.html",
        {
            "section": "regions",
            "region": found,
            "paging": paged(request, listed_policies(request.user).filter(within(found)), PER_PAGE),
            "places": place_counts(found, request.user) if found.level in WITH_PLACES else [],
            "agencies": busiest(met_agencies(request.user).filter(inside(found)), request.user)[:MOST_ENGAGED],
            "target_count": targets.count(),
            "targets": targets.exclude(year=None)
            .select_related("policy", "provision")
            .defer("provision__text", "provision__tail", "policy__editor_note")
            .order_by("year", "policy_id", "line")[:NEXT_TARGETS],
            "years": due(targets_by_year(targets), region=found.code),
            "shared": shared_indicators(request.user, targets, SHARED_INDICATORS),
            **_profile(found, targets, request.user),
        },
    )


def _profile(region: Region, targets, user) -> dict[str, Any]:
    """What it has over the years, and where it stands among its like."""
    counts = by_year_and_kind(Policy.objects.visible_to(user).filter(within(region)))
    compared = bool(counts) and region.level != Region.Level.NATION
    ranked = list(enumerate(peers(region, user), 1)) if compared else []
    return {
        "timeline": kinds_by_year(counts, region) if counts else None,
        "topics": targets_by_topic(by_topic_and_year(targets), list(Topic.objects.all()), MOST_TOPICS, region),
        "peers": [(rank, row) for rank, row in ranked if rank <= MOST_PEERS or row.region == region],
        "peer_count": len(ranked),
    }
