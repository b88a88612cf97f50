"""The filters of the long lists."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from policies.models import Agency, AgencyName, Policy, Region, Target, Topic
from policies.selectors.agencies import inside, met_agencies
from policies.selectors.policies import within, years_of
from policies.selectors.records import standing_targets
from policies.selectors.regions import regions_to_choose, regions_with_policies

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


class TargetFilter(ListFilter):
    indicator = django_filters.CharFilter(label="指标含", max_length=LONGEST, method="by_indicator")
    region = django_filters.ChoiceFilter(label="地区", empty_label="全部", method="by_region")
    unit = django_filters.CharFilter(
        label="单位", max_length=LONGEST, widget=forms.TextInput(attrs={"list": "units", "size": 8})
    )
    year = django_filters.ChoiceFilter(label="截止年份", empty_label="全部")

    class Meta:
        model = Target
        fields: list[str] = []

    def choices(self) -> dict[str, list[tuple[Any, str]]]:
        years = standing_targets(self.user).exclude(year=None).order_by("-year").values_list("year", flat=True)
        return {"region": named(regions_with_policies(self.user)), "year": of_years(years.distinct())}

    def by_indicator(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return words_in("indicator", rows, words)

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return in_region("policy__", rows, code)


class AgencyFilter(ListFilter):
    name = django_filters.CharFilter(label="名称或简称含", max_length=LONGEST, method="by_name")
    level = django_filters.ChoiceFilter(label="层级", empty_label="全部", choices=Region.Level.choices)
    region = django_filters.ChoiceFilter(label="地区", empty_label="全部", method="by_region")

    class Meta:
        model = Agency
        fields: list[str] = []

    def choices(self) -> dict[str, list[tuple[Any, str]]]:
        codes = met_agencies(self.user).exclude(region=None).order_by().values_list("region_id", flat=True).distinct()
        return {"region": named(regions_to_choose(set(codes)))}

    def by_name(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        for word in words.split():
            called = AgencyName.objects.filter(name__icontains=word).values("agency")
            rows = rows.filter(Q(name__icontains=word) | Q(pk__in=called))
        return rows

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        region = Region.objects.filter(pk=code).first()
        return rows.filter(inside(region)) if region else rows.none()
