"""An upload: its files as they are received, bounded, and what becomes of them."""

from typing import Any, Self

from django.conf import settings
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest

from ingest import actions
from ingest.intake import MOST, TOO_LARGE, TOO_MANY, TOO_MUCH, TOTAL, Intake
from ingest.models import Batch, Run


class BoundedUpload(FileUploadHandler):
    """Lets no upload grow beyond the bounds of an intake: the rest of it is read and thrown away.

    To the end, because a browser that is cut off in the middle shows no answer at all.  `refused` has the
    names of the files that were thrown away, with the reason.
    """

    def __init__(self, request: HttpRequest):
        super().__init__(request)
        self.refused: list[tuple[str, str]] = []
        self.files = self.received = 0

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Lets this request, whose body nobody has read, bring files; else none are taken (`FILE_UPLOAD_HANDLERS`)."""
        bound = cls(request)
        request.upload_handlers = [bound, MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request)]
        return bound

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

    def intake(self, request: Any) -> Intake:
        """What the request, which is received with this, brings as `file`: what is good, and what is refused."""
        found = Intake()
        for file in request.FILES.getlist("file"):
            found.add(file.name or "", file.read())
        for name, reason in self.refused:
            found.refuse(name, reason)
        return found


def submit_intake(intake: Intake, *, user: actions.Someone) -> Run | Batch | None:
    """Queue what is good: a run of one file that came alone, else a batch; None where nothing is good.

    Raises PermissionDenied.
    """
    if len(intake.good) == 1 and not intake.refused:
        return actions.submit(intake.good[0].content, intake.good[0].name, user=user)
    if intake.good:
        return actions.submit_batch(intake.good, intake.refused, user=user)
    return None
