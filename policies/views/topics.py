"""The topics and one topic."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render

from policies.models import Topic
from policies.models.publication import State
from policies.selectors.policies import listed_policies
from policies.views.paging import paged

PER_PAGE = 30


def topics(request):
    seen = Q() if request.user.is_staff else Q(policies__state=State.PUBLISHED)
    rows = Topic.objects.annotate(policy_count=Count("policies", filter=seen)).order_by("-policy_count", "name")
    return render(request, "policies/topics.html", {"section": "topics", "topics": rows})


def topic(request, slug: str):
    found = get_object_or_404(Topic, pk=slug)
    rows = listed_policies(request.user).filter(topics=found)
    return render(
        request, "policies/topic.html", {"section": "topics", "topic": found, "paging": paged(request, rows, PER_PAGE)}
    )
