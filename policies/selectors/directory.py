"""The agencies as a directory: by level and region, by field of work, by the first letter of their pinyin."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from policies.models import Agency, AgencyName, Region
from policies.work_fields import fields_of, work_fields
from search.pinyin import first_letter, spelled_in, syllables

NATIONAL, OTHER = "国家", "其他单位"


@dataclass(frozen=True, slots=True)
class Listing:
    """An agency under one heading of the directory; under fields of work it may have several."""

    heading: str
    pk: int


def by_place(agencies: QuerySet[Agency]) -> list[Listing]:
    """National ones first, then each region's, then those of no government: the order of `by_level`."""
    rows = agencies.values_list("pk", "level", "region__name")
    return [Listing(NATIONAL if level == Region.Level.NATION else place or OTHER, pk) for pk, level, place in rows]


def by_field(agencies: QuerySet[Agency]) -> list[Listing]:
    """Under each field of work in its order, those that tell none last."""
    rows = list(agencies.values_list("pk", "name"))
    told = {pk: fields_of(name) for pk, name in rows}
    listed = [Listing(field.name, pk) for field in work_fields().values() for pk, _ in rows if field in told[pk]]
    return listed + [Listing(OTHER, pk) for pk, _ in rows if not told[pk]]


def by_letter(agencies: QuerySet[Agency]) -> list[Listing]:
    """By the pinyin of their names, A to Z; names that begin with no letter last."""
    rows = [(first_letter(name), syllables(name), name, pk) for pk, name in agencies.values_list("pk", "name")]
    return [Listing(letter, pk) for letter, _, _, pk in sorted(rows, key=lambda row: (row[0] == "#", row))]


def headings(listed: Iterable[Listing]) -> list[tuple[str, int]]:
    """The headings in the order in which they come, each with how many are under it."""
    return list(Counter(listing.heading for listing in listed).items())


def in_field(agencies: QuerySet[Agency], slug: str) -> list[int]:
    """The keys of those whose name tells the field of work."""
    field = work_fields()[slug]
    return [pk for pk, name in agencies.values_list("pk", "name") if field in fields_of(name)]


def called_so(agencies: QuerySet[Agency], words: str) -> set[int]:
    """The keys of those that have each word in one of their names: as written, or as its pinyin or its initials."""
    own = agencies.order_by().values_list("pk", "name")
    others = AgencyName.objects.filter(agency__in=agencies.order_by().values("pk")).order_by()
    names = [*own, *others.values_list("agency_id", "name")]
    for word in words.split():
        held = {pk for pk, name in names if _holds(name, word)}
        names = [(pk, name) for pk, name in names if pk in held]
    return {pk for pk, _ in names}


def _holds(name: str, word: str) -> bool:
    return word.casefold() in name.casefold() or (word.isascii() and spelled_in(name, word))
