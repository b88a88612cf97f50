"""How many policies each region has."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from policies.models import Policy, Region
from policies.selectors.policies import code_prefix, within


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A region and the number of visible policies of itself and of the places inside it."""

    region: Region
    policies: int


def province_counts(user) -> list[RegionCount]:
    """Every province by code, with its own policies and those of its cities and counties."""
    counted: Counter[str] = Counter()
    rows = Policy.objects.visible_to(user).exclude(region=None).order_by()
    for code, count in rows.values_list("region_id").annotate(count=Count("pk")):
        counted[code[:2]] += count
    provinces = Region.objects.filter(level=Region.Level.PROVINCE, valid_to=None)
    return [RegionCount(province, counted[province.code[:2]]) for province in provinces]


def place_counts(region: Region, user) -> list[RegionCount]:
    """The places directly under `region` that have policies, with those of the places inside them, by code."""
    rows = Policy.objects.visible_to(user).filter(within(region)).exclude(region=region).order_by()
    counted = dict(rows.values_list("region_id").annotate(count=Count("pk")))
    above = {f"{code[:4]}00" for code in counted}
    places = Region.objects.filter(parent=region, pk__in=above | counted.keys())
    return [
        RegionCount(place, sum(count for code, count in counted.items() if code.startswith(code_prefix(place))))
        for place in places
    ]


def national_count(user) -> int:
    return Policy.objects.visible_to(user).filter(level=Policy.Level.NATIONAL).count()


def regions_with_policies(user) -> list[Region]:
    """Regions to choose from where policies are sought."""
    codes = Policy.objects.visible_to(user).exclude(region=None).order_by().values_list("region_id", flat=True)
    return regions_to_choose(set(codes))


def regions_to_choose(codes: set[str]) -> list[Region]:
    """The regions of `codes` by code, each place after the province and the city that it lies in."""
    around = {f"{code[:digits]:0<6}" for code in codes for digits in (2, 4)}
    return list(Region.objects.filter(pk__in=codes | around).exclude(level=Region.Level.NATION))
