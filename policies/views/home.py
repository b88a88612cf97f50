"""The first page."""

from django.shortcuts import render

from policies.models import Issue
from policies.selectors.overview import overview
from policies.selectors.records import standing_targets, targets_by_year
from policies.selectors.regions import national_count, province_counts
from policies.views.profiles import due
from policies.views.tiles import tile_map

LATEST = 6


def home(request):
    counts = province_counts(request.user)
    return render(
        request,
        "policies/home.html",
        {
            "overview": overview(request.user),
            "latest": Issue.objects.visible_to(request.user)[:LATEST],
            "tiles": tile_map(counts),
            "provinces": [count for count in counts if count.policies],
            "national": national_count(request.user),
            "years": due(targets_by_year(standing_targets(request.user))),
        },
    )
