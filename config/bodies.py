"""A body that stops before its end: what its sender is told, instead of a failure of ours."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

View = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)


class UnfinishedBody(BadRequest):
    """The rest of the body did not come, or not in time."""


def whole_bodies(get_response: View) -> View:
    """Middleware: whoever reads the rest of a body that does not come raises UnfinishedBody.

    What Django raises then is a failure of ours (500) to it, except that its check of a form's token takes the form
    for an empty one.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        read = request.read

        def read_or_refuse(*size: int | None) -> bytes:
            try:
                return read(*size)
            except UnreadablePostError as error:
                logger.info("the body sent to %s did not come to its end: %s", request.path, error)
                raise UnfinishedBody("内容没有收全：发送中断，或停顿太久；什么也没有改变。请再试一次。") from error

        request.read = read_or_refuse  # type: ignore[method-assign]  # by which everything of Django's reads a body
        return get_response(request)

    return answer
