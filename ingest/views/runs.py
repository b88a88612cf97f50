"""The runs: a list, one run as it goes on, and what an editor decides of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseStopPolling

from ingest import actions
from ingest.comparing import is_seen_by_readers
from ingest.models import Run
from ingest.progress import is_index_late, is_settled, step_lines
from policies.differences import differences
from policies.views.paging import paged

PER_PAGE = 50
WARNINGS_SHOWN = 200
COUNTED = {
    "lines": "行", "policies": "政策", "provisions": "条款", "targets": "目标", "responsibilities": "责任",
    "obligations": "义务", "references": "引用", "observations": "统计值", "agencies": "部门", "warnings": "提示",
}  # fmt: skip


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def runs(request: HttpRequest) -> HttpResponse:
    """All of them; `?state=failed` narrows the list."""
    rows, state = Run.objects.listed(), request.GET.get("state", "")
    state = state if state in Run.State.values else ""
    paging = paged(request, rows.filter(state=state) if state else rows, PER_PAGE)
    context = {"section": "desk", "paging": paging, "state": state, "states": Run.State.choices}
    return render(request, "ingest/runs.html", context)


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    return render(request, "ingest/run.html", {"section": "desk", **_progress(run_id)})


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def progress(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The part of a run's page that changes; 286 tells htmx to ask no more."""
    context = _progress(run_id)
    answer = render(request, "ingest/parts/progress.html", context)
    return HttpResponseStopPolling(answer.content) if context["settled"] else answer


@login_required
@require_POST
def decide(request: HttpRequest, run_id: UUID, decision: str) -> HttpResponse:
    """Do what was decided of a run, by its name in `actions.DECISIONS`."""
    found = get_object_or_404(Run.objects.listed(), pk=run_id)
    chosen = actions.DECISIONS[decision]
    if chosen.act(found, user=request.user):
        messages.success(request, chosen.did)
    else:
        messages.info(request, chosen.did_not)
    return redirect(found)


def _progress(run_id: UUID) -> dict[str, Any]:
    """What a run's page shows of it."""
    found = get_object_or_404(Run.objects.listed().select_related("batch"), pk=run_id)
    events = list(found.events.all())
    subject = found.subject
    doubts = subject.doubts.unsettled() if subject else None
    return {
        "run": found,
        "subject": subject,
        "steps": step_lines(found, events),
        "events": events,
        "counts": [(label, found.counts[name]) for name, label in COUNTED.items() if name in found.counts],
        "changes": found.changes and _marked(found.changes),
        "published": is_seen_by_readers(found.changes),
        "warnings": doubts[:WARNINGS_SHOWN] if doubts else [],
        "warnings_left": max(doubts.count() - WARNINGS_SHOWN, 0) if doubts else 0,
        "index_late": is_index_late(found),
        "settled": is_settled(found),
    }


def _marked(changes: dict[str, Any]) -> dict[str, Any]:
    """What a new version changes, with the words that differ told from those that do not."""
    for policy in changes["policies"]:
        for kind in policy["kinds"]:
            for row in kind["rows"]:
                row["pieces"] = differences(row["before"], row["after"])
    return changes
