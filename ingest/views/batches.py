"""A batch: how far the files that were uploaded at once have come."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.http import HttpResponseStopPolling

from ingest.models import Batch
from ingest.progress import batch_progress


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    return render(request, "ingest/batch.html", {"section": "desk", **_progress(batch_id)})


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The part of a batch's page that changes; 286 tells htmx to ask no more."""
    context = _progress(batch_id)
    answer = render(request, "ingest/parts/batch.html", context)
    return HttpResponseStopPolling(answer.content) if context["settled"] else answer


def _progress(batch_id: UUID) -> dict[str, Any]:
    found = get_object_or_404(Batch.objects.select_related("created_by"), pk=batch_id)
    runs = list(found.runs.listed().order_by("filename"))
    progress = batch_progress(runs)
    return {"batch": found, "runs": runs, "progress": progress, "settled": progress.settled}
