"""The agencies and one agency."""

from collections import Counter
from itertools import groupby
from typing import Any

from django.shortcuts import get_object_or_404, redirect, render

from policies.exports.files import formats_of
from policies.exports.kinds import RESPONSIBILITIES
from policies.models import Agency, ResponsibleAgency
from policies.selectors.agencies import by_level, met_agencies, shown_agencies, shown_successions, with_counts
from policies.selectors.directory import by_field, by_letter, by_place, headings
from policies.selectors.partners import named_together, partners
from policies.selectors.policies import listed_policies
from policies.selectors.records import engagements, role_counts, tasks_of
from policies.views.charts import bars, linked_bars
from policies.views.filters import AgencyFilter
from policies.views.paging import paged
from policies.views.togetherness import together
from policies.work_fields import fields_of

PER_PAGE = 100
TASKS_PER_PAGE = 30
PARTNERS = 15  # in the table
DRAWN = 10  # in the drawing beside it
POLICIES = 8
ISSUED = "issued"
ORDERS = {"": by_place, "field": by_field, "letter": by_letter}


def agencies(request):
    """`?by=` orders them by field of work or by pinyin instead of place, `?at=` keeps one heading of that order."""
    met = list(met_agencies(request.user).order_by().values_list("pk", flat=True))  # sought once, asked thrice
    filtered = AgencyFilter(request.GET, by_level(Agency.objects.filter(pk__in=met)), user=request.user)
    by = request.GET.get("by", "")
    if by not in ORDERS:
        by = ""
    listed = ORDERS[by](filtered.qs)
    offered = headings(listed) if by else []
    at = request.GET.get("at", "")
    if at in dict(offered):
        listed = [listing for listing in listed if listing.heading == at]
    paging = paged(request, listed, PER_PAGE)
    shown = [listing.pk for listing in paging.page]
    rows = with_counts(Agency.objects.filter(pk__in=shown), request.user).in_bulk()
    groups = [
        (heading, [rows[listing.pk] for listing in listings])
        for heading, listings in groupby(paging.page, key=lambda listing: listing.heading)
    ]
    return render(
        request,
        "policies/agencies.html",
        {
            "section": "agencies",
            "filter": filtered,
            "by": by,
            "at": at,
            "offered": offered,
            "count": len({listing.pk for listing in listed}),
            "paging": paging,
            "groups": groups,
        },
    )


def agency(request, pk: int):
    """`?role=` asks for the tasks in one role, or for the policies that the agency issued.

    The page of an agency that was merged is that of the other; not for good, since merging can be undone.
    """
    shown = shown_agencies(request.user)
    found = shown.select_related("region").filter(pk=pk).first()
    if found is None:
        return redirect(get_object_or_404(shown, merged=pk))
    issued = listed_policies(request.user).filter(issuers__agency=found)
    counts = role_counts(found, request.user)
    issued_count = issued.count()
    asked = request.GET.get("role", "")
    if asked not in {*ResponsibleAgency.Role.values, ISSUED}:
        asked = "" if any(counts.values()) or not issued_count else ISSUED
    tasks = tasks_of(found, request.user)
    work = _work(found, request.user)
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
            "formats": formats_of(RESPONSIBILITIES) if any(counts.values()) else [],
            "fields": fields_of(found.name),
            **work,
        },
    )


def _work(agency: Agency, user) -> dict[str, Any]:
    """When and in which policies it has tasks, and whom it shares them with."""
    policies = engagements(agency, user)
    years: Counter[int] = Counter()
    for row in policies:
        years[row.year or 0] += row.tasks
    shared, partner_count = partners(agency, user, PARTNERS)
    drawn = [partner.agency for partner in shared[:DRAWN]]
    prefix = agency.region.name if agency.region else ""
    return {
        "years": bars((f"{year}年", tasks) for year, tasks in sorted(years.items()) if year),
        "policies": linked_bars(
            (row.policy.title, row.tasks, row.policy.get_absolute_url()) for row in policies[:POLICIES]
        ),
        "policy_count": len(policies),
        "partners": shared,
        "partner_count": partner_count,
        "together": together(drawn, named_together(agency, drawn, user), prefix) if len(drawn) > 1 else None,
    }
