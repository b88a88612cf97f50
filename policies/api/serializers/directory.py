"""Agencies and regions."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from policies.api.serializers.fields import ApiUrl, PageUrl, RecordSerializer, ShapedSerializer, Text
from policies.models import Agency, Region, Succession


@extend_schema_serializer(description="部门：name 是全称，names 是印出过的名称。")
class AgencySerializer(RecordSerializer):
    """An agency; `name` is its full official name, `names` are those that it is printed under."""

    region = serializers.CharField(source="region.name", default=None, allow_null=True)
    region_code = serializers.CharField(source="region_id", allow_null=True)
    level = Text()
    group = serializers.BooleanField(source="is_group", help_text="统称，如 各市人民政府")
    known = serializers.BooleanField(help_text="名称已收入名录")
    names: serializers.RelatedField = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    tasks = serializers.IntegerField(help_text="可读的政策中由它负责的任务数")
    issued_policies = serializers.IntegerField(help_text="可读的政策中由它发布的件数")
    url = ApiUrl("agency")
    page_url = PageUrl()

    class Meta:
        model = Agency
        fields = [
            "id", "name", "names", "region", "region_code", "level", "group", "known", "tasks", "issued_policies",
            "url", "page_url",
        ]  # fmt: skip


@extend_schema_serializer(description="部门的名称与网址。")
class AgencyLinkSerializer(RecordSerializer):
    url = ApiUrl("agency")
    page_url = PageUrl()

    class Meta:
        model = Agency
        fields = ["id", "name", "url", "page_url"]


@extend_schema_serializer(description="前身；date 为 null 时各地不一，note 说明是哪次改革或哪部分职责。")
class PredecessorSerializer(RecordSerializer):
    """The agency that another took over from."""

    agency = AgencyLinkSerializer(source="predecessor")
    note = Text()

    class Meta:
        model = Succession
        fields = ["agency", "date", "note"]


@extend_schema_serializer(description="后继；date 为 null 时各地不一，note 说明是哪次改革或哪部分职责。")
class SuccessorSerializer(PredecessorSerializer):
    """The agency that took over."""

    agency = AgencyLinkSerializer(source="successor")


@extend_schema_serializer(description="部门及其前身、后继。")
class AgencyDetailSerializer(ShapedSerializer, AgencySerializer):
    """An agency with those before and after it."""

    extras = ("predecessors", "successors")

    predecessors = PredecessorSerializer(source="origins", many=True)
    successors = SuccessorSerializer(source="successions", many=True)

    class Meta(AgencySerializer.Meta):
        fields = [*AgencySerializer.Meta.fields, "predecessors", "successors"]


@extend_schema_serializer(description="地区：code 是 GB/T 2260 代码，也是它的标识；parent 是上级地区的代码。")
class RegionSerializer(ShapedSerializer):
    """A region; its GB/T 2260 code is its identifier."""

    parent = serializers.CharField(source="parent_id", allow_null=True)  # type: ignore[assignment]  # a field
    url = ApiUrl("region")
    page_url = PageUrl()

    class Meta:
        model = Region
        fields = ["code", "name", "short_name", "level", "parent", "valid_from", "valid_to", "url", "page_url"]
