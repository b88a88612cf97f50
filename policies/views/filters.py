"""The filters of the long lists."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from policies.models import Agency, Policy, Region, Target, Topic
from policies.selectors.agencies import inside
from policies.selectors.directory import called_so, in_field
from policies.selectors.policies import within, years_of
from policies.selectors.regions import regions_to_choose, regions_with_policies
from policies.selectors.targets import NO_UNIT, UnitGroup, about, unit_groups
from policies.target_filters import FIRST_YEAR, LAST_YEAR, QUANTITY, TargetFilters
from policies.work_fields import work_fields

LONGEST = 100  # characters of a text that is filtered by; each word of it is a condition more for the database


class ListFilter(django_filters.FilterSet):
    """A filter whose choices come from what its user may read; give it `user=`.

    Values that mean nothing are reported beside their field and filter nothing.
    """

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        for name, choices in self.choices().items():
            self.filters[name].extra["choices"] = choices

    def choices(self) -> dict[str, list[tuple[Any, str]]]:
        """The choices of the fields that depend on what there is, by field."""
        raise NotImplementedError


def named(regions: list[Region]) -> list[tuple[str, str]]:
    """Choices of regions: the nation, and each province with its places set in under it."""
    return [
        ("100000", "国家"),
        *((r.code, r.name if r.level == Region.Level.PROVINCE else f"　{r.name}") for r in regions),
    ]


def of_years(years: Iterable[int | None]) -> list[tuple[Any, str]]:
    return [(year, f"{year}年") for year in years]


def of_units(groups: Iterable[UnitGroup]) -> list[tuple[Any, Any]]:
    """Choices of units: those that are compared with one another stand under their base unit."""
    return [
        (group.base or NO_UNIT, [(unit, unit) for unit in group.units])
        if len(group.units) > 1
        else (group.units[0], group.units[0])
        for group in groups
    ]


def words_in(field: str, rows: QuerySet, words: str) -> QuerySet:
    """The rows whose `field` contains every word of `words`."""
    for word in words.split():
        rows = rows.filter(**{f"{field}__icontains": word})
    return rows


def in_region(prefix: str, rows: QuerySet, code: str) -> QuerySet:
    region = Region.objects.filter(pk=code).first()
    return rows.filter(within(region, prefix)) if region else rows.none()


class PolicyFilter(ListFilter):
    title = django_filters.CharFilter(label="标题含", max_length=LONGEST, method="by_title")
    region = django_filters.ChoiceFilter(label="地区", empty_label="全部", method="by_region")
    kind = django_filters.ChoiceFilter(label="类型", empty_label="全部", choices=Policy.Kind.choices)
    level = django_filters.ChoiceFilter(label="层级", empty_label="全部", choices=Policy.Level.choices)
    year = django_filters.ChoiceFilter(label="年份", empty_label="全部", field_name="of_year")
    topic = django_filters.ModelChoiceFilter(
        label="主题", empty_label="全部", field_name="topics", queryset=Topic.objects.all()
    )

    class Meta:
        model = Policy
        fields: list[str] = []

    def choices(self) -> dict[str, list[tuple[Any, str]]]:
        return {
            "region": named(regions_with_policies(self.user)),
            "year": of_years(years_of(Policy.objects.visible_to(self.user))),
        }

    def by_title(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return words_in("title", rows, words)

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return in_region("", rows, code)


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, **options: Any):
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


class QuantityFilter(django_filters.NumberFilter):
    def __init__(self, **options: Any):
        super().__init__(widget=forms.NumberInput({"step": "any"}), **QUANTITY, **options)


class TargetFilter(TargetFilters, ListFilter):
    """Unlike the others, one with a value that means nothing is not valid and finds nothing."""

    indicator = django_filters.CharFilter(label="指标含", max_length=LONGEST, method="by_indicator")
    policy = django_filters.CharFilter(label="政策标题含", max_length=LONGEST, method="by_policy")
    topic = django_filters.ModelChoiceFilter(
        label="主题", empty_label="全部", queryset=Topic.objects.all(), method="by_topic"
    )
    region = django_filters.ChoiceFilter(label="地区", empty_label="全部", method="by_region")
    op = django_filters.ChoiceFilter(label="比较", empty_label="全部", choices=Target.Op.choices)
    unit = django_filters.ChoiceFilter(label="单位", empty_label="全部", method="by_unit")
    value_min = QuantityFilter(label="数值从", method="by_value_min")
    value_max = QuantityFilter(label="数值到", method="by_value_max")
    year_min = YearFilter(label="截止年份从", field_name="year", lookup_expr="gte")
    year_max = YearFilter(label="截止年份到", field_name="year", lookup_expr="lte")

    class Meta(TargetFilters.Meta):
        pass

    @property
    def qs(self) -> QuerySet:
        return super().qs if self.is_valid() else self.queryset.none()

    def choices(self) -> dict[str, list[tuple[Any, Any]]]:
        return {"region": named(regions_with_policies(self.user)), "unit": of_units(unit_groups(self.user))}

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return in_region("policy__", rows, code)

    def by_policy(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return words_in("policy__title", rows, words)

    def by_topic(self, rows: QuerySet, name: str, topic: Topic) -> QuerySet:
        return about(rows, topic.pk)


class AgencyFilter(ListFilter):
    name = django_filters.CharFilter(label="名称、简称或拼音含", max_length=LONGEST, method="by_name")
    level = django_filters.ChoiceFilter(label="层级", empty_label="全部", choices=Region.Level.choices)
    region = django_filters.ChoiceFilter(label="地区", empty_label="全部", method="by_region")
    field = django_filters.ChoiceFilter(label="领域", empty_label="全部", method="by_field")

    class Meta:
        model = Agency
        fields: list[str] = []

    def choices(self) -> dict[str, list[tuple[Any, str]]]:
        codes = self.queryset.exclude(region=None).order_by().values_list("region_id", flat=True).distinct()
        fields = [(field.slug, field.name) for field in work_fields().values()]
        return {"region": named(regions_to_choose(set(codes))), "field": fields}

    def by_name(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """Each word as written in one of its names, or as the pinyin of it: 数据局, shujuju, sjj."""
        return rows.filter(pk__in=called_so(rows, words))

    def by_field(self, rows: QuerySet, name: str, slug: str) -> QuerySet:
        return rows.filter(pk__in=in_field(rows, slug))

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        region = Region.objects.filter(pk=code).first()
        return rows.filter(inside(region)) if region else rows.none()
