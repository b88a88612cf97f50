"""The filters of each resource: every field that a person would narrow a list by."""

import django_filters
from django.db.models import Q, QuerySet

from policies.api import lookups
from policies.api.filter_kinds import (
    Ordering,
    changed_filter,
    choice_filter,
    day_filter,
    named_filter,
    quantity_filter,
    text_filter,
    value_filter,
    whether_filter,
    whole_filter,
    year_bound,
    year_filter,
)
from policies.models import (
    Agency,
    Figure,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    ResponsibleAgency,
    Review,
    State,
    Table,
    Target,
)
from policies.selectors.targets import NO_UNIT
from policies.target_filters import TargetFilters

OF_REGION = "地区的代码、全称或简称；含其下的市县"
OF_ISSUE = "期的 id，或年份与期号，如 2023-48"
OF_TOPIC = "主题的标识或名称"
REVIEWS = [(value, label) for value, label in Review.choices if value != Review.REJECTED]


class IssueFilter(django_filters.FilterSet):
    year = year_filter("出版年份")
    number = whole_filter("期号")
    total_number = whole_filter("总期号")
    published_on_min = day_filter("出版日期不早于", "published_on", "gte")
    published_on_max = day_filter("出版日期不晚于", "published_on", "lte")
    state = choice_filter("状态", State.choices)
    updated_at_min = changed_filter()
    ordering = Ordering("published_on", "year", "number", "updated_at", "id")

    class Meta:
        model = Issue
        fields: list[str] = []


class PolicyFacts(django_filters.FilterSet):
    """What policies are narrowed by, in lists and in statistics."""

    issue = named_filter(OF_ISSUE, lookups.of_issue)
    region = named_filter(OF_REGION, lookups.in_region)
    kind = choice_filter("类型", Policy.Kind.choices)
    level = choice_filter("层级", Policy.Level.choices)
    status = choice_filter("效力", Policy.Status.choices)
    column = named_filter("栏目，如 地方新政", lookups.in_column)
    topic = named_filter(OF_TOPIC, lookups.policy_on)
    issuer = named_filter("发布机关的 id", lookups.issued_by)
    year = year_filter("年份：发布、通过、施行、规划期或该期的年份", field_name="of_year")

    class Meta:
        model = Policy
        fields: list[str] = []


