"""The filters beside the hits: their values, what to call them, how many hits each has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from policies.models import Policy, Region
from policies.selectors.agencies import shown_beside
from search.entries import NATION

COUNTED = ("region", "agency", "kind", "year")
LABELS = {"region": "地区", "agency": "部门", "kind": "类型", "year": "年份"}
MOST_VALUES = 15  # of one facet that are offered


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`count` is the number of hits that one finds by choosing this value alone in its facet."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values with the most hits, and those that are selected; `left_out` is how many more there are."""

    name: str
    label: str
    values: list[FacetValue]
    left_out: int


def facets_of(
    counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Sequence[str]], policies: QuerySet[Policy]
) -> list[Facet]:
    """Every counted facet, ready to be shown; two queries at most, for the names.

    `policies` are those that the asker may know of; an agency that none of them names is not named here.
    """
    kept: dict[str, list[str]] = {}
    left_out = {}
    for name in COUNTED:
        selected = list(chosen.get(name, ()))
        offered = [value for value in counts.get(name, {}) if _is_offered(name, value, selected)]
        order = sorted(offered, key=lambda value: (-counts[name][value], value))
        if name == "year":
            order.sort(reverse=True)
        kept[name] = list(dict.fromkeys([*order[:MOST_VALUES], *selected]))
        left_out[name] = len(order) - len(order[:MOST_VALUES])
    names = _names(kept, policies)
    return [
        Facet(
            name,
            LABELS[name],
            [
                FacetValue(
                    value,
                    names[name].get(value, value),
                    counts.get(name, {}).get(value, 0),
                    value in chosen.get(name, ()),
                )
                for value in values
            ],
            left_out[name],
        )
        for name, values in kept.items()
    ]


def _is_offered(name: str, value: str, selected: Sequence[str]) -> bool:
    """Of regions, the nation and the provinces, and the places in a province that is selected."""
    return name != "region" or value.endswith("0000") or any(value[:2] == code[:2] for code in selected)


def _names(kept: Mapping[str, list[str]], policies: QuerySet[Policy]) -> dict[str, dict[str, str]]:
    agencies = [int(value) for value in kept["agency"] if value.isascii() and value.isdigit() and len(value) < 19]
    regions = [value for value in kept["region"] if value.isascii() and value.isdigit()]
    shown = shown_beside(policies).filter(pk__in=agencies)
    return {
        "region": dict(Region.objects.filter(pk__in=regions).values_list("pk", "name")) | {NATION: "国家"},
        "agency": {str(pk): name for pk, name in shown.values_list("pk", "name")},
        "kind": dict(Policy.Kind.choices),
        "year": {value: f"{value}年" for value in kept["year"]},
    }
