"""The search page, and the same search as a feed and as a table."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import conditional_page

from policies.views.paging import Paging
from search.asking import Asked
from search.engines.base import IndexMissingError, Scope, Sort
from search.export import IN_FEED, feed, table
from search.named import named
from search.results import MOST, PAGE_SIZE, POLICIES, Answer, every_hit, open_to, search
from search.suggestions import suggest
from search.widening import widened

MOST_ROWS = 10_000  # clauses in a table that any reader can ask for; editors get them all
SORTS = {Sort.RELEVANCE: "相关", Sort.DATE: "日期", Sort.ISSUE: "期次"}
SCOPES = {Scope.CLAUSE: "同一条款", Scope.POLICY: "整篇政策"}


def search_page(request: HttpRequest):
    """`?q=` what a person types and what else `Asked.of` reads; `page`."""
    asked = Asked.of(request.GET)
    context = {"section": "search", "q": asked.text, "asked": asked}
    try:
        answer = _answer(asked, request)
        offers = [] if answer.total else widened(answer, include_unpublished=request.user.is_staff)
    except IndexMissingError:
        return render(request, "search/search.html", context | {"missing": True}, status=503)
    facets = [
        (facet, [(value, asked.toggled(facet.name, value.value).address) for value in facet.values])
        for facet in answer.facets
        if facet.values
    ]
    context |= {
        "answer": answer,
        # The page numbers come from the exact number; the hits of this page are already there.
        "paging": Paging.of(Paginator(range(answer.length), answer.page_size).get_page(answer.page)),
        "named": named(asked, open_to(request.user.is_staff)) if answer.page == 1 else None,
        "most_rows": _most_rows(request),
        "facets": facets,
        "chosen": [
            (facet.label, value.label, address) for facet, links in facets for value, address in links if value.selected
        ],
        "sorts": [(label, replace(asked, sort=sort).address, sort is asked.sort) for sort, label in SORTS.items()],
        "scopes": [
            (label, replace(asked, scope=scope).address, scope is asked.scope) for scope, label in SCOPES.items()
        ],
        "exactly": replace(asked, loose=False).address,
        "offers": offers,
    }
    return render(request, "search/search.html", context)


def suggestions(request: HttpRequest):
    """`?q=` what is typed so far: the list to put under the search box."""
    found = suggest(request.GET.get("q", ""), include_unpublished=request.user.is_staff)
    return render(request, "search/parts/suggestions.html", {"suggestions": found})


def as_csv(request: HttpRequest):
    """The whole search as a table, for readers as far as MOST_ROWS go."""
    asked = Asked.of(request.GET)
    try:
        hits = every_hit(asked, most=_most_rows(request), include_unpublished=request.user.is_staff)
    except IndexMissingError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    response = StreamingHttpResponse(table(hits, request), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"检索 {asked.text[:40]}.csv")
    return response


@conditional_page
def as_feed(request: HttpRequest):
    """The newest of what the search finds, for a feed reader, who is told when there is nothing new."""
    asked = replace(Asked.of(request.GET), sort=Sort.DATE)
    try:
        hits = every_hit(asked, most=IN_FEED, include_unpublished=request.user.is_staff)
    except IndexMissingError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(feed(asked, hits, request), content_type="application/atom+xml; charset=utf-8")


def _answer(asked: Asked, request: HttpRequest) -> Answer:
    """The page asked for, or the last one where there are fewer."""
    given = request.GET.get("page", "")
    page = int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 9 else 1

    def ask(page: int) -> Answer:
        grouped, size = _paging(asked)
        return search(asked, page=page, page_size=size, grouped=grouped, include_unpublished=request.user.is_staff)

    answer = ask(max(page, 1))
    last = max(answer.pages, 1)
    return ask(last) if answer.page > last else answer


def _most_rows(request: HttpRequest) -> int:
    return MOST if request.user.is_staff else MOST_ROWS


def _paging(asked: Asked) -> tuple[bool, int]:
    """Whether pages are of policies, and how long they are: inside one policy they are of clauses."""
    return (False, PAGE_SIZE) if len(asked.filters.get("policy", ())) == 1 else (True, POLICIES)
