"""Uploading files, and archives of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ingest import actions
from ingest.intake import LIMIT_WORDS, MOST, TOO_LARGE, TOO_MANY, TOO_MUCH, TOTAL, Intake
from ingest.reading import SUFFIX_WORDS, SUFFIXES

ACCEPTED = ",".join([*SUFFIXES, ".zip"])


class BoundedUpload(FileUploadHandler):
    """Lets no upload grow beyond the bounds of an intake: the rest of it is read and thrown away.

    To the end, because a browser that is cut off in the middle shows no answer at all.  `refused` has the
    names of the files that were thrown away, with the reason.
    """

    def __init__(self, request: HttpRequest):
        super().__init__(request)
        self.refused: list[tuple[str, str]] = []
        self.files = self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self._refuse(TOO_LARGE)
        if self.files > MOST:
            self._refuse(TOO_MANY)
        if self.received > TOTAL:
            self._refuse(TOO_MUCH)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _refuse(self, reason: str) -> None:
        self.refused.append((self.file_name or "", reason))
        raise SkipFile


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
    bound = BoundedUpload(request)
    request.upload_handlers.insert(0, bound)
    return _bounded_upload(request, bound)


@csrf_protect
def _bounded_upload(request: HttpRequest, bound: BoundedUpload) -> HttpResponse:
    status, intake = 200, Intake()
    if request.method == "POST":
        for file in request.FILES.getlist("file"):
            intake.add(file.name or "", file.read())
        for name, reason in bound.refused:
            intake.refuse(name, reason)
        if len(intake.good) == 1 and not intake.refused:
            return redirect(actions.submit(intake.good[0].content, intake.good[0].name, user=request.user))
        if intake.good:
            return redirect(actions.submit_batch(intake.good, intake.refused, user=request.user))
        status = 413 if bound.refused else 400
    context: dict[str, Any] = {
        "section": "desk",
        "form": UploadForm(label_suffix=""),
        "refused": intake.refused,
        "nothing": status != 200 and not intake.refused,
    }
    return render(request, "ingest/upload.html", context, status=status)
