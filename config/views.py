"""What machines ask: whether the site is alive and ready, and where they may go; and what is said when it is not."""

import sys
from dataclasses import asdict
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views import defaults
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from config import metrics
from config.bodies import LIMITS, UnfinishedBody, limit_words
from config.faults import AWAY, BACK, words_for
from config.health import Measures, health


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """200: the process answers; whatever it needs may be away."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages and searches can be served, else 503."""
    found = health()
    lag = None if found.lag is None else round(found.lag, 1)
    answer = {"status": found.status, **asdict(found), "lag": lag}
    return JsonResponse(answer, status=200 if found.status == "ok" else 503)


@login_not_required
@never_cache
def measures(request: HttpRequest) -> HttpResponse:
    """For Prometheus: whoever shows METRICS_TOKEN; without one, whoever asks on this machine and through no proxy."""
    if not _may_measure(request):
        return _plain("Forbidden: see METRICS_TOKEN\n", status=403)
    return HttpResponse(metrics.exposition(Measures()), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"))
    return not forwarded and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but what is for editors, for programs, or another view of what stands elsewhere; nothing to strangers
    where they have to log in."""
    if settings.READERS_LOGIN:
        return _plain("User-agent: *\nDisallow: /\n")
    closed = (
        *("/desk/", "/admin/", "/login/", "/account/", "/api/", "/search/", "/clippings/", "/targets/csv/"),
        *(
            "/policies/compare/?*policy=",
            "/policies/*/cite/",
            "/policies/*/problem/",
            "/policies/*/source/?",
            "/*?*sort=",
        ),
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}")
    return _plain("\n".join(lines) + "\n")


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """What is answered where a page failed: 503 while the database is away, 500 for what is our own mistake."""
    error = sys.exception()
    if not isinstance(error, AWAY):
        return defaults.server_error(request)
    page = get_template("503.html").render({"words": words_for(error)})
    return HttpResponse(page, status=503, headers={"Retry-After": str(BACK)})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of what cannot be understood or did not come whole (400), or holds more than is taken (413)."""
    if isinstance(exception, LIMITS):
        page = get_template("413.html").render({"words": limit_words(exception)})
        return HttpResponse(page, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if isinstance(exception, UnfinishedBody):
        return HttpResponse(get_template("400.html").render({"words": str(exception)}), status=HTTPStatus.BAD_REQUEST)
    return defaults.bad_request(request, exception)
