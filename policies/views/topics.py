"""The topics and one topic."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, render

from policies.models import Policy, Topic
from policies.models.publication import seen_by
from policies.selectors.comparing_targets import shared_indicators
from policies.selectors.policies import listed_policies
from policies.selectors.profiles import places_by_year, topics_by_place, topics_by_year
from policies.selectors.records import standing_targets, targets_by_year
from policies.selectors.targets import about
from policies.views.paging import paged
from policies.views.profiles import (
    all_places,
    due,
    places_over_years,
    topics_over_places,
    topics_over_years,
)

PER_PAGE = 30
SHARED_INDICATORS = 12


def topics(request):
    seen = seen_by(request.user, "policies__")
    rows = list(Topic.objects.annotate(policy_count=Count("policies", filter=seen)).order_by("-policy_count", "name"))
    held = [topic for topic in rows if topic.policy_count]
    totals = {topic.slug: topic.policy_count for topic in held}
    policies = Policy.objects.visible_to(request.user)
    return render(
        request,
        "policies/topics.html",
        {
            "section": "topics",
            "topics": rows,
            "years": topics_over_years(topics_by_year(policies), held, totals),
            "places": topics_over_places(topics_by_place(policies), held, all_places()),
        },
    )


def topic(request, slug: str):
    found = get_object_or_404(Topic, pk=slug)
    held = Policy.objects.visible_to(request.user).filter(topics=found)
    ids = list(about(standing_targets(request.user), found.pk).order_by().values_list("pk", flat=True))
    targets = standing_targets(request.user).filter(pk__in=ids)  # found once: the search through topics costs most
    return render(
        request,
        "policies/topic.html",
        {
            "section": "topics",
            "topic": found,
            "places": places_over_years(places_by_year(held), found, all_places()),
            "paging": paged(request, listed_policies(request.user).filter(topics=found), PER_PAGE),
            "target_count": len(ids),
            "years": due(targets_by_year(targets), topic=found.pk),
            "shared": shared_indicators(request.user, targets, SHARED_INDICATORS),
        },
    )
