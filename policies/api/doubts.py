"""What the machine doubts of files, policies and lines, and settling it."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from policies.actions.settle import reopen, settle_doubt
from policies.api import lookups
from policies.api.bodies import read_body
from policies.api.desk import DeskResource, NoBody
from policies.api.examples import ACTION, DOUBT, answer, sent
from policies.api.filter_kinds import named_filter, value_filter, whether_filter
from policies.api.pagination import Pages
from policies.api.schema import failures, read_at_desk
from policies.api.serializers.actions import ActionSerializer
from policies.api.serializers.columns import ReasonSerializer
from policies.api.serializers.fields import ApiUrl, PageUrl, RecordSerializer, Text
from policies.models import Action, Doubt
from policies.models.doubt import MUST_FIX

TAG = "提示"
KEY = OpenApiParameter("id", int, OpenApiParameter.PATH, description="提示的 id")


class DoubtFilter(django_filters.FilterSet):
    issue = named_filter("期的 id，或年份与期号，如 2023-48；不含单独的政策", lookups.of_issue)
    policy = named_filter("政策的 id 或 slug", lookups.of_policy)
    code = value_filter("种类，见 docs/warnings.md")
    settled = whether_filter("是否处理完毕", method="keep_settled")
    must_fix = whether_filter("是否发布之前必须处理", method="keep_must_fix")

    class Meta:
        model = Doubt
        fields: list[str] = []

    def keep_settled(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(settled_at__isnull=not value)

    def keep_must_fix(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(code__in=MUST_FIX) if value else rows.exclude(code__in=MUST_FIX)


@extend_schema_serializer(description="机器的一条提示；settled_at 为 null 的尚未处理。")
class DoubtSerializer(RecordSerializer):
    words = Text(help_text="原文这一行")
    must_fix = serializers.SerializerMethodField(help_text="是否发布之前必须处理")
    issue = serializers.IntegerField(source="issue_id", allow_null=True)
    policy = serializers.IntegerField(source="policy_id", allow_null=True)
    settled_by = serializers.CharField(source="settled_by.username", default=None, allow_null=True)
    note = Text(help_text="如何处理的")
    url = ApiUrl("doubt")
    page_url = PageUrl()

    class Meta:
        model = Doubt
        fields = [
            "id", "code", "line", "message", "words", "must_fix", "issue", "policy", "settled_at", "settled_by", "note",
            "url", "page_url",
        ]  # fmt: skip

    def get_must_fix(self, doubt: Doubt) -> bool:
        return doubt.code in MUST_FIX


@extend_schema_serializer(description="处理的结果：记入历史的操作，早已如此的为 null；以及这条提示。")
class SettledSerializer(serializers.Serializer):
    action = ActionSerializer(allow_null=True)
    record = DoubtSerializer()


@extend_schema_view(
    list=read_at_desk(TAG, "各条提示", "机器的疑问，分页。", DoubtSerializer, DOUBT),
    retrieve=read_at_desk(TAG, "一条提示", "机器的一条疑问。", DoubtSerializer, DOUBT, KEY),
)
class DoubtViewSet(DeskResource, viewsets.ReadOnlyModelViewSet):
    queryset = Doubt.objects.select_related("settled_by").order_by("pk")
    serializer_class = DoubtSerializer
    filterset_class = DoubtFilter
    pagination_class = Pages
    lookup_value_regex = r"\d{1,18}"

    @extend_schema(
        tags=[TAG],
        summary="处理完毕",
        description="记下如何处理的；早已处理的不变，说明与所记不同的答复 409。",
        parameters=[KEY],
        request=ReasonSerializer,
        responses={200: SettledSerializer, **failures(403, 409, 415)},
        examples=[answer({"action": ACTION | {"verb": "settle"}, "record": DOUBT}), sent({"note": "原文如此"})],
    )
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        doubt = self.get_object()
        note = read_body(request, ReasonSerializer()).get("note") or ""
        return self._settled(settle_doubt(doubt, note, user=request.user))

    @extend_schema(
        tags=[TAG],
        summary="重新打开",
        description="再待处理；处理说明随之去掉。",
        parameters=[KEY],
        request=None,
        responses={200: SettledSerializer, **failures(403)},
        examples=[answer({"action": ACTION | {"verb": "settle"}, "record": DOUBT})],
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        doubt = self.get_object()
        read_body(request, NoBody())
        return self._settled(reopen(doubt, user=request.user))

    def _settled(self, done: Action | None) -> Response:
        body = {"action": done, "record": self.get_object()}
        return Response(SettledSerializer(body, context=self.get_serializer_context()).data)
