"""Full-text search over the clauses."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.fields import ListField
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from policies.api.errors import Fault, InvalidParameters, Unavailable
from policies.api.examples import API, PAGE, answer
from policies.api.freshness import Dated
from policies.api.lookups import find_agency, find_column, find_issue, find_policy, find_regions
from policies.api.serializers.search import SearchAnswerSerializer, SearchQuerySerializer
from policies.api.strict import check_parameters, value_fault
from search.api import as_json
from search.asking import Asked
from search.engines.base import IndexMissingError, Scope, Sort
from search.results import Answer, search

PARAMETERS = list(SearchQuerySerializer().fields)
SEVERAL = [name for name, field in SearchQuerySerializer().fields.items() if isinstance(field, ListField)]
EXAMPLE = {
    "query": "数字驿站", "total": 1, "policies": 1, "page": 1, "page_size": 50, "pages": 1, "loose": 0, "messages": [],
    "hits": [
        {
            "id": 88,
            "policy": {
                "id": 7, "slug": "浙江-2031-数字驿站行动计划", "title": "浙江省数字驿站行动计划", "kind": "plan",
                "level": "province", "region": "浙江省", "region_code": "330000",
            },
            "eid": "sec_1__goal_1", "path": "一/——1", "type": "goal", "label": "——1", "heading": None,
            "text": "新建数字驿站。", "highlights": [[2, 6]], "snippet": "新建<mark>数字驿站</mark>。", "score": 7.12,
            "url": f"{API}/provisions/88/", "page_url": f"{PAGE}?q=数字驿站#sec_1__goal_1",
        }
    ],
    "facets": {"kind": [{"value": "plan", "label": "规划", "count": 1, "selected": False}]},
}  # fmt: skip


class SearchView(Dated, APIView):
    @extend_schema(
        operation_id="search",
        tags=["检索"],
        summary="检索条款",
        description="检索条款。读者只检索已发布的，编辑检索全部；messages 说明查询中没有看懂的部分。",
        parameters=[SearchQuerySerializer],
        examples=[answer(EXAMPLE)],
        responses={200: SearchAnswerSerializer},
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, PARAMETERS, SEVERAL)
        asked = _understood(request)
        try:
            found = search(
                Asked(
                    asked["q"],
                    _filters(asked, request.user),
                    Scope(asked["scope"]),
                    Sort(asked["sort"]),
                    asked["loose"],
                ),
                page=asked["page"],
                page_size=asked["page_size"],
                include_unpublished=request.user.is_staff,
            )
        except IndexMissingError as error:
            raise Unavailable(str(error)) from error
        if found.page > max(found.pages, 1):
            raise NotFound(f"没有第 {found.page} 页；共 {found.pages} 页，{found.total} 条。")
        return Response(_body(found, request))


def _understood(request: Request) -> dict[str, Any]:
    """The parameters by their kind; raises InvalidParameters."""
    if "q" not in request.query_params:
        raise InvalidParameters([Fault("q", "缺少参数 q：要检索什么。")])
    query = SearchQuerySerializer(data=request.query_params)
    if not query.is_valid():
        raise InvalidParameters([_fault(query, name, request) for name in query.errors])
    return query.validated_data


def _fault(query: SearchQuerySerializer, name: str, request: Request) -> Fault:
    """What is wrong with the parameter of that name; of one that came several times, with the first wrong value."""
    field, messages = query.fields[name], query.errors[name]
    value = request.query_params[name]
    if isinstance(messages, dict):
        place, messages = next(iter(messages.items()))
        field, value = field.child, request.query_params.getlist(name)[int(place)]  # type: ignore[attr-defined]
    choices = getattr(field, "choices", None)
    return value_fault(name, value, choices.items() if choices else None, map(str, messages))


def _filters(asked: dict[str, Any], user: Any) -> dict[str, list[str]]:
    """The filters as the index knows them: codes, ids and names; raises InvalidParameters."""
    found: dict[str, Callable[[Any], list[str]]] = {
        "kind": lambda value: [value],
        "level": lambda value: [value],
        "year": lambda value: [str(value)],
        "agency": lambda words: [str(find_agency(words, user).pk)],
        "region": lambda words: [region.code for region in find_regions(words)],
        "column": lambda words: [find_column(words, user)],
        "issue": lambda words: [str(find_issue(words, user).pk)],
        "policy": lambda words: [str(find_policy(words, user).pk)],
    }
    return {
        name: [value for words in asked[name] for value in values(words)]
        for name, values in found.items()
        if name in asked
    }


def _body(found: Answer, request: Request) -> dict[str, Any]:
    """The answer as JSON, with whole addresses."""
    body = as_json(found)
    for hit in body["hits"]:
        hit["url"] = reverse("api:provision-detail", [hit["id"]], request=request)
        hit["page_url"] = request.build_absolute_uri(hit["page_url"])
    return body
