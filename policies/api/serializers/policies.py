"""Issues and policies."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from policies.api.serializers.fields import ApiUrl, PageUrl, RecordSerializer, ShapedSerializer, Text
from policies.api.serializers.records import (
    FigureSerializer,
    ObligationSerializer,
    ObservationSerializer,
    PolicyLinkSerializer,
    ProvisionNodeSerializer,
    ReferenceSerializer,
    ResponsibilitySerializer,
    TableSerializer,
    TargetSerializer,
    as_tree,
)
from policies.models import ContentsEntry, Edition, Issue, Policy
from policies.selectors.citations import editions_of


@extend_schema_serializer(description="一期。")
class IssueSerializer(RecordSerializer):
    cover_title = Text()
    publisher = Text()
    url = ApiUrl("issue", "{0.year}-{0.number}".format)
    page_url = PageUrl()

    class Meta:
        model = Issue
        fields = [
            "id", "year", "number", "total_number", "published_on", "cover_title", "publisher",
            "state", "created_at", "updated_at", "url", "page_url",
        ]  # fmt: skip


@extend_schema_serializer(description="所在的期。")
class IssueLinkSerializer(RecordSerializer):
    """The issue that a policy was printed in."""

    url = ApiUrl("issue", "{0.year}-{0.number}".format)
    page_url = PageUrl()

    class Meta:
        model = Issue
        fields = ["id", "year", "number", "url", "page_url"]


@extend_schema_serializer(description="政策的基本信息。")
class PolicySerializer(RecordSerializer):
    """A policy's facts, without what its text holds."""

    slug = serializers.CharField(help_text="网址中的名字，长久不变")
    issue = IssueLinkSerializer(allow_null=True)
    column = Text()
    region = serializers.CharField(source="region.name", default=None, allow_null=True)
    region_code = serializers.CharField(source="region_id", allow_null=True)
    doc_number = Text()
    issuers = serializers.SerializerMethodField(help_text="发布机关的全称，照印出的次序")
    period = serializers.SerializerMethodField(help_text="规划期的起止年份")
    year = serializers.IntegerField(allow_null=True, help_text="发布、通过、施行、规划期或该期的年份")
    source = Text(source="source_name", help_text="“来源：”后的文字")  # type: ignore[assignment]  # a field
    editor_note = Text()
    topics: serializers.RelatedField = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    url = ApiUrl("policy")
    page_url = PageUrl()

    class Meta:
        model = Policy
        fields = [
            "id", "slug", "issue", "order", "column", "page", "title", "kind", "level", "region", "region_code",
            "doc_number", "issuers", "status", "adopted_on", "issued_on", "effective_on", "period", "year",
            "source", "editor_note", "topics", "start_line", "end_line",
            "review", "state", "created_at", "updated_at", "url", "page_url",
        ]  # fmt: skip

    def get_issuers(self, policy: Policy) -> list[str]:
        return [issuer.agency.name for issuer in policy.issuers.all()]

    @extend_schema_field(
        {"type": ["array", "null"], "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    )
    def get_period(self, policy: Policy) -> list[Any] | None:
        return None if policy.period_start is None else [policy.period_start, policy.period_end]


@extend_schema_serializer(description="两个版本中相应的条款；similarity 为 1 时文字相同。")
class ClausePairSerializer(serializers.Serializer):
    """Which clause of the earlier edition became which of the later."""

    earlier = serializers.CharField(source="earlier.eid", help_text="先的一版中的 eid")
    later = serializers.CharField(source="later.eid", help_text="后的一版中的 eid")
    similarity = serializers.FloatField(min_value=0, max_value=1)


@extend_schema_serializer(
    description="同一文件的另一版本：later 指它在本篇之后；"
    "relation 为 draft_of（先的是后的征求意见稿）、same（同一文本）或 revised（修订）。"
)
class EditionSerializer(serializers.Serializer):
    """Another edition of a policy."""

    relation = serializers.ChoiceField(Edition.Relation.choices)
    later = serializers.BooleanField()
    policy = PolicyLinkSerializer()
    clauses = ClausePairSerializer(many=True)


@extend_schema_serializer(description="政策及其正文中提取的全部记录。")
class PolicyDetailSerializer(ShapedSerializer, PolicySerializer):
    """A policy with everything that was found in its text."""

    extras = (
        "provisions", "targets", "responsibilities", "obligations", "references", "tables", "figures",
        "observations", "editions",
    )  # fmt: skip

    provisions = ProvisionNodeSerializer(many=True)
    targets = TargetSerializer(source="target_set", many=True)
    responsibilities = ResponsibilitySerializer(source="responsibility_set", many=True)
    obligations = ObligationSerializer(source="obligation_set", many=True)
    references = ReferenceSerializer(source="reference_set", many=True)
    tables = TableSerializer(many=True)
    figures = FigureSerializer(many=True)
    observations = ObservationSerializer(source="observation_set", many=True)
    editions = serializers.SerializerMethodField(help_text="与本篇前后相接的版本")

    class Meta(PolicySerializer.Meta):
        fields = [
            *PolicySerializer.Meta.fields,
            "provisions", "targets", "responsibilities", "obligations", "references", "tables", "figures",
            "observations", "editions",
        ]  # fmt: skip

    def to_representation(self, instance: Policy) -> Any:
        record = super().to_representation(instance)
        if self.context["tree"] and "provisions" in record:
            record["provisions"] = as_tree(record["provisions"])
        return record

    @extend_schema_field(EditionSerializer(many=True))
    def get_editions(self, policy: Policy) -> Any:
        editions = editions_of(policy, self.context["request"].user, with_clauses=True)
        return EditionSerializer(editions, many=True, context=self.context).data


@extend_schema_serializer(description="本期要目的一行；policy 是对应政策的 id，没有或尚未发布时为 null。")
class ContentsEntrySerializer(RecordSerializer):
    """A line of 本期要目; `policy` is the id of the policy that it announces, if one may be read."""

    policy = serializers.SerializerMethodField()

    class Meta:
        model = ContentsEntry
        fields = ["column", "page", "title", "policy"]

    def get_policy(self, entry: ContentsEntry) -> int | None:
        readable = {policy.pk for policy in entry.issue.policies.all()}
        return entry.policy_id if entry.policy_id in readable else None


@extend_schema_serializer(description="一期及其要目、各篇政策。")
class IssueDetailSerializer(ShapedSerializer, IssueSerializer):
    """An issue with its contents list and its policies."""

    extras = ("contents", "policies")

    contents = ContentsEntrySerializer(many=True)
    policies = PolicySerializer(many=True)

    class Meta(IssueSerializer.Meta):
        fields = [*IssueSerializer.Meta.fields, "contents", "policies"]
