"""The kinds of filters, each with its schema: one of several values, a word looked up, a span, an order."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema_field

from policies.target_filters import FIRST_YEAR, LAST_YEAR, QUANTITY

LONGEST = 200  # characters of a text
SEVERAL = "可重复，合乎其一即可"

Condition = Callable[[str, Any, str], Q]


class SeveralField(forms.Field):
    """A parameter that may come several times, each value as `each` wants it."""

    widget = forms.SelectMultiple

    def __init__(self, *, each: forms.Field, **options: Any):
        self.each = each
        super().__init__(**options)

    def clean(self, value: list[str] | None) -> list[Any]:
        return [self.each.clean(one) for one in value or []]


class SeveralFilter(django_filters.MultipleChoiceFilter):
    """Rows that have one of the values in the field."""

    field_class = SeveralField

    def __init__(self, **options: Any):
        super().__init__(distinct=False, **options)


class NamedFilter(SeveralFilter):
    """Rows that fulfil `condition` for one of the words; `prefix` leads from a row to its policy."""

    def __init__(self, condition: Condition, prefix: str, **options: Any):
        self.condition, self.prefix = condition, prefix
        super().__init__(each=forms.CharField(max_length=LONGEST), **options)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        meant = Q()
        for words in value:
            meant |= self.condition(words, self.parent.request.user, self.prefix)
        return qs.filter(meant) if value else qs


class Ordering(django_filters.OrderingFilter):
    """Comma-separated fields, `-` for descending; rows without a value come last, equal ones by id.

    `fields` are names that are ordered by as they are; `named` gives others the column they stand for.
    """

    def __init__(self, *fields: str, **named: str):
        columns = {field: field for field in fields} | {column: name for name, column in named.items()}
        names = [sign + name for name in columns.values() for sign in ("", "-")]
        super().__init__(fields=columns, choices=[(name, name) for name in names], label="排序")
        about = f"排序字段，前加 - 为倒序，多个用逗号隔开；没有值的排在最后。可用：{'、'.join(columns.values())}。"
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


def choice_filter(label: str, choices: list[tuple[Any, Any]], **options: Any) -> django_filters.MultipleChoiceFilter:
    """One or more of a closed set of values."""
    meant = "、".join(f"{value} {name}" for value, name in choices)
    schema = {
        "type": "string",
        "enum": [value for value, _ in choices],
        "description": f"{label}（{meant}）；{SEVERAL}",
    }
    made = django_filters.MultipleChoiceFilter(label=label, choices=choices, distinct=False, **options)
    return extend_schema_field(schema)(made)


def named_filter(label: str, condition: Condition, prefix: str = "") -> NamedFilter:
    """Words that name something in the base."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "description": f"{label}；{SEVERAL}"}
    return extend_schema_field(schema)(NamedFilter(condition, prefix, label=label))


def value_filter(label: str, **options: Any) -> SeveralFilter:
    """A text as printed."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "description": f"{label}；{SEVERAL}"}
    return extend_schema_field(schema)(SeveralFilter(label=label, each=forms.CharField(max_length=LONGEST), **options))


def year_filter(label: str, **options: Any) -> SeveralFilter:
    schema = {
        "type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "description": f"{label}；{SEVERAL}",
    }  # fmt: skip
    each = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    return extend_schema_field(schema)(SeveralFilter(label=label, each=each, **options))


class WholeNumberFilter(django_filters.Filter):
    field_class = forms.IntegerField


def whole_filter(label: str, *, lowest: int = 1, largest: int = 2**31 - 1, **options: Any) -> WholeNumberFilter:
    schema = {"type": "integer", "minimum": lowest, "maximum": largest, "description": label}
    return extend_schema_field(schema)(WholeNumberFilter(label=label, min_value=lowest, max_value=largest, **options))


def year_bound(label: str, field: str, lookup: str) -> WholeNumberFilter:
    return whole_filter(label, lowest=FIRST_YEAR, largest=LAST_YEAR, field_name=field, lookup_expr=lookup)


def quantity_filter(label: str, **options: Any) -> django_filters.NumberFilter:
    schema = {"type": "number", "description": label}
    return extend_schema_field(schema)(django_filters.NumberFilter(label=label, **QUANTITY, **options))


def text_filter(label: str, **options: Any) -> django_filters.CharFilter:
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "description": label}
    return extend_schema_field(schema)(django_filters.CharFilter(label=label, max_length=LONGEST, **options))


def day_filter(label: str, field: str, lookup: str) -> django_filters.DateFilter:
    """A day such as 2023-12-01, from or to which `field` lies."""
    schema = {"type": "string", "format": "date", "description": label}
    options = {"input_formats": ["%Y-%m-%d"], "error_messages": {"invalid": "应为 2023-12-01 这样的日期。"}}
    made = django_filters.DateFilter(label=label, field_name=field, lookup_expr=lookup, **options)
    return extend_schema_field(schema)(made)


class MomentField(IsoDateTimeField):
    """A moment, told in UTC: PostgreSQL takes no offsets beyond 16 hours."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError as error:  # before the year 1, or after 9999
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = MomentField


def changed_filter(field: str = "updated_at") -> MomentFilter:
    label = "这一时刻及以后更新过的，如 2024-05-01T08:00:00Z"
    schema = {"type": "string", "format": "date-time", "description": label}
    told = {"invalid": "应为 2024-05-01T08:00:00Z 这样的时刻。"}
    made = MomentFilter(label=label, field_name=field, lookup_expr="gte", error_messages=told)
    return extend_schema_field(schema)(made)


class WhetherField(forms.Field):
    """`true` or `false`, written so (or 1 and 0); None where it is not given."""

    WORDS = {"true": True, "1": True, "false": False, "0": False}

    def clean(self, value: str | None) -> bool | None:
        if not value:
            return None
        if value not in self.WORDS:
            raise ValidationError("应为 true 或 false。")
        return self.WORDS[value]


class WhetherFilter(django_filters.Filter):
    field_class = WhetherField


def whether_filter(label: str, **options: Any) -> WhetherFilter:
    return extend_schema_field({"type": "boolean", "description": label})(WhetherFilter(label=label, **options))
