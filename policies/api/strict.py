"""Parameters are understood or refused by name, never passed over."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend

from policies.api.errors import Fault, InvalidParameters

SHOWN = 60  # characters of a faulty value that its fault repeats


def check_parameters(request: Any, known: Iterable[str], several: Iterable[str] = ()) -> None:
    """Refuse parameters that are not among `known`, that hold nothing, or that come twice, unless in `several`."""
    known = sorted(known)
    faults = []
    for name, values in request.query_params.lists():
        if name not in known:
            listed = f"可用的参数：{'、'.join(known)}" if known else "此处不接受参数"
            faults.append(Fault(name, f"没有参数 {name}；{listed}。", known))
        elif len(values) > 1 and name not in several:
            faults.append(Fault(name, f"参数 {name} 只能出现一次。"))
        elif not all(value.strip() for value in values):
            faults.append(Fault(name, f"参数 {name} 没有值。"))
        elif any("\x00" in value for value in values):
            faults.append(Fault(name, f"参数 {name} 含有空字符。"))
    if faults:
        raise InvalidParameters(faults)


class StrictBackend(DjangoFilterBackend):
    """django-filter for lists, with every parameter checked and every fault named."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:
        if view.detail:
            return queryset
        filters = view.filterset_class.base_filters
        check_parameters(request, [*filters, *view.parameters], several_of(filters))
        if filters.keys().isdisjoint(request.query_params):
            return queryset
        return filtered(self.get_filterset(request, queryset, view))


def several_of(filters: dict[str, Any]) -> list[str]:
    """Those that may come more than once."""
    return [name for name, one in filters.items() if isinstance(one, django_filters.MultipleChoiceFilter)]


def filtered(filterset: django_filters.FilterSet) -> QuerySet:
    """The rows that are asked for; raises InvalidParameters."""
    if not filterset.is_valid():
        faults = [_fault(name, filterset.form, messages) for name, messages in filterset.errors.items()]
        raise InvalidParameters(faults)
    return filterset.qs


def _fault(name: str, form: forms.Form, messages: list[str]) -> Fault:
    choices = getattr(form.fields[name], "choices", None)
    values = form.data.getlist(name)  # type: ignore[attr-defined]  # a QueryDict
    known = {str(choice) for choice, _ in choices or ()}
    wrong = [value for value in values if value not in known] if known else values
    return value_fault(name, "、".join(wrong or values), choices, messages)


def value_fault(name: str, value: Any, choices: Iterable[tuple[Any, Any]] | None, messages: Iterable[str]) -> Fault:
    """What is wrong with a parameter's value: not one of its `choices`, or, without such, what `messages` say."""
    shown = value if len(str(value)) <= SHOWN else f"{str(value)[:SHOWN]}…"
    if choices is None:
        reasons = "；".join(message.rstrip("。.") for message in messages)
        return Fault(name, f"参数 {name} 的值“{shown}”不合要求：{reasons}。")
    allowed = [str(choice) for choice, _ in choices if choice]
    return Fault(name, f"参数 {name} 不能是“{shown}”；可用的值：{'、'.join(allowed)}。", allowed)
