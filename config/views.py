"""What machines ask: whether the site is alive and ready, and where they may go."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from config.database import EmbeddedDatabaseError
from search import indexing
from search.engines.base import IndexMissingError


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """200: the process answers; whatever it needs may be away."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages and searches can be served, else 503; counts nothing, so that it may be asked every second.

    `index` is whether there is one that can be opened; `lag` for how many seconds the oldest change waits for it,
    at most READY_LAG; both are null when the database is away.
    """
    try:
        lag = indexing.lag()
    except (DatabaseError, InterfaceError, EmbeddedDatabaseError):
        return JsonResponse({"status": "database", "database": False, "index": None, "lag": None}, status=503)
    try:
        indexing.current().count()
        index = True
    except (IndexMissingError, OSError):
        index = False
    status = "ok" if index and lag <= settings.READY_LAG else "lag" if index else "index"
    answer = {"status": status, "database": True, "index": index, "lag": round(lag, 1)}
    return JsonResponse(answer, status=200 if status == "ok" else 503)


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


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
