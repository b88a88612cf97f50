"""The filters of each resource.  A parameter that does not exist, or a value outside its kind, is refused."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema_field

from policies.api.errors import Fault, InvalidParameters
from policies.api.pagination import Pages
from policies.models import Agency, Issue, Policy, Provision, Region, Topic
from policies.selectors.agencies import shown_agencies
from policies.selectors.policies import within
from policies.selectors.targets import NO_UNIT, about
from policies.target_filters import FIRST_YEAR, LAST_YEAR, QUANTITY, TargetFilters

PAGE_PARAMETERS = [Pages.page_query_param, Pages.page_size_query_param]
SHOWN = 60  # characters of a faulty value that its fault repeats


def check_parameters(request: Any, known: Iterable[str]) -> None:
    """Refuse parameters that are not among `known`, that come twice or that hold nothing."""
    known = sorted(known)
    faults = []
    for name, values in request.query_params.lists():
        if name not in known:
            listed = f"可用的参数：{'、'.join(known)}" if known else "此处不接受参数"
            faults.append(Fault(name, f"没有参数 {name}；{listed}。", known))
        elif len(values) > 1:
            faults.append(Fault(name, f"参数 {name} 只能出现一次。"))
        elif not values[0].strip():
            faults.append(Fault(name, f"参数 {name} 没有值。"))
        elif "\x00" in values[0]:
            faults.append(Fault(name, f"参数 {name} 含有空字符。"))
    if faults:
        raise InvalidParameters(faults)


class StrictBackend(DjangoFilterBackend):
    """django-filter, with every parameter checked and every fault named."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:
        if view.detail:
            check_parameters(request, [])
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        check_parameters(request, [*filterset.filters, *PAGE_PARAMETERS])
        if not filterset.is_valid():
            raise InvalidParameters(
                [_fault(name, filterset.form, messages) for name, messages in filterset.errors.items()]
            )
        return filterset.qs


def _fault(name: str, form: forms.Form, messages: list[str]) -> Fault:
    return value_fault(name, form.data.get(name), getattr(form.fields[name], "choices", None), messages)


def value_fault(name: str, value: Any, choices: Iterable[tuple[Any, Any]] | None, messages: Iterable[str]) -> Fault:
    """What is wrong with a parameter's value: not one of its `choices`, or, without such, what `messages` say."""
    shown = value if len(str(value)) <= SHOWN else f"{str(value)[:SHOWN]}…"
    if choices is None:
        reasons = "；".join(message.rstrip("。.") for message in messages)
        return Fault(name, f"参数 {name} 的值“{shown}”不合要求：{reasons}。")
    allowed = [str(choice) for choice, _ in choices if choice]
    return Fault(name, f"参数 {name} 不能是“{shown}”；可用的值：{'、'.join(allowed)}。", allowed)


class Ordering(django_filters.OrderingFilter):
    """Comma-separated fields, `-` for descending; rows without a value come last, equal ones by id.

    `fields` are names that are ordered by as they are; `named` gives others the column they stand for.
    """

    def __init__(self, *fields: str, **named: str):
        columns = {field: field for field in fields} | {column: name for name, column in named.items()}
        names = [sign + name for name in columns.values() for sign in ("", "-")]
        super().__init__(fields=columns, choices=[(name, name) for name in names], label="排序")
        about = "排序字段，前加 - 为倒序，多个用逗号隔开；没有值的排在最后。"
        extend_schema_field({"type": "string", "enum": names, "description": about})(self)

    def filter(self, qs: QuerySet, value: list[str] | None) -> QuerySet:
        if not value:
            return qs
        terms = [self.get_ordering_value(name) for name in value]
        expressions = [
            F(term[1:]).desc(nulls_last=True) if term.startswith("-") else F(term).asc(nulls_last=True)
            for term in terms
        ]
        return qs.order_by(*expressions, "pk")


class WholeNumberFilter(django_filters.Filter):
    field_class = forms.IntegerField


