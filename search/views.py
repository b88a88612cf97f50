"""The search page."""

from django.http import QueryDict
from django.shortcuts import render

from policies.views.paging import paged
from search.engines.base import IndexMissingError
from search.results import FILTERS, PAGE_SIZE, Answer, search


def search_page(request):
    """`?q=` what a person types; `region`, `agency`, `kind` … any number of values each; `page`."""
    text = request.GET.get("q", "").strip()
    filters = {name: request.GET.getlist(name) for name in FILTERS}
    context = {"section": "search", "q": text, "filters": {name: values for name, values in filters.items() if values}}
    try:
        answer = _answer(text, filters, request)
    except IndexMissingError:
        return render(request, "search/search.html", context | {"missing": True}, status=503)
    # The page numbers come from the exact total; the hits of this page are already there.
    paging = paged(request, range(answer.total), PAGE_SIZE)
    facets = [
        (facet, [(value, _toggled(request.GET, facet.name, value.value)) for value in facet.values])
        for facet in answer.facets
        if facet.values
    ]
    return render(request, "search/search.html", context | {"answer": answer, "paging": paging, "facets": facets})


def _answer(text: str, filters: dict[str, list[str]], request) -> Answer:
    """The page asked for, or the last one where there are fewer."""
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 9 else 1
    editor = request.user.is_staff
    answer = search(text, filters=filters, page=max(page, 1), include_unpublished=editor)
    if answer.page > max(answer.pages, 1):
        answer = search(text, filters=filters, page=answer.pages, include_unpublished=editor)
    return answer


def _toggled(parameters: QueryDict, name: str, value: str) -> str:
    """The address of the same search with the facet's value chosen, or no longer chosen."""
    changed = parameters.copy()
    values = changed.getlist(name)
    changed.setlist(name, [other for other in values if other != value] if value in values else [*values, value])
    changed.pop("page", None)
    return f"?{changed.urlencode()}"
