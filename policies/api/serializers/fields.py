"""Fields that say things as the records do: numbers as numbers, null where the text does not say."""

from collections.abc import Callable, Hashable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from policies.api.shaping import EXPAND, FIELDS, Shape


class RecordSerializer(serializers.ModelSerializer):
    """A row as a record: every field is read, and always there."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only, field.required = True, False
        return fields


class ShapedSerializer(RecordSerializer):
    """A resource's record as `fields` and `expand` ask for it; the context holds its `shape`.

    `extras` are fields that come only where they are asked for, or where the context's `whole` is true;
    `links` are always there, and hold the whole record that they link to where that is asked for.
    """

    extras: tuple[str, ...] = ()
    links: dict[str, type[RecordSerializer]] = {}

    @classmethod
    def nameable(cls) -> dict[str, list[str]]:
        """What `fields` and `expand` may name."""
        return {FIELDS: list(cls.Meta.fields), EXPAND: [*cls.links, *cls.extras]}

    @classmethod
    def parts(cls, shape: Shape, *, whole: bool) -> frozenset[str]:
        """Those of `links` and `extras` that are read whole."""
        extras = (name for name in cls.extras if shape.wants(name, usual=whole))
        return frozenset({*extras, *(shape.expand & cls.links.keys())})

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        shape, parts = self.context["shape"], self.parts(self.context["shape"], whole=self.context["whole"])
        for name in parts & self.links.keys():
            fields[name] = self.links[name](read_only=True, required=False)
        return {
            name: field
            for name, field in fields.items()
            if (name in parts if name in self.extras else shape.wants(name, usual=True))
        }


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


def once(context: Any, key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` gives, made once for an answer: many of its rows say the same of one policy."""
    made = context.setdefault("made", {})
    if key not in made:
        made[key] = make()
    return made[key]


def _root(context: Any) -> str:
    """The address of the site without its last slash."""
    root: str = once(context, "root", lambda: context["request"].build_absolute_uri("/")[:-1])
    return root


@extend_schema_field({"type": "string", "format": "uri"})
class PageUrl(serializers.Field):
    """The whole address of a record's own page."""

    def __init__(self, **kwargs: Any):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        page: str = once(self.context, (type(value), value.pk), value.get_absolute_url)
        return f"{_root(self.context)}{page}"


@extend_schema_field({"type": "string", "format": "uri"})
class ApiUrl(serializers.Field):
    """The whole address of a record in the API; `key` gives what names it there, `routes` are whose the address is."""

    def __init__(
        self, resource: str, key: Callable[[Any], Any] = attrgetter("pk"), *, routes: str = "api", **kwargs: Any
    ):
        self.resource, self.key, self.routes = resource, key, routes
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return f"{_root(self.context)}{self.resources}{self.key(value)}/"

    @cached_property
    def resources(self) -> str:
        return reverse(f"{self.routes}:{self.resource}-list")


class ClauseUrl(PageUrl):
    """The whole address of the clause that a row of a policy stands in; the policy's where it has none."""

    def to_representation(self, value: Any) -> str:
        page = super().to_representation(value.policy)
        return f"{page}#{value.eid}" if value.eid else page
