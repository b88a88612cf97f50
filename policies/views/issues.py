"""The issues and one issue."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, render

from policies.models import Issue
from policies.models.publication import seen_by
from policies.selectors.issues import columns_of, neighbours
from policies.views.paging import paged

PER_PAGE = 50


def issues(request):
    seen = seen_by(request.user, "policies__")
    rows = Issue.objects.visible_to(request.user).order_by("-year", "-number")
    rows = rows.annotate(policy_count=Count("policies", filter=seen))
    return render(request, "policies/issues.html", {"section": "issues", "paging": paged(request, rows, PER_PAGE)})


def issue(request, year: int, number: int):
    found = get_object_or_404(Issue.objects.visible_to(request.user), year=year, number=number)
    earlier, later = neighbours(found, request.user)
    return render(
        request,
        "policies/issue.html",
        {
            "section": "issues",
            "issue": found,
            "columns": columns_of(found, request.user),
            "earlier": earlier,
            "later": later,
            "doubts": found.doubts.unsettled() if request.user.is_staff else None,
        },
    )
