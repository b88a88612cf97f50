"""The agencies at the desk: unknown ones first, and each with its names, its place, its rows and what may be done."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ingest.views.agency_forms import CHANGES, Proposal
from policies.actions.agency_editing import MERGE
from policies.history import EDIT, EditError, require
from policies.models import Agency, AgencyName, Region
from policies.selectors.agencies import with_counts
from policies.selectors.agency_rows import actions_on, issued, mentions, waiting
from policies.selectors.duplicates import likely_duplicates
from policies.selectors.questions import unknown_agencies
from policies.views.paging import paged

PER_PAGE = 40
ROWS_PER_PAGE = 30
STATES = {"": "全部", "unknown": "未确认", "known": "已确认"}


@login_required
@permission_required(EDIT, raise_exception=True)
def agencies(request: HttpRequest) -> HttpResponse:
    """Unknown ones first, those with the most rows before the others; `?q=` and `?state=` narrow them.

    Unknown ones that nothing names, as they were denied or their records are gone, are there for who searches them.
    """
    words, state = request.GET.get("q", "").replace("\x00", "").strip(), request.GET.get("state", "")
    rows = with_counts(Agency.objects.filter(merged_into=None), request.user).select_related("region")
    if words:
        called = AgencyName.objects.filter(name__icontains=words).values("agency")
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=called))
    elif not state:
        rows = rows.filter(Q(known=True) | Q(pk__in=unknown_agencies()))
    if state in ("unknown", "known"):
        rows = rows.filter(known=True) if state == "known" else rows.filter(pk__in=unknown_agencies())
    paging = paged(request, rows.order_by("known", -(F("tasks") + F("issued_policies")), "name"), PER_PAGE)
    shown = list(paging.page)
    alike = likely_duplicates([agency for agency in shown if not agency.known])
    context = {
        "section": "desk",
        "paging": paging,
        "listed": [(agency, alike.get(agency.pk, [])) for agency in shown],
        "unknown": unknown_agencies().count(),
        "words": words,
        "state": state,
        "states": STATES.items(),
    }
    return render(request, "ingest/agencies.html", context)


@login_required
@permission_required(EDIT, raise_exception=True)
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency; `?do=` shows first what a change would do, and a POST of the same does it."""
    found = get_object_or_404(Agency.objects.select_related("region", "merged_into"), pk=pk)
    if request.method == "POST":
        return _change(request, found)
    proposal, refusal = None, ""
    try:
        proposal = _proposal(found, request.GET)
    except EditError as error:
        refusal = str(error)
    duplicates = likely_duplicates([found]).get(found.pk, [])
    context = {
        "section": "desk",
        "agency": found,
        "named": found.known or unknown_agencies().filter(pk=found.pk).exists(),
        "names": [name for name in found.names.all() if name.name != found.name],
        "merged": found.merged.all(),
        "predecessors": found.origins.select_related("predecessor"),
        "successors": found.successions.select_related("successor"),
        "duplicates": duplicates,
        "may_merge": request.user.has_perm(MERGE),
        "levels": Region.Level.choices,
        "proposal": proposal,
        "may_do": proposal is not None and request.user.has_perm(proposal.permission),
        "refusal": refusal,
        "asked": request.GET,
        "waiting": waiting(found),
        "paging": paged(request, mentions(found.responsibilities.all()), ROWS_PER_PAGE),
        "issued": issued(found)[:ROWS_PER_PAGE],
        "issued_count": found.issued.count(),
        "actions": actions_on(found),
    }
    return render(request, "ingest/agency.html", context)


def _change(request: HttpRequest, agency: Agency) -> HttpResponse:
    try:
        proposal = _proposal(agency, request.POST)
        if proposal is None:
            raise EditError("没有说明要改什么。")
        require(request.user, proposal.permission)
        done = proposal.apply(user=request.user, seen=request.POST.get("seen", ""))
    except EditError as error:
        messages.error(request, str(error))
        return redirect("desk:agency", agency.pk)
    if done:
        messages.success(request, f"已记下：{done.summary}。")
    else:
        messages.info(request, "本来就是这样，没有改动。")
    return redirect("desk:agency", proposal.leads_to.pk)


def _proposal(agency: Agency, data: Mapping[str, Any]) -> Proposal | None:
    """What the form asks for, None if nothing.  Raises EditError."""
    read = CHANGES.get(data.get("do", ""))
    return read(agency, {name: str(data[name]).replace("\x00", "").strip() for name in data}) if read else None
