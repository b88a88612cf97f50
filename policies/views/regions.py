"""The regions and one region."""

from django.shortcuts import get_object_or_404, render

from policies.models import Region
from policies.selectors.agencies import busiest, inside, met_agencies
from policies.selectors.comparing_targets import shared_indicators
from policies.selectors.policies import listed_policies, within
from policies.selectors.records import standing_targets, targets_by_year
from policies.selectors.regions import national_count, place_counts, province_counts
from policies.views.charts import bars
from policies.views.paging import paged
from policies.views.tiles import tile_map

PER_PAGE = 30
MOST_ENGAGED = 15
NEXT_TARGETS = 12
SHARED_INDICATORS = 8
WITH_PLACES = (Region.Level.PROVINCE, Region.Level.CITY)


def regions(request):
    counts = province_counts(request.user)
    return render(
        request,
        "policies/regions.html",
        {
            "section": "regions",
            "tiles": tile_map(counts),
            "provinces": counts,
            "national": national_count(request.user),
        },
    )


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
            "years": bars(targets_by_year(targets)),
            "shared": shared_indicators(request.user, found, SHARED_INDICATORS),
        },
    )
