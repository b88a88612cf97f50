"""Uploading by program, and following and deciding on the runs: what the desk does, by the same actions."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from ingest.actions import DECISIONS, PERMISSION
from ingest.api import examples
from ingest.api.filters import BatchFilter, RunFilter
from ingest.api.serializers import BatchSerializer, RunDetailSerializer, RunSerializer, UploadSerializer
from ingest.intake import LIMIT_WORDS, MOST, TOTAL, Intake
from ingest.models import Batch, Run
from ingest.reading import SUFFIX_WORDS
from ingest.uploading import BoundedUpload, submit_intake
from policies.api.bodies import Form, read_body, unknown_fields
from policies.api.desk import DeskResource, NoBody
from policies.api.errors import Conflict, FieldFault, InvalidFields
from policies.api.examples import answer
from policies.api.schema import failures, read_at_desk

TO_SEE = "ingest.view_run"
KEY = OpenApiParameter("id", UUID, OpenApiParameter.PATH, description="采集的 id")
UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "file": {
                "type": "array",
                "items": {"type": "string", "format": "binary"},
                "minItems": 1,
                "maxItems": MOST,
                "description": f"一个或多个：{SUFFIX_WORDS}，或装着它们的 .zip；每个不超过 {LIMIT_WORDS}，"
                f"合计不超过 {TOTAL // 1024**2} MB",
            }
        },
        "required": ["file"],
    }
}


def decided(summary: str, description: str) -> Callable:
    """An operation that decides of a run, as the OpenAPI document tells of it."""

    def describe(method: Callable) -> Any:
        return extend_schema(
            tags=["采集"],
            summary=summary,
            description=f"{description}已经太晚的答复 409，什么也没有改变。",
            parameters=[KEY],
            request=None,
            responses={200: RunDetailSerializer, **failures(403, 409)},
            examples=[answer(examples.WHOLE_RUN)],
        )(action(detail=True, methods=["post"])(method))

    return describe


class RefusedUpload(InvalidFields):
    """An upload of which nothing was taken."""

    def __init__(self, intake: Intake, *, too_large: bool):
        named = [FieldFault("file", f"{file.name}：{file.reason}") for file in intake.refused]
        super().__init__(named or [FieldFault("file", "没有上传：请求中没有名为 file 的文件。")])
        if too_large:
            self.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class IngestView(DeskResource):
    to_read, to_write = TO_SEE, PERMISSION
    lasting = True
    lookup_value_regex = "[0-9a-f-]{36}"


@extend_schema_view(
    list=read_at_desk("采集", "各次采集，新的在前", "上传的文件入库的经过，分页。", RunSerializer, examples.RUN),
    retrieve=read_at_desk(
        "采集", "一次采集，含各步、经过与差别", "上传之后每隔几秒读一次，直到 settled 为真。", RunDetailSerializer,
        examples.WHOLE_RUN, KEY,
    ),
)  # fmt: skip
class RunViewSet(IngestView, viewsets.ReadOnlyModelViewSet):
    queryset = Run.objects.none()
    filterset_class = RunFilter

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        self.bound = BoundedUpload.of(request)  # before anybody reads the body, as checking a login does
        return super().initialize_request(request, *args, **kwargs)

    def get_parsers(self) -> list[Any]:
        uploading = self.action_map and self.action_map.get("post") == "create"
        return [Form()] if uploading else super().get_parsers()

    def get_queryset(self) -> QuerySet[Run]:
        rows = Run.objects.listed().select_related("policy__region", "accepted_by")
        return rows.prefetch_related("events").defer("content") if self.detail else rows

    def get_serializer_class(self) -> type[BaseSerializer]:
        return RunDetailSerializer if self.detail else RunSerializer

    @extend_schema(
        tags=["采集"],
        summary="上传",
        description="排队入库，答复 202；Location 是这次采集的网址，多个文件的是这一批的。同编辑台的上传：内容相同的"
        "文件不会重复入库；已在库中的一期若有新版本，先列出差别，待采用（accept）或不采用（decline）。",
        request=UPLOAD,
        responses={202: UploadSerializer, **failures(403, 413, 415)},
        examples=[answer(examples.UPLOADED, 202)],
    )
    def create(self, request: Request) -> Response:
        if unknown := unknown_fields(request.data, ["file"]):
            raise InvalidFields(unknown)
        intake = self.bound.intake(request)
        made = submit_intake(intake, user=request.user)
        if made is None:
            raise RefusedUpload(intake, too_large=bool(self.bound.refused))
        context = self.get_serializer_context()
        if isinstance(made, Run):
            body: dict[str, Any] = {"runs": self.get_queryset().filter(pk=made.pk), "refused": [], "batch": None}
            address = RunSerializer(made, context=context).data["url"]
        else:
            address = BatchSerializer(made, context=context).data["url"]
            rows = self.get_queryset().filter(batch=made).order_by("filename")
            body = {"runs": rows, "refused": made.refused, "batch": address}
        told = UploadSerializer(body, context=context).data
        return Response(told, status=HTTPStatus.ACCEPTED, headers={"Location": address})

    def decide(self, request: Request, name: str) -> Response:
        """Do what was decided, or say (409) that it is too late."""
        read_body(request, NoBody())
        decision = DECISIONS[name]
        if not decision.act(self.get_object(), user=request.user):
            raise Conflict(decision.did_not)
        return Response(self.get_serializer(self.get_object()).data)

    @decided("取消", "等待或进行中的不再处理，已入库的部分随之撤回。")
    def cancel(self, request: Request, pk: str) -> Response:
        return self.decide(request, "cancel")

    @decided("重试", "失败或已取消的重新排队。")
    def retry(self, request: Request, pk: str) -> Response:
        return self.decide(request, "retry")

    @decided("采用新版本", "待确认的新版本排队入库，替换库中的内容；编辑的决定仍在。替换已发布的，只有主编可以。")
    def accept(self, request: Request, pk: str) -> Response:
        return self.decide(request, "accept")

    @decided("不采用新版本", "待确认的新版本不入库，库中内容不变。")
    def decline(self, request: Request, pk: str) -> Response:
        return self.decide(request, "decline")


@extend_schema_view(
    list=read_at_desk("采集", "同时上传的各批，新的在前", "各批文件的采集，分页。", BatchSerializer, examples.BATCH),
    retrieve=read_at_desk(
        "采集", "同时上传的一批", "一批文件的各次采集，及没有接收的文件。", BatchSerializer, examples.BATCH,
        OpenApiParameter("id", UUID, OpenApiParameter.PATH, description="这一批的 id"),
    ),
)  # fmt: skip
class BatchViewSet(IngestView, viewsets.ReadOnlyModelViewSet):
    queryset = Batch.objects.none()
    serializer_class = BatchSerializer
    filterset_class = BatchFilter

    def get_queryset(self) -> QuerySet[Batch]:
        runs = Run.objects.listed().select_related("policy__region", "accepted_by").order_by("filename")
        return Batch.objects.select_related("created_by").prefetch_related(Prefetch("runs", runs))
