"""The agencies and one agency."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render

from policies.models import Agency, Region, ResponsibleAgency
from policies.selectors.agencies import by_level, met_agencies, shown_agencies, shown_successions, with_counts
from policies.selectors.policies import listed_policies
from policies.selectors.records import role_counts, tasks_of
from policies.views.filters import AgencyFilter
from policies.views.paging import paged

PER_PAGE = 100
TASKS_PER_PAGE = 30
ISSUED = "issued"


def agencies(request):
    filtered = AgencyFilter(request.GET, by_level(met_agencies(request.user)), user=request.user)
    paging = paged(request, with_counts(filtered.qs, request.user), PER_PAGE)
    groups = [(heading, list(rows)) for heading, rows in groupby(paging.page, key=_heading)]
    return render(
        request,
        "policies/agencies.html",
        {"section": "agencies", "filter": filtered, "paging": paging, "groups": groups},
    )


def _heading(agency: Agency) -> str:
    """What an agency is listed under."""
    if agency.level == Region.Level.NATION:
        return "国家"
    return agency.region.name if agency.region else "其他单位"


def agency(request, pk: int):
    """`?role=` asks for the tasks in one role, or for the policies that the agency issued."""
    found = get_object_or_404(shown_agencies(request.user).select_related("region"), pk=pk)
    issued = listed_policies(request.user).filter(issuers__agency=found)
    counts = role_counts(found, request.user)
    issued_count = issued.count()
    asked = request.GET.get("role", "")
    if asked not in {*ResponsibleAgency.Role.values, ISSUED}:
        asked = "" if any(counts.values()) or not issued_count else ISSUED
    tasks = tasks_of(found, request.user)
    rows = issued if asked == ISSUED else tasks.filter(role=asked) if asked else tasks
    return render(
        request,
        "policies/agency.html",
        {
            "section": "agencies",
            "agency": found,
            "predecessors": shown_successions(found.origins.all(), "predecessor", request.user),
            "successors": shown_successions(found.successions.all(), "successor", request.user),
            "names": [name for name in found.names.all() if name.name != found.name],
            "asked": asked,
            "choices": [
                ("", "全部任务", sum(counts.values())),
                *((role, label, counts[role]) for role, label in ResponsibleAgency.Role.choices),
                (ISSUED, "发布的政策", issued_count),
            ],
            "paging": paged(request, rows, TASKS_PER_PAGE),
        },
    )
