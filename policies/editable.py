"""What editors may change of a record: for each kind a form of its editable fields, used by pages, actions and API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from policies.agency_fields import MentionsField, NamesField
from policies.agency_names import find_agency
from policies.history import EditError
from policies.measures import plain
from policies.models import (
    Agency,
    Issuer,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    ResponsibleAgency,
    Target,
)

NO_YEAR = dict.fromkeys(("min_value", "max_value"), "年份应为四位数字。")  # what no column of years holds
PLACED = {"eid", "position", "issue"}  # what no form changes, and need not be looked up to be unique


LISTS = {"issuers", "topics", "agencies"}  # fields that are rows of their own


class InvalidError(EditError):
    """Changes that no record may hold; `errors` are the messages by field, "" for those of the whole."""

    def __init__(self, errors: Mapping[str, list[str]], record: str = ""):
        self.errors = {"" if name == NON_FIELD_ERRORS else name: said for name, said in errors.items()}
        said = " ".join(message for messages in self.errors.values() for message in messages)
        super().__init__(f"{record}：{said}" if record else said)


class RegionField(forms.CharField):
    """A region by its code or full name.  Gives a Region, None for blank."""

    def clean(self, value: Any) -> Any:
        named = super().clean(value)
        if not named:
            return None
        found = Region.objects.filter(pk=named).first() or Region.objects.filter(name=named, valid_to=None).first()
        if found is None:
            raise ValidationError(f"没有代码或名称为“{named}”的地区。")
        return found


class EditForm(forms.ModelForm):
    """Some or all editable fields of one record.

    `data` holds what may be a page's strings or JSON as `told` gives it; with `only` the form has these fields
    and no others.  A blank list empties it.
    """

    instance: Any

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Any, only: set[str] | None = None):
        super().__init__(data, instance=instance, initial=lists_of(instance) if instance.pk else None)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = Decimal(_plain(value))  # 5, not 5.000000
        for name in set(self.fields) - (set(self.fields) if only is None else only):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {name: _newlines(value) for name, value in cleaned.items()}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                self.instance.validate_constraints(exclude=PLACED | self._apart())
            except ValidationError as error:
                self.add_error(None, [message for said in error.message_dict.values() for message in said])

    def _apart(self) -> set[str]:
        """The columns of a saved row that no constraint ties to a field of the form: the database has judged them."""
        if self.instance.pk is None:
            return set()
        meta = self.instance._meta
        tied = [names for constraint in meta.constraints if (names := _columns(constraint)) & self.fields.keys()]
        return {column.name for column in meta.concrete_fields} - set[str]().union(*tied)

    def agency(self, name: str) -> Agency:
        row = self.instance
        return find_agency(name, row if isinstance(row, Policy) else row.policy)


class PolicyForm(EditForm):
    region = RegionField(label="地区", required=False)
    issuers = NamesField(label="发布机关", required=False, help_text="每行一个。")

    class Meta:
        model = Policy
        fields = (
            "title", "kind", "level", "region", "doc_number", "status", "adopted_on", "issued_on", "effective_on",
            "period_start", "period_end", "source_name", "editor_note", "topics",
        )  # fmt: skip
        widgets = {"topics": forms.CheckboxSelectMultiple}
        error_messages = {"period_start": NO_YEAR, "period_end": NO_YEAR}

    def clean_issuers(self) -> list[Agency]:
        return _each_once([self.agency(name) for name in self.cleaned_data["issuers"]])


class ProvisionForm(EditForm):
    class Meta:
        model = Provision
        fields = ("type", "label", "heading", "text", "tail")


class TargetForm(EditForm):
    class Meta:
        model = Target
        fields = ("indicator", "op", "value", "value_max", "unit", "year_from", "year")
        error_messages = {"year_from": NO_YEAR, "year": NO_YEAR}


class ObligationForm(EditForm):
    class Meta:
        model = Obligation
        fields = ("subject", "modality")


class ObservationForm(EditForm):
    class Meta:
        model = Observation
        fields = ("indicator", "when", "value", "unit", "yoy", "yoy_unit")


class ReferenceForm(EditForm):
    class Meta:
        model = Reference
        fields = ("title", "cited_provision")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name, getattr(self.instance, name)) for name in self._meta.fields or ()):
            raise ValidationError("文件和条款至少填一项。")
        return cleaned


class ResponsibilityForm(EditForm):
    agencies = MentionsField(
        label="责任部门", help_text="每行一个：角色（牵头、配合、负责）| 原文名称 | 全称（与原文不同时写）。"
    )

    class Meta:
        model = Responsibility
        fields = ()

    def clean_agencies(self) -> list[ResponsibleAgency]:
        agencies: dict[str, Agency] = {}
        return [
            ResponsibleAgency(
                agency=agencies.setdefault(name, self.agency(name)), position=position, name=printed, role=role
            )
            for position, name, printed, role in self.cleaned_data["agencies"]
        ]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that editors work on; its `slug` is in addresses."""

    slug: str
    model: Any
    form: type[EditForm]

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def fields(self) -> dict[str, str]:
        """The names of its editable fields with their Chinese ones."""
        return {name: str(field.label) for name, field in self.form.base_fields.items()}