def choice_filter(label: str, choices: list[tuple[Any, Any]], **options: Any) -> django_filters.ChoiceFilter:
    """One of a closed set of values."""
    schema = {"type": "string", "enum": [value for value, _ in choices], "description": label}
    return extend_schema_field(schema)(django_filters.ChoiceFilter(label=label, choices=choices, **options))


def year_filter(label: str, **options: Any) -> WholeNumberFilter:
    schema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "description": label}
    bounds = {"min_value": FIRST_YEAR, "max_value": LAST_YEAR}
    return extend_schema_field(schema)(WholeNumberFilter(label=label, **bounds, **options))


def quantity_filter(label: str, **options: Any) -> django_filters.NumberFilter:
    schema = {"type": "number", "description": label}
    return extend_schema_field(schema)(django_filters.NumberFilter(label=label, **QUANTITY, **options))


def text_filter(label: str, **options: Any) -> django_filters.CharFilter:
    return django_filters.CharFilter(label=label, max_length=200, **options)


def find_regions(words: str, parameter: str = "region") -> list[Region]:
    """The regions with this code or name, short or full; raises InvalidParameters where there is none.

    County-level cities are kept by their full names only.
    """
    county = Q(name=f"{words}市", level=Region.Level.COUNTY)
    found = list(Region.objects.filter(Q(pk=words) | Q(name=words) | Q(short_name=words) | county))
    if not found:
        hint = "应为六位代码（如 330000）、全称或简称，见 /api/v1/regions/"
        raise InvalidParameters([Fault(parameter, f"没有“{words}”这个地区；参数 {parameter} {hint}。")])
    return found


def inside(regions: Iterable[Region], prefix: str = "") -> Q:
    """The condition that a row's policy lies in one of the regions; `prefix` leads to the policy."""
    condition = Q()
    for region in regions:
        condition |= within(region, prefix)
    return condition


def policy_key(words: str) -> Q:
    """The condition of being the policy with this id or slug."""
    return Q(pk=int(words)) if words.isascii() and words.isdecimal() and len(words) < 19 else Q(slug=words)


def find_policy(words: str, user: Any) -> Policy:
    """The policy with this id or slug, if `user` may read it; raises InvalidParameters otherwise."""
    policy = Policy.objects.visible_to(user).filter(policy_key(words)).first()
    if policy is None:
        raise InvalidParameters([Fault("policy", f"没有可读的政策“{words}”；参数 policy 应为政策的 id 或 slug。")])
    return policy


def find_issue(words: str, user: Any) -> Issue:
    """The issue with this id or, as in 2023-48, this year and number; raises InvalidParameters otherwise."""
    year_, dash, number = words.partition("-")
    numbers = [year_, number] if dash else [year_]
    if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in numbers):
        key = {"year": int(year_), "number": int(number)} if dash else {"pk": int(year_)}
        if issue := Issue.objects.visible_to(user).filter(**key).first():
            return issue
    raise InvalidParameters(
        [Fault("issue", f"没有可读的期“{words}”；参数 issue 应为期的 id，或年份与期号，如 2023-48。")]
    )


def find_agency(pk: int, user: Any) -> Agency:
    """The agency with this id; raises InvalidParameters where `user` may know of none."""
    if agency := shown_agencies(user).filter(pk=pk).first():
        return agency
    raise InvalidParameters([Fault("agency", f"没有部门“{pk}”；参数 agency 应为部门的 id，见 /api/v1/agencies/。")])


def one_of(parameter: str, value: str, known: Iterable[str]) -> str:
    known = sorted(known)
    if value not in known:
        detail = f"参数 {parameter} 不能是“{value}”；可用的值：{'、'.join(known) or '（尚无）'}。"
        raise InvalidParameters([Fault(parameter, detail, known)])
    return value


def find_topic(words: str) -> str:
    """The slug of the topic with this slug or name; raises InvalidParameters where there is none."""
    topics = dict(Topic.objects.values_list("name", "slug"))
    return one_of("topic", topics.get(words, words), topics.values())


def find_column(words: str, user: Any) -> str:
    """The column of that name; raises InvalidParameters where no policy that `user` may read has it."""
    policies = Policy.objects.visible_to(user).exclude(column="")
    return one_of("column", words, policies.order_by().values_list("column", flat=True).distinct())


