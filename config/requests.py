"""What is told of every request: a line in the log, and numbers for whoever measures."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from config import metrics
from policies.client_address import client_address

View = Callable[[HttpRequest], HttpResponseBase]

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
UNTOLD = ("live", "ready", "metrics")  # views that machines ask all day long
STATIC = "static"
FAILED = 500

log = structlog.get_logger()


def told(get_response: View) -> View:
    """Middleware, around all others: gives the request an id, answers with it as X-Request-ID, logs and counts.

    Everything that is logged meanwhile has the id too.  What machines ask all the time, and static files, have no line
    unless they fail.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        request_id = _request_id(request)
        structlog.contextvars.bind_contextvars(request=request_id)  # until the thread's next: a body may still stream
        response = get_response(request)
        response["X-Request-ID"] = request_id
        _tell(request, response.status_code, time.perf_counter() - began)
        return response

    return answer


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    view = _view(request)
    metrics.count_request(request.method or "", view, status, seconds)
    if status < FAILED and view in (*UNTOLD, STATIC):
        return
    log.info(
        "request",
        method=request.method,
        path=_path(request, status),
        view=view,
        status=status,
        milliseconds=round(seconds * 1000),
        user=_user(request),
        address=client_address(request),
    )


def _request_id(request: HttpRequest) -> str:
    """What a proxy of ours calls the request; without one, or where that is no id, a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.TRUSTED_PROXIES and WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def _view(request: HttpRequest) -> str:
    """The name of the view; `static`, or empty where the address is nobody's."""
    match = request.resolver_match
    if match is None:
        return STATIC if request.path_info.startswith(settings.STATIC_URL) else ""
    return match.view_name


def _path(request: HttpRequest, status: int) -> str:
    """Without the query string, so that no log holds what readers search for; with it where the site failed."""
    return request.get_full_path() if status >= FAILED else request.path


def _user(request: HttpRequest) -> int | None:
    """The id of whoever is known to have asked; nobody is looked up for it."""
    user = getattr(request, "user", AnonymousUser())
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", AnonymousUser())  # where a page has asked, Django keeps the answer
    return user.pk
