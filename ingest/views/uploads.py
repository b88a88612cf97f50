"""Uploading a file."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ingest import runs
from ingest.reading import SUFFIX_WORDS, SUFFIXES, ReadingError, glance

LIMIT_WORDS = f"{settings.UPLOAD_LIMIT // 1024**2} MB"


class BoundedUpload(FileUploadHandler):
    """Lets no file grow beyond settings.UPLOAD_LIMIT: the rest of it is read and thrown away.

    To the end, because a browser that is cut off in the middle shows no answer at all.
    """

    exceeded = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self.exceeded = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class UploadForm(forms.Form):
    file = forms.FileField(
        label="文件",
        error_messages={"required": "请选择一个文件。", "empty": "文件是空的：没有任何文字。"},
        help_text=f"{SUFFIX_WORDS}，一期或单独的一份文件，不超过 {LIMIT_WORDS}。",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    replace = forms.BooleanField(label="这一期若已在库中，用这个文件替换", required=False)

    def clean_file(self) -> bytes:
        """The file's bytes, unless a glance shows that they cannot be read."""
        file = self.cleaned_data["file"]
        self.filename: str = file.name
        content: bytes = file.read()
        try:
            glance(content, file.name)
        except ReadingError as error:
            raise forms.ValidationError(str(error)) from error
        return content


@csrf_exempt  # checked below: the check reads the body, which must be bounded first
@login_required
@permission_required("ingest.add_run", raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    bound = BoundedUpload(request)
    request.upload_handlers.insert(0, bound)
    return _bounded_upload(request, bound)


@csrf_protect
def _bounded_upload(request: HttpRequest, bound: BoundedUpload) -> HttpResponse:
    status, form = 200, UploadForm(label_suffix="")
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, label_suffix="")
        if form.is_valid():
            content, replace = form.cleaned_data["file"], form.cleaned_data["replace"]
            return redirect(runs.submit(content, form.filename, user=request.user, replace=replace))
        status = 400
        if bound.exceeded:
            form.errors["file"] = form.error_class([f"文件太大：超过 {LIMIT_WORDS} 的上限，没有接收。"])
            status = 413
    context: dict[str, Any] = {"section": "desk", "form": form}
    return render(request, "ingest/upload.html", context, status=status)
