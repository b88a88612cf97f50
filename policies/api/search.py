"""Full-text search over the clauses."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from policies.api.errors import MEDIA_TYPE, Fault, InvalidParameters, Unavailable
from policies.api.filters import check_parameters, find_agency, find_column, find_issue, find_regions, value_fault
from policies.api.schema import ProblemSerializer
from policies.api.serializers.search import SearchAnswerSerializer, SearchQuerySerializer
from search.api import as_json
from search.asking import Asked
from search.engines.base import IndexMissingError, Scope, Sort
from search.results import Answer, search

PARAMETERS = list(SearchQuerySerializer().fields)


class SearchView(APIView):
    @extend_schema(
        operation_id="search",
        tags=["检索"],
        summary="检索条款",
        description="检索条款。读者只检索已发布的，编辑检索全部；messages 说明查询中没有看懂的部分。",
        parameters=[SearchQuerySerializer],
        responses={
            200: SearchAnswerSerializer,
            (503, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description="还没有索引"),
        },
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, PARAMETERS)
        asked = _understood(request)
        try:
            answer = search(
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
        if answer.page > max(answer.pages, 1):
            raise NotFound(f"没有第 {answer.page} 页；共 {answer.pages} 页，{answer.total} 条。")
        return Response(_body(answer, request))


def _understood(request: Request) -> dict[str, Any]:
    """The parameters by their kind; raises InvalidParameters."""
    if "q" not in request.query_params:
        raise InvalidParameters([Fault("q", "缺少参数 q：要检索什么。")])
    query = SearchQuerySerializer(data=request.query_params)
    if not query.is_valid():
        faults = []
        for name, messages in query.errors.items():
            choices = getattr(query.fields[name], "choices", None)
            value = request.query_params[name]
            faults.append(value_fault(name, value, choices.items() if choices else None, map(str, messages)))
        raise InvalidParameters(faults)
    return query.validated_data


def _filters(asked: dict[str, Any], user: Any) -> dict[str, list[str]]:
    """The filters as the index knows them: codes, ids and names; raises InvalidParameters."""
    names = ("kind", "level", "year")
    filters: dict[str, list[str]] = {name: [str(asked[name])] for name in names if name in asked}
    if "agency" in asked:
        filters["agency"] = [str(find_agency(asked["agency"], user).pk)]
    if "region" in asked:
        filters["region"] = [region.code for region in find_regions(asked["region"])]
    if "column" in asked:
        filters["column"] = [find_column(asked["column"], user)]
    if "issue" in asked:
        filters["issue"] = [str(find_issue(asked["issue"], user).pk)]
    return filters


def _body(answer: Answer, request: Request) -> dict[str, Any]:
    """The answer as JSON, with whole addresses."""
    body = as_json(answer)
    for hit in body["hits"]:
        hit["url"] = request.build_absolute_uri(hit["url"])
    return body
