"""Targets as they are sought: by the words of their indicator, and by their quantity in whatever unit."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from policies.measures import measure
from policies.models import Target
from policies.selectors.records import standing_targets
from search.analysis import fold

NO_UNIT = "无单位"  # what asks for indices, whose unit is blank


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that are compared with one another, as printed, the smallest first."""

    base: str
    units: list[str]


def mentioning(targets: QuerySet[Target], words: str) -> QuerySet[Target]:
    """Those whose indicator contains every word of `words`, both folded as search folds them."""
    for word in words.split():
        folded = fold(word)
        targets = targets.filter(indicator_folded__contains=folded) if folded else targets.none()
    return targets


def about(targets: QuerySet[Target], topic: str) -> QuerySet[Target]:
    """Those whose clause speaks of the topic of that slug."""
    return targets.filter(provision__topics__contains=[topic])


def by_region(targets: QuerySet[Target], most: int) -> list[tuple[str, str, int]]:
    """(code, short name, count) of the regions with the most of them; those of no region are left out."""
    names = ("policy__region_id", "policy__region__short_name")
    rows = targets.exclude(policy__region=None).order_by().values_list(*names).annotate(count=Count("pk"))
    return list(rows.order_by("-count", "policy__region_id")[:most])


def measured_in(targets: QuerySet[Target], unit: str) -> QuerySet[Target]:
    """Those that can be compared with quantities of `unit`: for 亿元 those in 万元 too."""
    return targets.filter(base_unit=measure(_printed(unit)).base)


def at_least(targets: QuerySet[Target], value: Decimal, unit: str) -> QuerySet[Target]:
    """Those whose number, or some of whose range, is `value` of `unit` or more."""
    return measured_in(targets, unit).filter(base_value_max__gte=measure(_printed(unit)).of(value))


def at_most(targets: QuerySet[Target], value: Decimal, unit: str) -> QuerySet[Target]:
    """Those whose number, or some of whose range, is `value` of `unit` or less."""
    return measured_in(targets, unit).filter(base_value__lte=measure(_printed(unit)).of(value))


def unit_groups(user) -> list[UnitGroup]:
    """The units of the targets that `user` may read; groups of many targets come first."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for unit, count in standing_targets(user).order_by().values_list("unit").annotate(count=Count("pk")):
        counted[measure(unit).base][unit] = count
    ordered = sorted(counted.items(), key=lambda group: (-sum(group[1].values()), group[0]))
    return [
        UnitGroup(base, sorted((unit or NO_UNIT for unit in units), key=lambda unit: (measure(unit).factor, unit)))
        for base, units in ordered
    ]


def _printed(unit: str) -> str:
    return "" if unit == NO_UNIT else unit
