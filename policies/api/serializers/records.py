"""What was found in a policy's text: provisions, targets, responsibilities and the rest.

Rows come from `policies.api.querysets`, which gives them the `path` and `eid` of their clause.
"""

from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from policies.api.serializers.fields import (
    ApiUrl,
    ClauseUrl,
    NullableNumber,
    Number,
    PageUrl,
    RecordSerializer,
    Text,
    once,
)
from policies.models import (
    Figure,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Table,
    Target,
)
from policies.selectors.citations import without_unreadable

PLACE = ["id", "path", "eid", "line"]
FOUND = ["quote", "rule", "confidence", "review", "updated_at", "url", "page_url"]


@extend_schema_serializer(description="所属政策。")
class PolicyLinkSerializer(RecordSerializer):
    """The policy that a row belongs to."""

    region = serializers.CharField(source="region.name", default=None, allow_null=True)
    region_code = serializers.CharField(source="region_id", allow_null=True)
    url = ApiUrl("policy")
    page_url = PageUrl()

    class Meta:
        model = Policy
        fields = ["id", "slug", "title", "region", "region_code", "url", "page_url"]

    def to_representation(self, instance: Policy) -> Any:
        return once(self.context, (type(self), instance.pk), partial(super().to_representation, instance))


class InPolicySerializer(RecordSerializer):
    """A row that stands in a clause of a policy."""

    path = serializers.CharField(allow_null=True, help_text="所在条款的路径，如 第二章/第八条")
    eid = serializers.CharField(allow_null=True, help_text="所在条款的锚点，如 chp_2__art_8")
    updated_at = serializers.DateTimeField(source="policy.updated_at", help_text="所属政策或其中记录的更新时间")
    page_url = ClauseUrl()


@extend_schema_serializer(
    description="条款：text 是第一个下级之前的文字，tail 是最后一个下级之后的文字，parent 是上级的 eid。"
)
class ProvisionSerializer(RecordSerializer):
    """A node of the outline; `parent` is the eid of the one that holds it."""

    parent = serializers.CharField(source="parent_eid", allow_null=True)  # type: ignore[assignment]  # a field
    label = Text()  # type: ignore[assignment]  # a field
    heading = Text()
    tail = Text()
    topics = serializers.ListField(child=serializers.CharField(), help_text="这一条自己的文字所谈的主题")
    updated_at = serializers.DateTimeField(source="policy.updated_at", help_text="所属政策或其中记录的更新时间")
    url = ApiUrl("provision")
    page_url = ClauseUrl()

    class Meta:
        model = Provision
        fields = [
            "id", "eid", "parent", "path", "type", "label", "heading", "text", "tail",
            "topics", "start_line", "end_line", "review", "updated_at", "url", "page_url",
        ]  # fmt: skip


class ProvisionNodeSerializer(ProvisionSerializer):
    """A node of a policy's outline, which holds its `children` where the outline is asked for as a tree."""

    class Meta(ProvisionSerializer.Meta):
        fields = ProvisionSerializer.Meta.fields

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if self.context["tree"] is None:  # the OpenAPI document is being made
            about = "下级，只在 tree=true 时有"
            fields["children"] = ProvisionNodeSerializer(many=True, read_only=True, required=False, help_text=about)
        return fields


