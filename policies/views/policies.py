"""The policies, one policy, and the lines of its source."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode

from policies.exports.files import formats_of
from policies.exports.kinds import POLICIES
from policies.history import EDIT
from policies.models import Policy
from policies.selectors.policies import listed_policies
from policies.selectors.printed import sheets
from policies.selectors.reading import mark, read_policy
from policies.structured_data import json_ld
from policies.views.filters import PolicyFilter
from policies.views.paging import paged
from search.asking import Asked

PER_PAGE = 30


def policies(request):
    filtered = PolicyFilter(request.GET, listed_policies(request.user), user=request.user)
    chosen = [(name, value) for name, value in request.GET.items() if name in filtered.filters and value]
    return render(
        request,
        "policies/policies.html",
        {
            "section": "policies",
            "filter": filtered,
            "paging": paged(request, filtered.qs, PER_PAGE),
            "formats": formats_of(POLICIES),
            "chosen": f"?{urlencode(chosen)}" if chosen else "",
        },
    )


def policy(request, slug: str):
    """`?q=` is the query that led here; what it looks for is marked in the text."""
    found = get_object_or_404(
        Policy.objects.visible_to(request.user)
        .select_related("region", "issue", "source")
        .prefetch_related("issuers__agency", "topics", "tables", "figures"),
        slug=slug,
    )
    asked = Asked.of(request.GET)
    reading = read_policy(found, request.user)
    return render(
        request,
        "policies/policy.html",
        {
            "section": "policies",
            "policy": found,
            "reading": reading,
            "asked": asked,
            "query": asked.text,
            "doubts": found.doubts.unsettled() if request.user.is_staff else None,
            "may_edit": _may_edit(request.user),
            "places": mark(reading.clauses, asked.sought) if asked.sought else 0,
            "json_ld": json_ld(found, request.build_absolute_uri(found.get_absolute_url())),
        },
    )


def source(request, slug: str):
    """The policy's lines in its source; `?line=` gives the words of that one alone, as plain text."""
    policies = Policy.objects.visible_to(request.user).select_related("source__printed", "issue")
    found = get_object_or_404(policies.defer("source__printed__content"), slug=slug)
    lines = found.source.lines()[found.start_line - 1 : found.end_line]
    if "line" in request.GET:
        return HttpResponse(
            _line(lines, found.start_line, request.GET["line"]), content_type="text/plain; charset=utf-8"
        )
    context = {"section": "policies", "policy": found, "sheets": sheets(found, request.user)}
    context["may_edit"] = _may_edit(request.user)
    return render(request, "policies/source.html", context)


def _may_edit(user) -> bool:
    """Whether the page leads to the desk; of readers nothing is looked up."""
    return user.is_staff and user.has_perm(EDIT)


def _line(lines: list[str], first: int, asked: str) -> str:
    """The line of that number in the source, of those from `first` on."""
    at = int(asked) - first if asked.isascii() and asked.isdigit() and len(asked) < 9 else -1
    if not 0 <= at < len(lines):
        raise Http404
    return lines[at]
