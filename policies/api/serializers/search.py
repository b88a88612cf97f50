"""What a search takes and answers."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from policies.api.pagination import DEFAULT_SIZE, MAX_SIZE
from policies.models import Policy, Provision
from policies.target_filters import FIRST_YEAR, LAST_YEAR
from search.asking import MOST_CHOSEN
from search.engines.base import Scope, Sort
from search.query import LONGEST


def _several(each: serializers.Field, about: str) -> serializers.ListField:
    return serializers.ListField(
        child=each, required=False, max_length=MOST_CHOSEN, help_text=f"{about}；可重复，合乎其一即可"
    )


class SearchQuerySerializer(serializers.Serializer):
    """The parameters of a search."""

    q = serializers.CharField(
        max_length=LONGEST,
        trim_whitespace=False,
        help_text="查询：连写或加引号的须原样出现，空格为“且”；OR、NOT、括号与 地区:浙江 这样的字段同检索页",
    )
    region = _several(serializers.CharField(max_length=200), "地区的代码、全称或简称；含其下的市县")
    agency = _several(serializers.CharField(max_length=20), "部门的 id：由它负责或发布")
    kind = _several(serializers.ChoiceField(Policy.Kind.choices), "类型")
    level = _several(serializers.ChoiceField(Policy.Level.choices), "层级")
    year = _several(serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR), "年份")
    column = _several(serializers.CharField(max_length=200), "栏目，如 地方新政")
    issue = _several(serializers.CharField(max_length=200), "期的 id，或年份与期号，如 2023-48")
    policy = _several(serializers.CharField(max_length=200), "政策的 id 或 slug")
    scope = serializers.ChoiceField(
        [(Scope.CLAUSE.value, "同一条款"), (Scope.POLICY.value, "整篇政策")],
        required=False,
        default=Scope.CLAUSE.value,
        help_text="须在同一条款之内，还是整篇政策合起来",
    )
    sort = serializers.ChoiceField(
        [(Sort.RELEVANCE.value, "相关"), (Sort.DATE.value, "日期"), (Sort.ISSUE.value, "期次")],
        required=False,
        default=Sort.RELEVANCE.value,
        help_text="次序",
    )
    loose = serializers.BooleanField(required=False, default=False, help_text="按词检索，不要求原样")
    page = serializers.IntegerField(
        required=False, default=1, min_value=1, max_value=1_000_000, help_text="第几页，从 1 起。"
    )
    page_size = serializers.IntegerField(
        required=False, default=DEFAULT_SIZE, min_value=1, max_value=MAX_SIZE, help_text="每页多少条。"
    )


@extend_schema_serializer(description="命中条款所属的政策。")
class HitPolicySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(Policy.Kind.choices)
    level = serializers.ChoiceField(Policy.Level.choices)
    region = serializers.CharField(allow_null=True)
    region_code = serializers.CharField(allow_null=True)


@extend_schema_serializer(description="命中的条款；highlights 是命中处在 text 中的起止字位，snippet 是 HTML。")
class HitSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="条款的 id")
    policy = HitPolicySerializer()
    eid = serializers.CharField()
    path = serializers.CharField()
    type = serializers.ChoiceField(Provision.Type.choices)
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # a field
    heading = serializers.CharField(allow_null=True)
    text = serializers.CharField(help_text="条款的全部文字")
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    )
    snippet = serializers.CharField()
    score = serializers.FloatField(help_text="只可在同一次检索中比较")
    url = serializers.URLField(help_text="条款在接口中的地址")
    page_url = serializers.URLField(help_text="条款所在的页面，命中处标出")


@extend_schema_serializer(description="查询中没有看懂或没有找到的部分，即 query 中 [start, end) 的字。")
class MessageSerializer(serializers.Serializer):
    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


@extend_schema_serializer(description="分面的一个值；count 是只选它时的命中数。")
class FacetValueSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field
    count = serializers.IntegerField()
    selected = serializers.BooleanField()


@extend_schema_serializer(description="检索的结果：total 是命中的条款总数，hits 是本页的，facets 是命中的分布。")
class SearchAnswerSerializer(serializers.Serializer):
    """The shape of `search.api.as_json`, for the OpenAPI document."""

    query = serializers.CharField()
    total = serializers.IntegerField(help_text="条款数")
    policies = serializers.IntegerField(help_text="这些条款所属的政策数")
    page = serializers.IntegerField()
    page_size = serializers.IntegerField()
    pages = serializers.IntegerField()
    loose = serializers.IntegerField(help_text="一条也没有时，按词检索（loose=true）会找到多少条")
    messages = MessageSerializer(many=True)
    hits = HitSerializer(many=True)
    facets = serializers.DictField(child=FacetValueSerializer(many=True), help_text="按分面的名称")