def as_tree(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outermost of the nodes, which come in the order of the text, each with `children`, at any depth."""
    by_eid = {node["eid"]: node | {"children": []} for node in nodes}
    roots: list[dict[str, Any]] = []
    for node in by_eid.values():
        above = by_eid.get(node["parent"])
        (above["children"] if above else roots).append(node)
    return roots


@extend_schema_serializer(
    description="量化目标：指标、比较、数值、单位与年份；base_value 至 base_value_max 是换算成 base_unit 的数值，"
    "不是区间的两者相同。"
)
class TargetSerializer(InPolicySerializer):
    url = ApiUrl("target")
    value = Number()
    value_max = NullableNumber()
    base_value = Number()
    base_value_max = Number()

    class Meta:
        model = Target
        fields = [
            *PLACE, "indicator", "op", "value", "value_max", "unit", "base_value", "base_value_max", "base_unit",
            "year", "year_from", *FOUND,
        ]  # fmt: skip


@extend_schema_serializer(description="责任中的一个部门：name 照原文，canonical 是全称，id 是部门的 id。")
class ResponsibleAgencySerializer(RecordSerializer):
    """An agency in a responsibility: `name` as printed, `canonical` its full name, `id` the agency's."""

    id = serializers.IntegerField(source="agency_id")
    canonical = serializers.CharField(source="agency.name")
    group = serializers.BooleanField(source="agency.is_group")
    known = serializers.BooleanField(source="agency.known")

    class Meta:
        model = ResponsibleAgency
        fields = ["id", "name", "canonical", "role", "group", "known"]


@extend_schema_serializer(description="责任：一处注明由谁负责的文字及其中的部门。")
class ResponsibilitySerializer(InPolicySerializer):
    url = ApiUrl("responsibility")
    agencies = ResponsibleAgencySerializer(many=True)

    class Meta:
        model = Responsibility
        fields = [*PLACE, "agencies", *FOUND]


@extend_schema_serializer(description="义务：谁应当、可以、不得做什么，或负责什么。")
class ObligationSerializer(InPolicySerializer):
    url = ApiUrl("obligation")

    class Meta:
        model = Obligation
        fields = [*PLACE, "subject", "modality", *FOUND]


@extend_schema_serializer(description="所引的条款；anchor 是它的锚点，引到款的带 __para_N。")
class CitedClauseSerializer(RecordSerializer):
    """A clause that a reference cites."""

    anchor = serializers.CharField()

    class Meta:
        model = Provision
        fields = ["id", "eid", "path", "anchor"]


@extend_schema_serializer(
    description="引用：title 是所引文件（null 指本文件），provision 是所引条款，照原文；"
    "cited_policy 与 cited_clause 是库中与之相应的政策与条款，没有或不可读时为 null。"
)
class ReferenceSerializer(InPolicySerializer):
    url = ApiUrl("reference")
    title = Text()
    provision = Text(source="cited_provision", help_text="所引条款，照原文")
    cited_policy = PolicyLinkSerializer(allow_null=True)
    cited_clause = serializers.SerializerMethodField()

    class Meta:
        model = Reference
        fields = [*PLACE, "title", "provision", "cited_policy", "cited_clause", *FOUND]

    def to_representation(self, instance: Reference) -> Any:
        return super().to_representation(without_unreadable(instance, self.context["request"].user))

    @extend_schema_field(CitedClauseSerializer(allow_null=True))
    def get_cited_clause(self, reference: Reference) -> Any:
        if reference.cited_clause is None:
            return None
        clause = reference.cited_clause
        return {"id": clause.pk, "eid": clause.eid, "path": clause.path, "anchor": reference.cited_anchor}


@extend_schema_serializer(description="统计值：指标在某一时期的数值与变化。")
class ObservationSerializer(InPolicySerializer):
    url = ApiUrl("observation")
    when = Text()
    value = NullableNumber()
    unit = Text()
    yoy = NullableNumber()
    yoy_unit = Text()

    class Meta:
        model = Observation
        fields = [*PLACE, "indicator", "when", "value", "unit", "yoy", "yoy_unit", *FOUND]


@extend_schema_serializer(description="表：表头与各行，照原文。")
class TableSerializer(InPolicySerializer):
    url = ApiUrl("table")
    number = Text()
    title = Text()
    unit = Text()
    header = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))

    class Meta:
        model = Table
        fields = [*PLACE, "end_line", "number", "title", "unit", "header", "rows", "updated_at", "url", "page_url"]


@extend_schema_serializer(description="图题。")
class FigureSerializer(InPolicySerializer):
    number = Text()

    class Meta:
        model = Figure
        fields = [*PLACE, "number", "title", "updated_at", "page_url"]
