"""The filters of the long lists."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from policies.models import Agency, AgencyName, Policy, Region, Target, Topic
from policies.selectors.policies import within, years_of
from policies.selectors.records import standing_targets
from policies.selectors.regions import regions_with_policies


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
        return {"region": self._regions(), "year": [(year, f"{year}年") for year in self.years()]}

    def years(self) -> list[int]:
        raise NotImplementedError

    def _regions(self) -> list[tuple[str, str]]:
        names = [
            (region.code, region.name if region.level == Region.Level.PROVINCE else f"　{region.name}")
            for region in regions_with_policies(self.user)
        ]
        return [("100000", "国家"), *names]


def words_in(field: str, rows: QuerySet, words: str) -> QuerySet:
    """The rows whose `field` contains every word of `words`."""
    for word in words.split():
        rows = rows.filter(**{f"{field}__icontains": word})
    return rows


def in_region(prefix: str, rows: QuerySet, code: str) -> QuerySet:
    region = Region.objects.filter(pk=code).first()
    return rows.filter(within(region, prefix)) if region else rows.none()


class PolicyFilter(ListFilter):
    title = django_filters.CharFilter(label="标题含", method="by_title")
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

    def years(self) -> list[int]:
        return years_of(Policy.objects.visible_to(self.user))

    def by_title(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return words_in("title", rows, words)

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return in_region("", rows, code)


class TargetFilter(ListFilter):
    indicator = django_filters.CharFilter(label="指标含", method="by_indicator")
    region = django_filters.ChoiceFilter(label="地区", empty_label="全部", method="by_region")
    unit = django_filters.CharFilter(label="单位", widget=forms.TextInput(attrs={"list": "units", "size": 8}))
    year = django_filters.ChoiceFilter(label="截止年份", empty_label="全部")

    class Meta:
        model = Target
        fields: list[str] = []

    def years(self) -> list[int]:
        years = standing_targets(self.user).exclude(year=None).order_by("-year").values_list("year", flat=True)
        return [year for year in years.distinct() if year is not None]

    def by_indicator(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return words_in("indicator", rows, words)

    def by_region(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return in_region("policy__", rows, code)


class AgencyFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="名称或简称含", method="by_name")
    level = django_filters.ChoiceFilter(label="层级", empty_label="全部", choices=Region.Level.choices)
    region = django_filters.ModelChoiceFilter(label="地区", empty_label="全部", queryset=Region.objects.none())

    class Meta:
        model = Agency
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        regions = Region.objects.filter(pk__in=self.queryset.order_by().values("region"))
        self.filters["region"].extra["queryset"] = regions

    def by_name(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        for word in words.split():
            named = AgencyName.objects.filter(name__icontains=word).values("agency")
            rows = rows.filter(Q(name__icontains=word) | Q(pk__in=named))
        return rows
