"""One indicator over regions: the targets that set it, in charts of quantities that can be compared."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Coalesce, Length

from policies.measures import measure, spelt
from policies.models import Target
from policies.selectors.records import standing_targets
from policies.selectors.targets import NO_UNIT, mentioning

MOST = 200  # targets on one page; who asks for more is asked to say more exactly what
MOST_NAMES = 12  # printed indicators to narrow by
MOST_SHARED = 30
SHORTEST = 2  # characters of an indicator without its verb

RATE = re.compile(
    r"每(?:[百千万亿]{0,2}(?:常住)?人口?|[百千万]{0,2}[户家亩]|平方公里|个?[省市县区镇乡村]|季度|半年|[年月日])|[人户年月日]均"
)
ADDED = re.compile(r"新增|新建|净增")
GROWTH = re.compile(r"增长|增速|增幅|增加|提高|提升|下降|降低|降幅|减少|压减")
SHARES = {"%", "百分点"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A target as a bar over the widest of its chart: from 0 to `low` per cent, and on to `high` for a range.

    `converted` is its value in the chart's unit where it is printed in another size of it.
    """

    target: Target
    low: float
    high: float
    converted: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Targets of one base unit, one manner of counting and one deadline, the highest first.

    `unit` is the one that most of them are printed in, rightly spelt, blank for an index; `manner` is as `manner` says.
    """

    unit: str
    manner: str
    year: int | None
    bars: list[Bar]

    @property
    def anchor(self) -> str:
        return "-".join(filter(None, (str(self.year or "无期限"), self.unit or NO_UNIT, self.manner))).replace(" ", "")

    @property
    def regions(self) -> int:
        """How many regions it compares; targets of no government's count as one."""
        return len({bar.target.policy.region_id for bar in self.bars})


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator to ask for, in how many regions and targets it is found."""

    name: str
    regions: int
    targets: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What there is about an indicator; with more than MOST targets no charts, only the names to choose from."""

    total: int
    charts: list[Chart]
    names: list[Named]


def compare(indicator: str, user) -> Comparison:
    """The targets whose indicator holds every word of `indicator`, folded, of policies that `user` may read.

    What the most regions have comes first; charts of one unit stand together, and of these those of one manner by
    deadline, the nearest first.
    """
    found = mentioning(standing_targets(user), indicator)
    names = _named(found.values("indicator"), "indicator", MOST_NAMES)
    total = found.count()
    if total > MOST:
        return Comparison(total, [], names)
    rows = (
        found.select_related("policy__region", "provision")
        .defer("provision__text", "provision__tail", "policy__editor_note")
        .order_by("policy__region_id", "policy_id", "line", "pk")
    )
    groups: defaultdict[tuple[str, str], defaultdict[int | None, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for target in rows:
        groups[target.base_unit, manner(target)][target.year].append(target)
    charts = {
        (base, told): [_chart(told, year, years[year]) for year in sorted(years, key=_late)]
        for (base, told), years in groups.items()
    }
    ranked = sorted(charts, key=lambda key: _rank(charts[key]))
    bases = list(dict.fromkeys(base for base, _ in ranked))
    ranked.sort(key=lambda key: bases.index(key[0]))
    return Comparison(total, [chart for key in ranked for chart in charts[key]], names)


def shared_indicators(user, among: QuerySet[Target] | None = None, most: int = MOST_SHARED) -> list[Named]:
    """Indicators that several regions have, most regions first; only those that are met `among` these targets."""
    targets = standing_targets(user).annotate(length=Length("indicator_core")).filter(length__gte=SHORTEST)
    if among is not None:
        targets = targets.filter(indicator_core__in=among.order_by().values("indicator_core"))
    return _as_printed(_named(targets.values("indicator_core"), "indicator_core", most, several=True), user)


def manner(target: Target) -> str:
    """What else than the unit tells two quantities apart: 每万人, 年均; 新增 for what is added to what there is,
    增减 where a share grows or shrinks; blank for most.
    """
    said = dict.fromkeys(RATE.findall(target.indicator))
    if target.base_unit in SHARES:
        said |= {"增减": None} if GROWTH.search(target.indicator) else {}
    elif ADDED.match(target.indicator):
        said["新增"] = None
    return "、".join(said)


def _named(rows, field: str, most: int, *, several: bool = False) -> list[Named]:
    place = Coalesce("policy__region_id", "policy__level", output_field=TextField())
    counted = rows.order_by().annotate(regions=Count(place, distinct=True), targets=Count("pk"))
    if several:
        counted = counted.filter(regions__gt=1)
    counted = counted.order_by("-regions", "-targets", field)[:most]
    return [Named(row[field], row["regions"], row["targets"]) for row in counted]


def _as_printed(shared: list[Named], user) -> list[Named]:
    """The same with their names as most texts print them, 5G 基站 for 5g基站, as far as one prints just that."""
    rows = standing_targets(user).filter(indicator_folded__in=[named.name for named in shared]).order_by()
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for folded, name, count in rows.values_list("indicator_folded", "indicator").annotate(count=Count("pk")):
        printed[folded][name] = count
    spelt = {folded: max(names, key=lambda name: (names[name], name)) for folded, names in printed.items()}
    return [Named(spelt.get(named.name, named.name.upper()), named.regions, named.targets) for named in shared]


def _late(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0


def _rank(alike: list[Chart]) -> tuple[int, int]:
    return -max(chart.regions for chart in alike), -sum(len(chart.bars) for chart in alike)


def _chart(told: str, year: int | None, targets: Iterable[Target]) -> Chart:
    rows = sorted(targets, key=lambda target: -_highest(target))  # keeps regions in order among equals
    units = Counter(target.unit for target in rows)
    unit = spelt(max(units, key=lambda name: (units[name], measure(name).factor)))
    longest = max(_highest(rows[0]), Decimal(0))
    bars = [
        Bar(
            target,
            _percent(target.base_value or Decimal(0), longest),
            _percent(_highest(target), longest),
            "" if measure(target.unit) == measure(unit) else _converted(target, unit),
        )
        for target in rows
    ]
    return Chart(unit, told, year, bars)


def _highest(target: Target) -> Decimal:
    return target.base_value_max or target.base_value or Decimal(0)


def _percent(value: Decimal, longest: Decimal) -> float:
    """A bar's length; what is less than nothing has none."""
    return round(float(100 * max(value, Decimal(0)) / longest), 1) if longest else 0.0


def _converted(target: Target, unit: str) -> str:
    """The value, or both ends of the range, in `unit`, to six digits."""
    factor = measure(unit).factor
    ends = [target.base_value] if target.value_max is None else [target.base_value, target.base_value_max]
    numbers = [f"{float(end) * factor.denominator / factor.numerator:.6g}" for end in ends if end is not None]
    return f"{'—'.join(f'{Decimal(number):f}' for number in numbers)} {unit}"
