"""The feed of what changed for readers."""

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from policies.api.serializers.fields import RecordSerializer
from policies.models import PublicChange


@extend_schema_serializer(description="一条记录的新增、更新或移除。")
class ChangeSerializer(RecordSerializer):
    """`kind` and `id` name the record.

    The context's `resources` are the views by kind, `records` the records by kind and id, None if nobody asked.
    """

    id = serializers.IntegerField(source="record", help_text="记录的 id")
    policy = serializers.IntegerField(allow_null=True, help_text="所属政策的 id；期与部门为 null")
    url = serializers.SerializerMethodField(help_text="记录在 API 中的网址；移除后为 404，并入另一部门的为 301")
    record = serializers.SerializerMethodField(help_text="expand=record 时有：记录现在的内容，同列表；已移除为 null")

    class Meta:
        model = PublicChange
        fields = ["operation", "kind", "id", "policy", "at", "url", "record"]

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if self.context.get("records", {}) is None:
            del fields["record"]
        return fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, change: PublicChange) -> str:
        route = self.context["resources"][change.kind].queryset.model._meta.model_name
        return reverse(f"api:{route}-detail", [change.record], request=self.context["request"])

    @extend_schema_field({"type": ["object", "null"], "additionalProperties": {}})
    def get_record(self, change: PublicChange) -> dict | None:
        return self.context["records"].get((change.kind, change.record))


@extend_schema_serializer(description="变更；next 总是有的，以后照它续读，more 说明此刻是否还有。")
class ChangesSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True)
    cursor = serializers.CharField(help_text="读到何处，可作 since")
    next = serializers.URLField(help_text="从 cursor 续读的网址")
    more = serializers.BooleanField(help_text="此刻是否还有")
