"""One change of many records: what is to be done, what it would do, and doing it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property

from policies.actions.confirm import confirm
from policies.actions.correct import correct_many, preview
from policies.actions.editing import vouched
from policies.actions.reject import reject
from policies.editable import LISTS, Kind
from policies.history import EditError
from policies.models import Action, Agency, Review
from policies.replacement import Replacement

SWAPPED = {"responsibility": "agencies", "policy": "issuers"}  # the lists in which one agency may take another's place


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of one record, in words."""

    row: Any
    before: str
    after: str


class Operation(ABC):
    """Something to do with records of one kind; `form` asks for what it needs, if anything."""

    name: str
    said = ""  # what was given, so that nothing else is done than what was told
    form: forms.Form | forms.ModelForm | None = None

    def ready(self) -> bool:
        """Whether all that it needs was given."""
        return True

    @abstractmethod
    def preview(self, rows: Sequence[Any], user: Any) -> list[Change]:
        """The records that would change.  Raises EditError where it cannot be done."""

    @abstractmethod
    def do(self, rows: Sequence[Any], *, user: Any, seen: str, note: str) -> Action | None: ...


class Confirming(Operation):
    name = "确认"

    def preview(self, rows: Sequence[Any], user: Any) -> list[Change]:
        return [Change(row, row.get_review_display(), vouched(row).label) for row in rows if row.review != vouched(row)]

    def do(self, rows: Sequence[Any], *, user: Any, seen: str, note: str) -> Action | None:
        return confirm(rows, user=user, seen=seen)


class Rejecting(Operation):
    name = "否决"

    def preview(self, rows: Sequence[Any], user: Any) -> list[Change]:
        return [
            Change(row, row.get_review_display(), Review.REJECTED.label)
            for row in rows
            if row.review != Review.REJECTED
        ]

    def do(self, rows: Sequence[Any], *, user: Any, seen: str, note: str) -> Action | None:
        return reject(rows, user=user, seen=seen, note=note)


class Correcting(Operation):
    """One field becomes the same in all."""

    def __init__(self, kind: Kind, field: str, posted: QueryDict):
        self.kind, self.field, self.given = kind, field, "given" in posted
        self.name = f"把“{kind.fields[field]}”改为"
        self.form = kind.form(instance=kind.model(), only={field})
        several = isinstance(self.form.fields[field], forms.ModelMultipleChoiceField)
        self.value: Any = posted.getlist(field) if several else posted.get(field, "")
        self.form.initial[field] = self.value
        self.said = str(self.value)

    def ready(self) -> bool:
        return self.given

    @property
    def changes(self) -> dict[str, Any]:
        return {self.field: self.value}

    def preview(self, rows: Sequence[Any], user: Any) -> list[Change]:
        found = preview(rows, self.changes, user=user)
        return [Change(row, self._word(old[self.field]), self._word(new[self.field])) for row, old, new in found]

    def do(self, rows: Sequence[Any], *, user: Any, seen: str, note: str) -> Action | None:
        return correct_many(rows, self.changes, user=user, seen=seen, note=note)

    def _word(self, value: Any) -> str:
        """A value as people read it."""
        field: Any = self.kind.form.base_fields[self.field]
        if self.field in LISTS:
            told = field.prepare_value(value)
            return "、".join(map(str, value)) if isinstance(told, list) else told.replace("\n", "；")
        choices = {str(key): name for key, name in getattr(field, "choices", ())}
        return str(choices.get(str(value), value)) if value not in (None, "") else "（空）"


class SwapForm(forms.Form):
    old = forms.ModelChoiceField(label="原来的部门", queryset=Agency.objects.none())
    new = forms.CharField(label="换成（全称或简称）", max_length=200)

    def clean_new(self) -> Agency:
        name = self.cleaned_data["new"].strip()
        found = list(Agency.objects.filter(name=name)) or list(Agency.objects.filter(names__name=name).distinct()[:9])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(f"有几个部门叫“{name}”：{'、'.join(map(str, found))}。请写全称。")
        raise forms.ValidationError(f"没有叫“{name}”的部门。")


class Swapping(Correcting):
    """One agency takes the place of another."""

    def __init__(self, kind: Kind, posted: QueryDict, rows: Sequence[Any]):
        super().__init__(kind, SWAPPED[kind.slug], posted)
        self.name = "换部门"
        named = {"policy": "issued__policy__in", "responsibility": "responsibilities__responsibility__in"}[kind.slug]
        agencies = Agency.objects.filter(**{named: rows})
        self.said = f"{posted.get('old')} {posted.get('new')}"
        self.swap = self.form = SwapForm(posted if self.given else None)
        self.swap.fields["old"].queryset = agencies.order_by("name").distinct()  # type: ignore[attr-defined]

    def ready(self) -> bool:
        return self.given and self.swap.is_valid()

    @cached_property
    def changes(self) -> dict[str, Any]:
        return {self.field: Replacement(**self.swap.cleaned_data)}


def operations(kind: Kind) -> list[tuple[str, str]]:
    """What can be done with many records of a kind, by the names that `operation` knows."""
    fields = [(f"set-{name}", f"把“{label}”改为…") for name, label in kind.fields.items()]
    swapping = [("swap", "把一个部门换成另一个…")] if kind.slug in SWAPPED else []
    rejecting = [] if kind.slug == "policy" else [("reject", "否决")]
    return [("confirm", "确认"), *rejecting, *swapping, *fields]


def operation(kind: Kind, posted: QueryDict, rows: Sequence[Any]) -> Operation:
    """The operation that was chosen.  Raises EditError for none."""
    do = posted.get("do", "")
    if do not in dict(operations(kind)):
        raise EditError("请选择要做什么。")
    if do == "confirm":
        return Confirming()
    if do == "reject":
        return Rejecting()
    return Swapping(kind, posted, rows) if do == "swap" else Correcting(kind, do.removeprefix("set-"), posted)