class IssueFilter(django_filters.FilterSet):
    year = year_filter("出版年份")
    ordering = Ordering("published_on", "year", "number", "id")

    class Meta:
        model = Issue
        fields: list[str] = []


class PolicyFilter(django_filters.FilterSet):
    issue = text_filter("期的 id，或年份与期号，如 2023-48", method="by_issue")
    region = text_filter("地区的代码、全称或简称；含其下的市县", method="by_region")
    kind = choice_filter("类型", Policy.Kind.choices)
    level = choice_filter("层级", Policy.Level.choices)
    status = choice_filter("效力", Policy.Status.choices)
    column = text_filter("栏目，如 地方新政", method="by_column")
    topic = text_filter("主题的标识或名称", method="by_topic")
    year = year_filter("年份：发布、通过、施行、规划期或该期的年份", field_name="of_year")
    ordering = Ordering("issued_on", "effective_on", "title", "updated_at", "id", year="of_year")

    class Meta:
        model = Policy
        fields: list[str] = []

    def by_issue(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(issue=find_issue(value, self.request.user))

    def by_region(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(inside(find_regions(value)))

    def by_column(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(column=find_column(value, self.request.user))

    def by_topic(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(topics=find_topic(value))


class ProvisionFilter(django_filters.FilterSet):
    policy = text_filter("政策的 id 或 slug", method="by_policy")
    type = choice_filter("条款类型", Provision.Type.choices)
    ordering = Ordering("id", "policy", "position")

    class Meta:
        model = Provision
        fields: list[str] = []

    def by_policy(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(policy=find_policy(value, self.request.user))


class TargetFilter(TargetFilters):
    policy = text_filter("政策的 id 或 slug", method="by_policy")
    region = text_filter("地区的代码、全称或简称；含其下的市县", method="by_region")
    indicator = text_filter("指标含此词；多个词用空格隔开，须都含；不分简繁、全半角与大小写", method="by_indicator")
    topic = text_filter("目标所在条款的主题，标识或名称", method="by_topic")
    unit = text_filter(f"单位，如 亿元；含可与之换算的，如 万元；没有单位的为 {NO_UNIT}", method="by_unit")
    value_min = quantity_filter("数值不低于，以 unit 计；区间有一部分够得上即可", method="by_value_min")
    value_max = quantity_filter("数值不高于，以 unit 计；区间有一部分够得上即可", method="by_value_max")
    year = year_filter("截止年份")
    year_min = year_filter("截止年份不早于", field_name="year", lookup_expr="gte")
    year_max = year_filter("截止年份不晚于", field_name="year", lookup_expr="lte")
    ordering = Ordering("year", "value", "base_unit", "base_value", "indicator", "id", region="policy__region_id")

    class Meta(TargetFilters.Meta):
        pass

    def by_policy(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(policy=find_policy(value, self.request.user))

    def by_region(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(inside(find_regions(value), "policy__"))

    def by_topic(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return about(rows, find_topic(value))


class AgencyFilter(django_filters.FilterSet):
    name = text_filter("全称或印出的名称含此词", method="by_name")
    region = text_filter("地区的代码、全称或简称；含其下的市县", method="by_region")
    level = choice_filter("层级", Region.Level.choices)
    ordering = Ordering("name", "tasks", "issued_policies", "id")

    class Meta:
        model = Agency
        fields: list[str] = []

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        printed = Agency.objects.filter(names__name__icontains=value)
        return rows.filter(Q(name__icontains=value) | Q(pk__in=printed.values("pk")))

    def by_region(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(inside(find_regions(value)))


class RegionFilter(django_filters.FilterSet):
    level = choice_filter("层级", Region.Level.choices)
    parent = text_filter("上级地区的代码、全称或简称", method="by_parent")
    ordering = Ordering("code", "name")

    class Meta:
        model = Region
        fields: list[str] = []

    def by_parent(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(parent__in=find_regions(value, "parent"))
