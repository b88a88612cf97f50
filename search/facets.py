"""The filters beside the hits: their values, what to call them, how many hits each has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from policies.models import Agency, Issue, Policy, Region
from policies.selectors.agencies import shown_beside
from search.asking import FACETS
from search.entries import NATION
from search.fields import NAMES

LABELS = {name: NAMES.get(name, "期次") for name in FACETS}
MOST_VALUES = 10  # of one facet that are offered


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
    """Every facet that is counted, ready to be shown; three queries at most, for the names.

    `policies` are those that the asker may know of; an agency that none of them names is not named here.
    """
    kept: dict[str, list[str]] = {}
    left_out = {}
    for name in FACETS:
        selected = list(chosen.get(name, ()))
        offered = [value for value in counts.get(name, {}) if _is_offered(name, value, selected)]
        order = sorted(offered, key=lambda value: (-counts[name][value], value))
        if name == "year":
            order.sort(reverse=True)
        kept[name] = list(dict.fromkeys([*order[:MOST_VALUES], *selected]))
        left_out[name] = len(order) - len(order[:MOST_VALUES])
    names = _names(kept, policies)
    return [
        Facet(name, LABELS[name], [_value(name, value, names, counts, chosen) for value in values], left_out[name])
        for name, values in kept.items()
    ]


def _value(
    name: str,
    value: str,
    names: Mapping[str, Mapping[str, str]],
    counts: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, Sequence[str]],
) -> FacetValue:
    label = names[name].get(value, value)
    return FacetValue(value, label, counts.get(name, {}).get(value, 0), value in chosen.get(name, ()))


def _is_offered(name: str, value: str, selected: Sequence[str]) -> bool:
    """Of regions, the nation and the provinces, and the places in a province that is selected."""
    return name != "region" or value.endswith("0000") or any(value[:2] == code[:2] for code in selected)


def _names(kept: Mapping[str, list[str]], policies: QuerySet[Policy]) -> dict[str, dict[str, str]]:
    agencies, issues, regions = (_numbers(kept[name]) for name in ("agency", "issue", "region"))
    shown = shown_beside(policies).filter(pk__in=agencies) if agencies else Agency.objects.none()
    printed = Issue.objects.filter(policies__in=policies, pk__in=issues).distinct() if issues else Issue.objects.none()
    return {
        "region": dict(Region.objects.filter(pk__in=map(str, regions)).values_list("pk", "name")) | {NATION: "国家"},
        "agency": {str(pk): name for pk, name in shown.values_list("pk", "name")},
        "kind": dict(Policy.Kind.choices),
        "level": dict(Policy.Level.choices),
        "year": {value: f"{value}年" for value in kept["year"]},
        "column": {},
        "issue": {str(issue.pk): f"{issue.year}年第{issue.number}期" for issue in printed},
    }


def _numbers(values: Sequence[str]) -> list[int]:
    """Those that may be keys: digits, no more than a key can have."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]
