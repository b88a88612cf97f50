"""From the words of a field in a query (地区:浙江) to the values that an index knows."""

import re
from collections.abc import Callable
from dataclasses import replace

from django.db.models import Model, Q, QuerySet

from policies.models import AgencyName, Policy, Region
from policies.selectors.agencies import shown_beside
from search.analysis import fold
from search.entries import NATION
from search.lexing import FIELDS
from search.messages import Message
from search.titles import numbered, titled
from search.tree import All, Field, In, Node, Not, Some

NAMES = {name: label for label, name in FIELDS.items()}

YEARS = re.compile("(?P<first>[0-9]{4})年?(?:[-–—~至到](?P<last>[0-9]{4})年?)?")
FULL_WIDTH = str.maketrans("()", "（）")  # as brackets are printed in names

Policies = QuerySet[Policy]
Finder = Callable[[str, Policies], tuple[str, ...]]  # what finds the values that a folded text means


def resolve(node: Node, policies: Policies, messages: list[Message]) -> Node:
    """The tree with an In for every Field; one whose value nobody has finds nothing, and that is said.

    `policies` are those that the asker may know of.
    """
    if isinstance(node, Field):
        facet, find = FINDERS[node.name]
        sought = fold(node.value)
        values = find(sought, policies) if sought else ()
        if not values:
            messages.append(Message(f"没有这样的{NAMES[node.name]}：{node.value}", node.start, node.end))
        return In(facet, values)
    if isinstance(node, All | Some):
        return replace(node, parts=tuple(resolve(part, policies, messages) for part in node.parts))
    if isinstance(node, Not):
        return Not(resolve(node.part, policies, messages))
    return node


def _regions(value: str, policies: Policies) -> tuple[str, ...]:
    """The region of that code or name; failing these, those whose name begins so."""
    if value in ("全国", "国家"):
        return (NATION,)
    exact = Region.objects.filter(Q(code=value) | Q(name=value) | Q(short_name=value))
    return _keys(exact) or _keys(Region.objects.filter(name__startswith=value))


def _agencies(value: str, policies: Policies) -> tuple[str, ...]:
    """Every agency that has `value` in one of its names: 发展改革委 is one in each province."""
    has = Q(name__icontains=value) | Q(name__icontains=value.translate(FULL_WIDTH))
    called = AgencyName.objects.filter(has).values("agency")
    return _keys(shown_beside(policies).filter(has | Q(pk__in=called)))


def _choices(choices: list[tuple[str, str]]) -> Finder:
    """A finder of the choices by their value or their Chinese name."""
    return lambda value, policies: tuple(key for key, label in choices if value in (key, fold(label)))


def _years(value: str, policies: Policies) -> tuple[str, ...]:
    """A year or all from one to another: 2033年, 2033-2035, 2033年至2035年."""
    found = YEARS.fullmatch(value)
    if not found:
        return ()
    first = int(found["first"])
    return tuple(map(str, range(first, int(found["last"] or first) + 1)))


def _columns(value: str, policies: Policies) -> tuple[str, ...]:
    columns = policies.order_by().values_list("column", flat=True).distinct()
    return tuple(column for column in columns if fold(column) == value)


def _among(find: Callable[[str], list[int]]) -> Finder:
    """A finder of those of the found policies that the asker may know of."""
    return lambda value, policies: _keys(policies.filter(pk__in=find(value)))


def _keys(rows: QuerySet[Model]) -> tuple[str, ...]:
    return tuple(str(key) for key in rows.order_by().values_list("pk", flat=True))


FINDERS: dict[str, tuple[str, Finder]] = {
    "region": ("region", _regions),
    "agency": ("agency", _agencies),
    "kind": ("kind", _choices(Policy.Kind.choices)),
    "level": ("level", _choices(Policy.Level.choices)),
    "year": ("year", _years),
    "column": ("column", _columns),
    "title": ("policy", _among(titled)),
    "number": ("policy", _among(numbered)),
}