_FORMS: tuple[type[EditForm], ...] = (
    PolicyForm,
    ProvisionForm,
    TargetForm,
    ResponsibilityForm,
    ObligationForm,
    ObservationForm,
    ReferenceForm,
)
KINDS = {slug: Kind(slug, form._meta.model, form) for form in _FORMS for slug in [form._meta.model._meta.model_name]}


def kind_of(row: Model) -> Kind:
    """Raises KeyError for a row that is no record of editors."""
    return KINDS[str(row._meta.model_name)]


def fill(row: Any, changes: Mapping[str, Any], name: str = "", *, whole: bool = False) -> EditForm:
    """Put changes into a row, unsaved; its valid form, which asks for all fields if the row is to be `whole`.

    Raises InvalidError, with the record's `name` before its message.
    """
    form = kind_of(row).form(changes, instance=row, only=None if whole else set(changes))
    if not form.is_valid():
        raise InvalidError({field: [str(said) for said in told] for field, told in form.errors.items()}, name)
    return form


def told(row: Any) -> dict[str, Any]:
    """The editable fields of a saved row as JSON holds them, and `original` too.

    Dates are ISO strings, decimals strings without needless noughts, the region its code; lists as `lists_of`.
    """
    fields = {name: row._meta.get_field(name) for name in kind_of(row).form._meta.fields or () if name != "topics"}
    return {name: _plain(field.value_from_object(row)) for name, field in fields.items()} | lists_of(row)


def lists_of(row: Any) -> dict[str, list[Any]]:
    """The fields of a saved row that are rows of their own: `issuers` names, `topics` slugs, `agencies` lists of
    position, agency's name, printed name and role.
    """
    if isinstance(row, Policy):
        issuers = row.issuers.order_by("position").values_list("agency__name", flat=True)
        return {"issuers": list(issuers), "topics": sorted(row.topics.values_list("pk", flat=True))}
    if isinstance(row, Responsibility):
        columns = ("position", "agency__name", "name", "role")
        return {"agencies": [list(told) for told in row.agencies.order_by("position").values_list(*columns)]}
    return {}


def write_lists(row: Any, form: EditForm) -> None:
    """Make those lists of a saved row that its valid form has what is in the base; new agencies are saved."""
    for name in LISTS & form.cleaned_data.keys():
        _write_list(row, name, form.cleaned_data[name])


def _write_list(row: Any, name: str, value: Any) -> None:
    if name == "topics":
        row.topics.set(value)
        return
    rows = value if name == "agencies" else [Issuer(agency=a, position=n) for n, a in enumerate(value, start=1)]
    for made in rows:
        if made.agency.pk is None:
            made.agency.save()
        made.agency_id = made.agency.pk
        setattr(made, "responsibility" if name == "agencies" else "policy", row)
    manager = getattr(row, name)
    there = {_content(old): old.pk for old in manager.all()}
    manager.exclude(pk__in=[there.get(_content(made)) for made in rows]).delete()
    manager.model.objects.bulk_create([made for made in rows if _content(made) not in there])


def _content(row: Any) -> tuple[Any, ...]:
    """What a row holds, but its id."""
    return tuple(getattr(row, column.attname) for column in row._meta.concrete_fields if not column.primary_key)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _columns(constraint: Any) -> set[str]:
    """The columns that a constraint speaks of."""
    return set(getattr(constraint, "fields", ())) or constraint.condition.referenced_base_fields


def _newlines(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _each_once(agencies: list[Agency]) -> list[Agency]:
    return list({agency.name: agency for agency in agencies}.values())
