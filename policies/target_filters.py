"""How targets are narrowed, on the page and in the API alike: by words, topic, unit, value and year."""

from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from policies.models import Target
from policies.selectors.targets import at_least, at_most, measured_in, mentioning

FIRST_YEAR, LAST_YEAR = 1949, 2199
QUANTITY = {"max_digits": 24, "decimal_places": 6}  # as a target's value
BOUNDS = [("value_min", "value_max", "数值"), ("year_min", "year_max", "年份")]


class TargetForm(forms.Form):
    """A value needs its unit, and no lower bound lies above its upper."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for low, high, what in BOUNDS:
            lowest, highest = cleaned.get(low), cleaned.get(high)
            if lowest is not None and highest is not None and lowest > highest:
                self.add_error(high, f"{what}的上限小于下限。")
        if "unit" in cleaned and not cleaned["unit"]:
            for name in ("value_min", "value_max"):
                if cleaned.get(name) is not None:
                    self.add_error(name, "数值要有单位才能比较，请一并指明单位。")
        return cleaned


class TargetFilters(django_filters.FilterSet):
    """What the fields `indicator`, `unit`, `value_min` and `value_max` of a filter mean."""

    class Meta:
        model = Target
        fields: list[str] = []
        form = TargetForm

    def by_indicator(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return mentioning(rows, words)

    def by_unit(self, rows: QuerySet, name: str, unit: str) -> QuerySet:
        return measured_in(rows, unit)

    def by_value_min(self, rows: QuerySet, name: str, value: Decimal) -> QuerySet:
        return at_least(rows, value, self.form.cleaned_data["unit"])

    def by_value_max(self, rows: QuerySet, name: str, value: Decimal) -> QuerySet:
        return at_most(rows, value, self.form.cleaned_data["unit"])
