"""The runs: a list, one run as it goes on, and publishing what it brought."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseStopPolling

from ingest.models import Run
from policies.actions.publish import publish as publish_subject
from policies.models import Change, Issue, Policy, Problem, State
from policies.views.paging import paged

PER_PAGE = 50
WARNINGS_SHOWN = 200
INDEXING = timedelta(minutes=5)  # after which a page no longer waits for the index
COUNTED = {
    "lines": "行", "policies": "政策", "provisions": "条款", "targets": "目标", "responsibilities": "责任",
    "obligations": "义务", "references": "引用", "observations": "统计值", "agencies": "部门", "warnings": "提示",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page shows it; `state` is done, current, failed or waiting."""

    label: str
    state: str
    note: str


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def runs(request: HttpRequest) -> HttpResponse:
    rows = Run.objects.defer("content").select_related("created_by", "issue", "policy")
    open_problems = Problem.objects.filter(settled_at=None).count()
    context = {"section": "desk", "paging": paged(request, rows, PER_PAGE), "open_problems": open_problems}
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
def publish(request: HttpRequest, run_id: UUID) -> HttpResponse:
    found = get_object_or_404(Run.objects.defer("content").select_related("issue", "policy"), pk=run_id)
    subject = found.issue or found.policy
    if subject is None:
        raise Http404("这次采集没有入库任何内容。")
    if publish_subject(subject, user=request.user):
        messages.success(request, f"{subject}已发布。")
    else:
        messages.info(request, f"{subject}早已发布。")
    return redirect(found)


def _progress(run_id: UUID) -> dict[str, Any]:
    """What a run's page shows of it."""
    rows = Run.objects.defer("content").select_related("created_by", "issue", "policy")
    found = get_object_or_404(rows, pk=run_id)
    subject = found.issue or found.policy
    waiting = _waiting_for_index(subject)
    doubts = subject.doubts.unsettled() if subject else None
    given_up = bool(found.finished_at and timezone.now() - found.finished_at > INDEXING)
    return {
        "run": found,
        "subject": subject,
        "steps": _steps(found, waiting),
        "counts": [(label, found.counts[name]) for name, label in COUNTED.items() if name in found.counts],
        "warnings": doubts[:WARNINGS_SHOWN] if doubts else [],
        "warnings_left": max(doubts.count() - WARNINGS_SHOWN, 0) if doubts else 0,
        "index_late": bool(waiting) and given_up,
        "settled": found.finished and (not waiting or given_up),
        "may_publish": subject is not None and subject.state != State.PUBLISHED,
    }


def _waiting_for_index(subject: Issue | Policy | None) -> int:
    """How many of its policies the index has yet to take in."""
    if subject is None:
        return 0
    policies = list(subject.policies.values_list("pk", flat=True)) if isinstance(subject, Issue) else [subject.pk]
    return Change.objects.filter(policy_id__in=policies).values("policy_id").distinct().count()


def _steps(found: Run, waiting: int) -> list[StepLine]:
    reached = Run.Step.values.index(found.step) if found.step else 0
    lines = []
    for place, step in enumerate(Run.Step):
        state, note = "waiting", ""
        if place < reached:
            state = "done"
        elif found.state == Run.State.DONE:
            state, note = ("current", f"还有 {waiting} 份政策待编入") if waiting else ("done", "")
        elif place == reached and found.state == Run.State.FAILED:
            state, note = "failed", found.message
        elif place == reached and found.state == Run.State.RUNNING:
            state = "current"
        lines.append(StepLine(step.label, state, note))
    return lines
