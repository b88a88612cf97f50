"""Uploading files, and archives of them."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ingest.intake import LIMIT_WORDS, MOST, TOTAL, Intake
from ingest.reading import SUFFIX_WORDS, SUFFIXES
from ingest.uploading import BoundedUpload, submit_intake

ACCEPTED = ",".join([*SUFFIXES, ".zip"])


class FilesInput(forms.FileInput):
    """Many files at once; browsers let them be dropped onto it."""

    allow_multiple_selected = True


class UploadForm(forms.Form):
    """Shown only: what was sent is judged file by file."""

    file = forms.FileField(
        label="文件",
        help_text=f"{SUFFIX_WORDS}，每份一期或单独的一份文件，或装着它们的 .zip。"
        f"每个不超过 {LIMIT_WORDS}，一次最多 {MOST} 个、{TOTAL // 1024**2} MB。",
        widget=FilesInput(attrs={"accept": ACCEPTED, "class": "drop", "multiple": True}),
    )


@csrf_exempt  # checked below: the check reads the body, which must be bounded first
@login_required
@permission_required("ingest.add_run", raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    return _bounded_upload(request, BoundedUpload.of(request))


@csrf_protect
def _bounded_upload(request: HttpRequest, bound: BoundedUpload) -> HttpResponse:
    status, intake = 200, Intake()
    if request.method == "POST":
        intake = bound.intake(request)
        made = submit_intake(intake, user=request.user)
        if made:
            return redirect(made)
        status = 413 if bound.refused else 400
    context: dict[str, Any] = {
        "section": "desk",
        "form": UploadForm(label_suffix=""),
        "refused": intake.refused,
        "nothing": status != 200 and not intake.refused,
    }
    return render(request, "ingest/upload.html", context, status=status)
