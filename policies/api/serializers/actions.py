"""What was done at the desk, by whom and when, with what changed."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from policies.api.serializers.fields import ApiUrl, PageUrl, RecordSerializer
from policies.models import Action


@extend_schema_serializer(description="一次操作：谁在何时做了什么；命令与任务进程所做的 user 为 null。")
class ActionSerializer(RecordSerializer):
    user = serializers.CharField(source="user.username", default=None, allow_null=True)
    undoes = serializers.UUIDField(source="undoes_id", allow_null=True, help_text="它撤销了的操作")
    undone_by = serializers.UUIDField(source="undone_by.pk", default=None, allow_null=True, help_text="撤销它的操作")
    url = ApiUrl("action")
    page_url = PageUrl()

    class Meta:
        model = Action
        fields = ["id", "verb", "summary", "note", "user", "at", "undoes", "undone_by", "url", "page_url"]


class DifferenceSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="库中的列")
    label = serializers.CharField()  # type: ignore[assignment]  # a field
    before = serializers.CharField()
    after = serializers.CharField()


@extend_schema_serializer(
    description="一行的改动：what 为新增、更改或删除；differences 列出更改的各列，以及责任部门、发布机关、主题的增减。"
)
class ToldSerializer(serializers.Serializer):
    model = serializers.CharField(help_text="库中的表，如 target")
    id = serializers.CharField(source="pk")
    kind = serializers.CharField()
    what = serializers.CharField()
    name = serializers.CharField()
    differences = DifferenceSerializer(many=True)


@extend_schema_serializer(description="一次操作及其改动的各行；total 是行数，rows 至多列出 200 行。")
class ActionDetailSerializer(ActionSerializer):
    """An action with what `policies.selectors.history.tell` tells of it, which the context holds as `told`."""

    total = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()

    class Meta(ActionSerializer.Meta):
        fields = [*ActionSerializer.Meta.fields, "total", "rows"]

    def get_total(self, action: Action) -> int:
        return self.context["told"][1]

    @extend_schema_field(ToldSerializer(many=True))
    def get_rows(self, action: Action) -> Any:
        return ToldSerializer(self.context["told"][0], many=True).data