class PolicyFilter(PolicyFacts):
    title = text_filter("标题含此词", lookup_expr="icontains")
    doc_number = text_filter("文号含此词", lookup_expr="icontains")
    source = text_filter("来源含此词", field_name="source_name", lookup_expr="icontains")
    adopted_on_min = day_filter("通过日期不早于", "adopted_on", "gte")
    adopted_on_max = day_filter("通过日期不晚于", "adopted_on", "lte")
    issued_on_min = day_filter("发布日期不早于", "issued_on", "gte")
    issued_on_max = day_filter("发布日期不晚于", "issued_on", "lte")
    effective_on_min = day_filter("施行日期不早于", "effective_on", "gte")
    effective_on_max = day_filter("施行日期不晚于", "effective_on", "lte")
    period = whole_filter("规划期含此年", lowest=1949, largest=2199, method="by_period")
    review = choice_filter("审核", REVIEWS)
    state = choice_filter("状态", State.choices)
    updated_at_min = changed_filter()
    ordering = Ordering("adopted_on", "issued_on", "effective_on", "title", "updated_at", "order", "id", year="of_year")

    def by_period(self, rows: QuerySet, name: str, value: int) -> QuerySet:
        return rows.filter(period_start__lte=value, period_end__gte=value)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Of one issue, or of several, in the printed order."""
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data["issue"] and not self.form.cleaned_data["ordering"]:
            return rows.order_by("issue__year", "issue__number", "order", "pk")
        return rows


class InPolicyFilter(django_filters.FilterSet):
    """What rows of policies are narrowed by, through their policy."""

    policy = named_filter("政策的 id 或 slug", lookups.of_policy)
    issue = named_filter(OF_ISSUE, lookups.of_issue, "policy__")
    region = named_filter(OF_REGION, lookups.in_region, "policy__")
    kind = choice_filter("政策的类型", Policy.Kind.choices, field_name="policy__kind")
    level = choice_filter("政策的层级", Policy.Level.choices, field_name="policy__level")
    updated_at_min = changed_filter("policy__updated_at")


class InClauseFilter(InPolicyFilter):
    """What rows of clauses are narrowed by, through their clause."""

    eid = value_filter("所在条款的 eid", field_name="provision__eid")
    topic = named_filter(f"所在条款的主题，{OF_TOPIC}", lookups.in_clause_on)


class ExtractedFilter(InClauseFilter):
    """What extracted rows are narrowed by, through their clause and who vouches for them."""

    review = choice_filter("审核", REVIEWS)


class ProvisionFilter(InPolicyFilter):
    type = choice_filter("条款类型", Provision.Type.choices)
    eid = value_filter("条款的 eid", field_name="eid")
    parent = value_filter("上级条款的 eid", field_name="parent__eid")
    topic = named_filter(OF_TOPIC, lookups.clause_on)
    review = choice_filter("审核", REVIEWS)
    ordering = Ordering("id", "policy", "position")

    class Meta:
        model = Provision
        fields: list[str] = []


class TargetFilter(ExtractedFilter, TargetFilters):
    indicator = text_filter("指标含此词；多个词用空格隔开，须都含；不分简繁、全半角与大小写", method="by_indicator")
    op = choice_filter("比较", Target.Op.choices)
    unit = text_filter(f"单位，如 亿元；含可与之换算的，如 万元；没有单位的为 {NO_UNIT}", method="by_unit")
    value_min = quantity_filter("数值不低于，以 unit 计；区间有一部分够得上即可", method="by_value_min")
    value_max = quantity_filter("数值不高于，以 unit 计；区间有一部分够得上即可", method="by_value_max")
    year = year_filter("截止年份")
    year_min = year_bound("截止年份不早于", "year", "gte")
    year_max = year_bound("截止年份不晚于", "year", "lte")
    ordering = Ordering("year", "value", "base_unit", "base_value", "indicator", "id", region="policy__region_id")

    class Meta(TargetFilters.Meta):
        pass


class ResponsibilityFilter(ExtractedFilter):
    agency = named_filter("其中有此部门，部门的 id", lookups.names_agency)
    role = choice_filter(
        "部门的角色；与 agency 同用时，是这一部门的角色", ResponsibleAgency.Role.choices, method="by_role"
    )
    ordering = Ordering("policy", "line", "id")

    class Meta:
        model = Responsibility
        fields: list[str] = []

    def by_role(self, rows: QuerySet, name: str, roles: list[str]) -> QuerySet:
        """Those where some agency, or one of those that are asked for, has one of the roles."""
        mentions = ResponsibleAgency.objects.filter(role__in=roles)
        if asked := self.form.cleaned_data["agency"]:
            mentions = mentions.filter(agency__in=[lookups.find_agency(words, self.request.user) for words in asked])
        return rows.filter(pk__in=mentions.values("responsibility"))


class ObligationFilter(ExtractedFilter):
    subject = text_filter("主体含此词", lookup_expr="icontains")
    modality = choice_filter("性质", Obligation.Modality.choices)
    ordering = Ordering("policy", "line", "subject", "id")

    class Meta:
        model = Obligation
        fields: list[str] = []


class ReferenceFilter(ExtractedFilter):
    title = text_filter("所引文件的标题含此词", lookup_expr="icontains")
    cited_policy = named_filter("所引政策的 id 或 slug", lookups.citing_policy)
    ordering = Ordering("policy", "line", "title", "id")

    class Meta:
        model = Reference
        fields: list[str] = []


class TableFilter(InClauseFilter):
    number = value_filter("表号，如 表1")
    title = text_filter("表题含此词", lookup_expr="icontains")
    ordering = Ordering("policy", "line", "id")

    class Meta:
        model = Table
        fields: list[str] = []


class FigureFilter(InClauseFilter):
    class Meta:
        model = Figure
        fields: list[str] = []


class ObservationFilter(ExtractedFilter):
    indicator = text_filter("指标含此词", lookup_expr="icontains")
    when = text_filter("时期以此开头，如 2022 或 2023-01", lookup_expr="startswith")
    unit = value_filter("单位，照印出的")
    ordering = Ordering("policy", "line", "indicator", "when", "value", "yoy", "id")

    class Meta:
        model = Observation
        fields: list[str] = []


class AgencyFilter(django_filters.FilterSet):
    name = text_filter("全称或印出的名称含此词", method="by_name")
    region = named_filter(OF_REGION, lookups.in_region)
    level = choice_filter("层级", Region.Level.choices)
    group = whether_filter("是统称，如 各市人民政府", field_name="is_group")
    known = whether_filter("名称已收入名录")
    ordering = Ordering("name", "tasks", "issued_policies", "id")

    class Meta:
        model = Agency
        fields: list[str] = []

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        printed = Agency.objects.filter(names__name__icontains=value)
        return rows.filter(Q(name__icontains=value) | Q(pk__in=printed.values("pk")))


class RegionFilter(django_filters.FilterSet):
    name = text_filter("全称含此词", lookup_expr="icontains")
    level = choice_filter("层级", Region.Level.choices)
    parent = named_filter("上级地区的代码、全称或简称", lookups.under_region)
    valid = whether_filter("现行的，而不是已撤并更名的", field_name="valid_to", lookup_expr="isnull")
    ordering = Ordering("code", "name")

    class Meta:
        model = Region
        fields: list[str] = []
