"""What editors may write of a record, under the names by which it is read; `policies.editable` judges the values."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from policies.editable import KINDS
from policies.models import Obligation, Policy, Provision, ResponsibleAgency, Target

NOTE = 2000  # characters


class WordsField(serializers.CharField):
    """Text of which `max_length` counts all that was sent, blanks at its ends too."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if self.max_length is not None and isinstance(data, str) and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().run_validation(data)


def words(**options: Any) -> WordsField:
    """Text that may be left blank; null is blank."""
    return WordsField(allow_null=True, allow_blank=True, required=False, **options)


def number(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=None, decimal_places=None, coerce_to_string=False, **options)


def day() -> serializers.DateField:
    return serializers.DateField(allow_null=True, required=False)


class Columns(serializers.Serializer):
    """The editable fields of a record; `source` is a field's name in the form where that is another."""

    def told_as(self, column: str) -> str:
        """The field that a column of the form is told by."""
        return {field.source: name for name, field in self.fields.items()}.get(column, column)

    @staticmethod
    def columns(said: Mapping[str, Any]) -> dict[str, Any]:
        """What was said, as `policies.editable` takes it."""
        return dict(said)


class PolicyColumns(Columns):
    title = serializers.CharField()
    kind = serializers.ChoiceField(Policy.Kind.choices)
    level = serializers.ChoiceField(Policy.Level.choices)
    region = words(help_text="六位代码或全称；null 为没有")
    doc_number = words()
    issuers = serializers.ListField(child=serializers.CharField(), help_text="发布机关的名称，照印出的次序")
    status = serializers.ChoiceField(Policy.Status.choices)
    adopted_on = day()
    issued_on = day()
    effective_on = day()
    period = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2, allow_null=True, required=False,
        help_text="规划期的起止年份",
    )  # fmt: skip
    source = words(source="source_name")  # type: ignore[assignment]  # a field
    editor_note = words()
    topics = serializers.ListField(child=serializers.CharField(), help_text="主题的标识")

    def told_as(self, column: str) -> str:
        return "period" if column in {"period_start", "period_end"} else super().told_as(column)

    @staticmethod
    def columns(said: Mapping[str, Any]) -> dict[str, Any]:
        columns = dict(said)
        if "period" in columns:
            columns["period_start"], columns["period_end"] = columns.pop("period") or (None, None)
        return columns


class ProvisionColumns(Columns):
    type = serializers.ChoiceField(Provision.Type.choices)
    label = words()  # type: ignore[assignment]  # a field
    heading = words()
    text = words()
    tail = words()


class TargetColumns(Columns):
    indicator = serializers.CharField()
    op = serializers.ChoiceField(Target.Op.choices)
    value = number()
    value_max = number(allow_null=True, required=False)
    unit = words()
    year_from = serializers.IntegerField(allow_null=True, required=False)
    year = serializers.IntegerField(allow_null=True, required=False)


@extend_schema_serializer(description="一个责任部门：name 照原文，canonical 是全称，与原文相同时不必给。")
class MentionSerializer(serializers.Serializer):
    name = serializers.CharField()
    canonical = serializers.CharField(required=False)
    role = serializers.ChoiceField(ResponsibleAgency.Role.choices)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A mention is whole, in a correction too, below which DRF asks for no field."""
        missing = [name for name, field in self.fields.items() if field.required and name not in attrs]
        if missing:
            raise serializers.ValidationError({name: self.fields[name].error_messages["required"] for name in missing})
        return attrs


class ResponsibilityColumns(Columns):
    agencies = MentionSerializer(many=True, help_text="照印出的次序")

    @staticmethod
    def columns(said: Mapping[str, Any]) -> dict[str, Any]:
        columns = dict(said)
        if "agencies" in columns:
            columns["agencies"] = [
                [position, one.get("canonical", one["name"]), one["name"], one["role"]]
                for position, one in enumerate(columns["agencies"], start=1)
            ]
        return columns


class ObligationColumns(Columns):
    subject = serializers.CharField()
    modality = serializers.ChoiceField(Obligation.Modality.choices)


class ObservationColumns(Columns):
    indicator = serializers.CharField()
    when = words()
    value = number(allow_null=True, required=False)
    unit = words()
    yoy = number(allow_null=True, required=False)
    yoy_unit = words()


class ReferenceColumns(Columns):
    title = words(help_text="所引文件；null 指本文件")
    provision = words(source="cited_provision", help_text="所引条款，照原文")


@extend_schema_serializer(description="为什么。")
class ReasonSerializer(serializers.Serializer):
    note = words(max_length=NOTE, help_text="为什么，记入历史")


class PlaceSerializer(serializers.Serializer):
    """Where the words stand of a record that the machine missed."""

    policy = serializers.CharField(help_text="政策的 id 或 slug")
    line = serializers.IntegerField(min_value=1, help_text="原文行，从 1 起")
    quote = serializers.CharField(max_length=2000, trim_whitespace=False, help_text="这一行中说出它的文字，照原文")


_COLUMNS: dict[str, type[Columns]] = {
    "policy": PolicyColumns,
    "provision": ProvisionColumns,
    "target": TargetColumns,
    "responsibility": ResponsibilityColumns,
    "obligation": ObligationColumns,
    "observation": ObservationColumns,
    "reference": ReferenceColumns,
}


@extend_schema_serializer(description="如何发布。")
class PublicationSerializer(serializers.Serializer):
    despite_doubts = serializers.BooleanField(default=False, help_text="还有必须处理的提示没有处理，也要发布")


def _with(part: type[serializers.Serializer], name: str, what: str) -> dict[str, Any]:
    """The columns of each kind with another part, as serializers of their own: TargetCorrection …"""
    made = {slug: type(f"{slug.title()}{name}Serializer", (_COLUMNS[slug], part), {}) for slug in KINDS}
    return {slug: extend_schema_serializer(description=f"{KINDS[slug].name}：{what}")(made[slug]) for slug in KINDS}


CORRECTIONS = _with(ReasonSerializer, "Correction", "可以更正的字段，只给要改的；note 说明为什么，记入历史。")
ADDITIONS = _with(PlaceSerializer, "Addition", "补充的一条，以及说出它的文字在何处。")
