"""Records of a policy's text as resources of their own, each naming the policy that it is of."""

from drf_spectacular.utils import extend_schema_serializer

from policies.api.serializers import records
from policies.api.serializers.fields import RecordSerializer, ShapedSerializer
from policies.api.serializers.policies import PolicySerializer
from policies.api.serializers.records import PolicyLinkSerializer, ProvisionSerializer


class ListedSerializer(ShapedSerializer):
    """`policy` is a link, or the policy's facts where `expand` names it."""

    policy = PolicyLinkSerializer()
    links: dict[str, type[RecordSerializer]] = {"policy": PolicySerializer}


class InClauseListedSerializer(ListedSerializer):
    """`provision` is the clause that the row stands in, where `expand` names it."""

    provision = ProvisionSerializer(allow_null=True)
    extras = ("provision",)


@extend_schema_serializer(description="条款及其所属政策。")
class ListedProvisionSerializer(ListedSerializer, records.ProvisionSerializer):
    extras = ("targets", "responsibilities", "obligations", "references", "tables", "observations")

    targets = records.TargetSerializer(source="target_set", many=True)
    responsibilities = records.ResponsibilitySerializer(source="responsibility_set", many=True)
    obligations = records.ObligationSerializer(source="obligation_set", many=True)
    references = records.ReferenceSerializer(source="reference_set", many=True)
    tables = records.TableSerializer(many=True)
    observations = records.ObservationSerializer(source="observation_set", many=True)

    class Meta(records.ProvisionSerializer.Meta):
        fields = [
            *records.ProvisionSerializer.Meta.fields, "policy",
            "targets", "responsibilities", "obligations", "references", "tables", "observations",
        ]  # fmt: skip


@extend_schema_serializer(description="量化目标及其所属政策。")
class ListedTargetSerializer(InClauseListedSerializer, records.TargetSerializer):
    class Meta(records.TargetSerializer.Meta):
        fields = [*records.TargetSerializer.Meta.fields, "policy", "provision"]


@extend_schema_serializer(description="责任及其所属政策。")
class ListedResponsibilitySerializer(InClauseListedSerializer, records.ResponsibilitySerializer):
    class Meta(records.ResponsibilitySerializer.Meta):
        fields = [*records.ResponsibilitySerializer.Meta.fields, "policy", "provision"]


@extend_schema_serializer(description="义务及其所属政策。")
class ListedObligationSerializer(InClauseListedSerializer, records.ObligationSerializer):
    class Meta(records.ObligationSerializer.Meta):
        fields = [*records.ObligationSerializer.Meta.fields, "policy", "provision"]


@extend_schema_serializer(
    description="引用及其所属政策。title 是所引文件（null 指本文件），provision 是所引条款，照原文。"
)
class ListedReferenceSerializer(ListedSerializer, records.ReferenceSerializer):
    class Meta(records.ReferenceSerializer.Meta):
        fields = [*records.ReferenceSerializer.Meta.fields, "policy"]


@extend_schema_serializer(description="表及其所属政策。")
class ListedTableSerializer(InClauseListedSerializer, records.TableSerializer):
    class Meta(records.TableSerializer.Meta):
        fields = [*records.TableSerializer.Meta.fields, "policy", "provision"]


@extend_schema_serializer(description="统计值及其所属政策。")
class ListedObservationSerializer(InClauseListedSerializer, records.ObservationSerializer):
    class Meta(records.ObservationSerializer.Meta):
        fields = [*records.ObservationSerializer.Meta.fields, "policy", "provision"]
