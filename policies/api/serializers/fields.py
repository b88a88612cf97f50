"""Fields that say things as the records do: numbers as numbers, null where the text does not say."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class RecordSerializer(serializers.ModelSerializer):
    """A row as a record: every field is read, and always there."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only, field.required = True, False
        return fields


@extend_schema_field({"type": ["string", "null"]})
class Text(serializers.Field):
    """Text that is null where the model holds a blank."""

    def to_representation(self, value: str) -> str | None:
        return value or None


@extend_schema_field({"type": "number"})
class Number(serializers.Field):
    """A decimal as a JSON number: whole ones without a fraction."""

    def to_representation(self, value: Decimal) -> int | float:
        return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field({"type": ["number", "null"]})
class NullableNumber(Number):
    """A decimal that need not be there."""


@extend_schema_field({"type": "string", "format": "uri"})
class PageUrl(serializers.Field):
    """The whole address of a record's own page."""

    def __init__(self, **kwargs: Any):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return self.context["request"].build_absolute_uri(value.get_absolute_url())


class ClauseUrl(PageUrl):
    """The whole address of the clause that a row of a policy stands in; the policy's where it has none."""

    def to_representation(self, value: Any) -> str:
        page = super().to_representation(value.policy)
        return f"{page}#{value.eid}" if value.eid else page
