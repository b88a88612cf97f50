"""Policies and targets counted over two of their sides: kinds, years, topics, places."""

from collections import Counter

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Left

from policies.models import Policy, Target
from policies.models.publication import Publishable
from policies.selectors.policies import with_year

NATION, NOWHERE = "100000", ""  # the places of national policies and of those of no government


def by_year_and_kind(policies: Publishable) -> Counter[tuple[int | None, str]]:
    rows = with_year(policies).order_by().values_list("of_year", "kind").annotate(count=Count("pk"))
    return Counter({(year, kind): count for year, kind, count in rows})


def by_topic_and_year(targets: QuerySet[Target]) -> Counter[tuple[str, int | None]]:
    """Targets by the topics of their clause and their year; one of several topics counts under each, none as ""."""
    rows = targets.order_by().values_list("provision__topics", "year").annotate(count=Count("pk"))
    counted: Counter[tuple[str, int | None]] = Counter()
    for topics, year, count in rows:
        for topic in topics or [""]:
            counted[topic, year] += count
    return counted


def topics_by_year(policies: Publishable) -> Counter[tuple[str, int | None]]:
    rows = with_year(policies).exclude(topics=None).order_by().values_list("topics", "of_year")
    return Counter({(topic, year): count for topic, year, count in rows.annotate(count=Count("pk"))})


def topics_by_place(policies: Publishable) -> Counter[tuple[str, str]]:
    """By topic and the code of the province, NATION or NOWHERE."""
    rows = _with_province(policies).exclude(topics=None).order_by().values_list("topics", "province")
    return Counter({(topic, place): count for topic, place, count in rows.annotate(count=Count("pk"))})


def places_by_year(policies: Publishable) -> Counter[tuple[str, int | None]]:
    """By the code of the province, NATION or NOWHERE, and year."""
    rows = _with_province(with_year(policies)).order_by().values_list("province", "of_year")
    return Counter({(place, year): count for place, year, count in rows.annotate(count=Count("pk"))})


def _with_province(policies: Publishable) -> Publishable:
    return policies.annotate(
        province=Case(
            When(~Q(region=None), then=Concat(Left("region_id", 2), Value("0000"))),
            When(level=Policy.Level.NATIONAL, then=Value(NATION)),
            default=Value(NOWHERE),
            output_field=CharField(),
        )
    )
