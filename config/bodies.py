"""A body that stops before its end: what its sender is told, instead of a failure of ours or half of it taken."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

View = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)


class UnfinishedBody(BadRequest):
    """The rest of the body did not come, or not in time."""

    def __init__(self) -> None:
        super().__init__("内容没有收全：发送中断，或停顿太久；什么也没有改变。请再试一次。")


def whole_bodies(get_response: View) -> View:
    """Middleware: whoever reads the rest of a body that does not come raises UnfinishedBody.

    A silence is a failure of ours (500) to Django, except that its check of a form's token takes the form for an empty
    one.  A connection that ends is no failure to it: what came till then is the form, whose last field may be cut.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        read = request.read
        missing: int | None = None  # bytes of the body that were not read yet

        def read_or_refuse(size: int | None = None) -> bytes:
            nonlocal missing
            if missing is None:
                missing = int(request.META.get("CONTENT_LENGTH") or 0)
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

        request.read = read_or_refuse  # type: ignore[method-assign,assignment]  # by which all of Django reads a body
        return get_response(request)

    return answer
