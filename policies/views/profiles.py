"""The matrices and bars of the pages of regions and topics, and where they lead."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from policies.models import Policy, Region, Topic
from policies.selectors.profiles import NATION, NOWHERE
from policies.views.charts import Bar, linked_bars
from policies.views.matrices import Matrix, Place, matrix

UNKNOWN_YEAR, NO_YEAR = "年份不详", "未写明"


def policies_address(**asked: Any) -> str:
    """The list of policies, narrowed by what is asked; `place` is a region's code, NATION or NOWHERE."""
    place = asked.pop("place", None)
    if place is not None:
        asked |= {"level": Policy.Level.NONE} if place == NOWHERE else {"region": place}
    return f"{reverse('policies:policies')}?{urlencode({key: value for key, value in asked.items() if value})}"


def targets_address(**asked: Any) -> str:
    """The table of targets, narrowed by what is asked."""
    return f"{reverse('policies:targets')}?{urlencode(asked)}"


def due(counts: Iterable[tuple[int, int]], **asked: Any) -> list[Bar]:
    """How many of the targets that `asked` narrows to fall due in which year; a bar leads to those of its year."""
    return linked_bars(
        (f"{year}年", count, targets_address(**asked, year_min=year, year_max=year)) for year, count in counts
    )


def kinds_by_year(counts: Counter[tuple[int | None, str]], region: Region) -> Matrix:
    """A region's policies: a row to each year, the newest first, a column to each kind."""
    kinds = [kind for kind in Policy.Kind.values if any(kind == told for _, told in counts)]
    return matrix(
        counts,
        [_year(year, region=region.code) for year in _years(year for year, _ in counts)],
        [Place(kind, Policy.Kind(kind).label) for kind in kinds],
        lambda year, kind: policies_address(region=region.code, year=year, kind=kind) if year else "",
    )


def targets_by_topic(
    counts: Counter[tuple[str, int | None]], topics: Sequence[Topic], most: int, region: Region
) -> Matrix:
    """The topics with the most targets of a region, a column to each year that they fall due, the earliest first."""
    totals: Counter[str] = Counter()
    for (topic, _), count in counts.items():
        totals[topic] += count
    named = {topic.slug: Place(topic.slug, topic.name, _topic_address(topic)) for topic in topics}
    ranked = sorted((slug for slug in totals if slug in named), key=lambda slug: (-totals[slug], named[slug].name))
    years = sorted({year for _, year in counts}, key=lambda year: year or 9999)
    columns = [Place(year, str(year) if year else NO_YEAR) for year in years]
    return matrix(
        counts,
        [named[slug] for slug in ranked[:most]],
        columns,
        lambda topic, year: (
            targets_address(topic=topic, region=region.code, year_min=year, year_max=year) if year else ""
        ),
    )


def topics_over_years(
    counts: Counter[tuple[str, int | None]], topics: Sequence[Topic], totals: dict[str, int]
) -> Matrix:
    """How many policies of which year each topic holds; `totals` by topic."""
    return matrix(
        counts,
        [Place(topic.slug, topic.name, _topic_address(topic)) for topic in topics],
        [_year(year) for year in _years(year for _, year in counts)],
        lambda topic, year: policies_address(topic=topic, year=year) if year else "",
        totals,
    )


def topics_over_places(counts: Counter[tuple[str, str]], topics: Sequence[Topic], places: list[Place]) -> Matrix:
    """How many policies of which place each topic holds."""
    return matrix(
        counts,
        [Place(topic.slug, topic.name, _topic_address(topic)) for topic in topics],
        _counted(places, {place for _, place in counts}),
        lambda topic, place: policies_address(topic=topic, place=place),
    )


def places_over_years(counts: Counter[tuple[str, int | None]], topic: Topic, places: list[Place]) -> Matrix:
    """How many policies one topic holds, by place and year."""
    return matrix(
        counts,
        _counted(places, {place for place, _ in counts}),
        [_year(year, topic=topic.slug) for year in _years(year for _, year in counts)],
        lambda place, year: policies_address(topic=topic.slug, place=place, year=year) if year else "",
    )


def all_places() -> list[Place]:
    """The nation, the provinces by code, and what is of no government."""
    provinces = Region.objects.filter(level=Region.Level.PROVINCE)
    return [
        Place(NATION, "国家", reverse("policies:region", args=[NATION])),
        *(Place(region.code, region.short_name, region.get_absolute_url()) for region in provinces),
        Place(NOWHERE, Policy.Level.NONE.label),
    ]


def _counted(places: list[Place], met: set[str]) -> list[Place]:
    return [place for place in places if place.key in met]


def _year(year: int | None, **asked: Any) -> Place:
    return Place(year, f"{year}年", policies_address(year=year, **asked)) if year else Place(None, UNKNOWN_YEAR)


def _years(years: Any) -> list[int | None]:
    """Each year once, the newest first, what has none last."""
    return sorted(set(years), key=lambda year: -(year or 0))


def _topic_address(topic: Topic) -> str:
    return reverse("policies:topic", args=[topic.slug])
