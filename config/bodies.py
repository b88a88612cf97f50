"""A body that stops before its end, or holds more than is taken: what its sender is told; nothing of it is taken."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

View = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)

LIMITS = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)  # what Django raises where more comes than is taken


class UnfinishedBody(BadRequest):
    """The rest of the body did not come, or not in time."""

    def __init__(self) -> None:
        super().__init__("内容没有收全：发送中断，或停顿太久；什么也没有改变。请再试一次。")


def limit_words(passed: Exception) -> str:
    """Which of LIMITS was passed, with its number."""
    if isinstance(passed, TooManyFieldsSent):
        return f"字段超过 {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} 个，没有接收。"
    if isinstance(passed, TooManyFilesSent):
        return f"文件超过 {settings.DATA_UPLOAD_MAX_NUMBER_FILES} 个，没有接收。"
    return f"文件以外的内容超过 {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024} KB，没有接收。"


def whole_bodies(get_response: View) -> View:
    """Middleware: whoever reads the rest of a body that does not come raises UnfinishedBody.

    A silence is a failure of ours (500) to Django, except that its check of a form's token takes the form for an empty
    one.  A connection that ends is no failure to it: what came till then is the form, whose last field may be cut.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        read = request.read
        try:
            missing = int(request.META.get("CONTENT_LENGTH") or 0)  # bytes of the body that were not read yet
        except ValueError:
            missing, request.META["CONTENT_LENGTH"] = 0, "0"  # as Django took it, but does not everywhere

        def read_or_refuse(size: int | None = None) -> bytes:
            nonlocal missing
            asked = missing if size is None or size < 0 else min(size, missing)
            try:
                data = read(size)
                if len(data) < asked:
                    raise UnreadablePostError(f"{missing - len(data)} bytes are missing")
            except UnreadablePostError as error:
                logger.info("the body sent to %s did not come to its end: %s", request.path, error)
                raise UnfinishedBody from error
            missing -= len(data)
            return data

        # Django's parsers and DRF's read a body by nothing else.
        request.read = read_or_refuse  # type: ignore[method-assign]
        return get_response(request)

    return answer
