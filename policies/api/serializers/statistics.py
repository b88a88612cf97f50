"""What statistics and suggestions answer."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from search.suggestions import Kind

KINDS = [(kind.name.lower(), kind.label) for kind in Kind]


@extend_schema_serializer(description="件数；按部门时 policies 是它发布的，没有条款数与目标数。")
class CountsSerializer(serializers.Serializer):
    policies = serializers.IntegerField()
    clauses = serializers.IntegerField(allow_null=True)
    targets = serializers.IntegerField(allow_null=True)
    tasks = serializers.IntegerField(help_text="责任中的部门，一处一个")


@extend_schema_serializer(description="一组；value 是代码、标识、年份或 id，没有的为 null。")
class GroupSerializer(CountsSerializer):
    value = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]  # a field


@extend_schema_serializer(description="总数，与按 by 分组的件数。")
class StatisticsSerializer(serializers.Serializer):
    by = serializers.CharField(allow_null=True)
    totals = CountsSerializer()
    results = GroupSerializer(many=True)


@extend_schema_serializer(description="一条建议；检索词的 page_url 是检索它的页面。")
class SuggestionSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    text = serializers.CharField()
    page_url = serializers.URLField()


@extend_schema_serializer(description="建议，最可能的在前。")
class SuggestionsSerializer(serializers.Serializer):
    query = serializers.CharField()
    results = SuggestionSerializer(many=True)
