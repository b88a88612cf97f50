"""The feed: what readers saw come, change and go, in the order of the commits, read on by a cursor."""

import re
from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from policies.api import views
from policies.api.errors import MEDIA_TYPE, Fault, InvalidParameters
from policies.api.examples import API, UPDATED, answer
from policies.api.freshness import Dated
from policies.api.pagination import DEFAULT_SIZE, MAX_SIZE, Pages, whole_number
from policies.api.schema import ProblemSerializer
from policies.api.serializers.changes import ChangesSerializer
from policies.api.shaping import EXPAND, Shape, shape_of
from policies.api.strict import check_parameters, value_fault
from policies.models import PublicChange
from policies.selectors.public_changes import changes_after, newest

Kind, Operation = PublicChange.Kind, PublicChange.Operation

SINCE, KIND, RECORD, SIZE = "since", "kind", "record", Pages.page_size_query_param
PARAMETERS = [SINCE, KIND, EXPAND, SIZE]
START, NOW = "0", "now"
CURSOR = re.compile(r"(\d{1,18})-([0-9a-f]{1,16})", re.ASCII)  # an entry's id and moment
RESOURCES: dict[str, type[views.Resource]] = {
    Kind.ISSUES: views.IssueViewSet,
    Kind.POLICIES: views.PolicyViewSet,
    Kind.PROVISIONS: views.ProvisionViewSet,
    Kind.TARGETS: views.TargetViewSet,
    Kind.RESPONSIBILITIES: views.ResponsibilityViewSet,
    Kind.OBLIGATIONS: views.ObligationViewSet,
    Kind.REFERENCES: views.ReferenceViewSet,
    Kind.TABLES: views.TableViewSet,
    Kind.OBSERVATIONS: views.ObservationViewSet,
    Kind.AGENCIES: views.AgencyViewSet,
}
EXAMPLE = {
    "results": [
        {"operation": "updated", "kind": "targets", "id": 12, "policy": 7, "at": UPDATED, "url": f"{API}/targets/12/"}
    ],
    "cursor": "4711-70c1a2b3c4d5e",
    "next": f"{API}/changes/?since=4711-70c1a2b3c4d5e",
    "more": False,
}


class Gone(APIException):
    """A cursor of a base that is no more: it was restored from an older copy, or made anew."""

    status_code = HTTPStatus.GONE
    default_detail = f"库中没有这个 {SINCE} 所指的变更：库已恢复到较早的状态，或已重建。请重新读取全部。"


class ChangesView(Dated, APIView):
    @extend_schema(
        operation_id="changes",
        tags=["变更"],
        summary="自某处以来的变更",
        description="读者所见记录的新增、更新与移除，依提交的次序。先以 since=now 取得 cursor，再读全部列表，"
        "此后照 next 续读，所存即与库一致。",
        parameters=[
            OpenApiParameter(
                SINCE,
                {"type": "string", "pattern": rf"^({START}|{NOW}|\d{{1,18}}-[0-9a-f]{{1,16}})$"},
                description=f"上次答复中的 cursor；{START} 或不给，从头读起；{NOW}，只要此刻的 cursor",
            ),
            OpenApiParameter(
                KIND, {"type": "array", "items": {"type": "string", "enum": Kind.values}}, description="只要这些种类"
            ),
            OpenApiParameter(EXPAND, str, enum=[RECORD], description="另附记录现在的内容"),
            OpenApiParameter(
                SIZE,
                {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
                description=Pages.page_size_query_description,
            ),
        ],
        responses={
            200: ChangesSerializer,
            (410, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description="since 所指的变更已不在库中"),
        },
        examples=[answer(EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, PARAMETERS, [KIND])
        kinds = _kinds(request.query_params.getlist(KIND))
        expanded = RECORD in shape_of(request.query_params, {EXPAND: [RECORD]}).expand
        size = whole_number(request.query_params.get(SIZE, str(DEFAULT_SIZE)), SIZE, MAX_SIZE)
        batch = changes_after(_place(request.query_params.get(SINCE, START)), kinds, size)
        cursor = _cursor(batch.last)
        records = _records(batch.changes, request) if expanded else None
        context = {"request": request, "resources": RESOURCES, "records": records}
        body = {
            "results": batch.changes,
            "cursor": cursor,
            "next": replace_query_param(request.build_absolute_uri(), SINCE, cursor),
            "more": batch.more,
        }
        return Response(ChangesSerializer(body, context=context).data)


def _kinds(asked: list[str]) -> list[str]:
    if wrong := [kind for kind in asked if kind not in Kind.values]:
        raise InvalidParameters([value_fault(KIND, "、".join(wrong), Kind.choices, [])])
    return asked


def _cursor(change: PublicChange | None) -> str:
    """Where an entry stands, with its moment: of another base, or of one that was restored, it would differ."""
    return f"{change.pk}-{_moment(change)}" if change else START


def _moment(change: PublicChange) -> str:
    return f"{round(change.at.timestamp() * 1_000_000):x}"


def _place(since: str) -> int:
    """The id of the entry that a cursor names; raises InvalidParameters, or Gone where there is no such entry."""
    if since == START:
        return 0
    if since == NOW:
        end = newest()
        return end.pk if end else 0
    read = CURSOR.fullmatch(since)
    if read is None:
        detail = f"参数 {SINCE} 不能是“{since[:60]}”；应为上次答复中的 cursor，或 {NOW}；从头读起不给它。"
        raise InvalidParameters([Fault(SINCE, detail)])
    change = PublicChange.objects.filter(pk=int(read[1])).first()
    if change is None or _moment(change) != read[2]:
        raise Gone
    return change.pk


def _records(changes: Iterable[PublicChange], request: Request) -> dict[tuple[str, int], Any]:
    """The records that are there now, as lists show them, by kind and id."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.operation != Operation.REMOVED:
            wanted[change.kind].add(change.record)
    context = {"request": request, "shape": Shape(), "whole": False, "tree": False}
    records = {}
    for kind, ids in wanted.items():
        resource = RESOURCES[kind]
        rows = resource.read(request.user, frozenset()).filter(pk__in=ids)
        for row in resource.serializer_class(rows, many=True, context=context).data:
            records[kind, row["id"]] = row
    return records
