"""Two to four policies side by side."""

from django.shortcuts import render
from django.utils.http import urlencode

from policies.models import Policy, Topic
from policies.selectors.comparing_policies import MOST, asked_for, compare, recent_editions, suggested
from policies.views.filters import LONGEST

FEWEST = 2
SUGGESTED = 12


def compare_policies(request):
    """`?policy=` names a policy by its slug, two to four times; `?q=` and `?topic=` say which to choose from."""
    slugs = list(dict.fromkeys(filter(None, request.GET.getlist("policy"))))
    asked = asked_for(slugs[: MOST + 1], request.user)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    about = request.GET.get("topic", "").replace("\0", "")
    topic = Topic.objects.filter(pk=about).first() if about else None
    too_many = len(slugs) > MOST
    policies = asked.policies[:MOST]
    found = suggested(policies, request.user, words, topic) if policies or words or topic else Policy.objects.none()
    ready = len(policies) >= FEWEST and not too_many and not asked.missing
    return render(
        request,
        "policies/compare_policies.html",
        {
            "section": "policies",
            "named_by": urlencode([("policy", policy.slug) for policy in policies]),
            "policies": policies,
            "missing": asked.missing,
            "too_many": too_many,
            "most": MOST,
            "words": words,
            "topic": topic,
            "comparison": compare(policies, request.user) if ready else None,
            "suggested": found[:SUGGESTED],
            "found": found.count() if words or topic else 0,
            "editions": [] if policies else recent_editions(request.user),
        },
        status=400 if too_many else 404 if asked.missing else 200,
    )
