"""Duplicates: which other rows may be of the same agency, for an editor to look at."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from policies.models import Agency, AgencyName, Succession
from policies.selectors.questions import unknown_agencies

MOST = 3  # for one agency
SHORTEST = 4  # characters of a name that lies in another
NO_WORD = re.compile(r"[\W_]+")
NATION = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another row, and why it may be of the same agency; the surest reasons sort first."""

    rank: int
    difference: int
    name: str
    pk: int
    reason: str


class _Row(NamedTuple):
    pk: int
    name: str
    region: str | None
    known: bool
    key: str


def likely_duplicates(agencies: Collection[Agency]) -> dict[int, list[Likeness]]:
    """At most MOST for each of these agencies, by their ids: of one name but for width and marks; with a short name
    in common, in one region; or the name of one in that of the other, if they are not both known.

    Groups are left out, and agencies before and after a reform.  Three queries, however many agencies.
    """
    book = _Book()
    reforms = set(Succession.objects.order_by().values_list("predecessor", "successor"))
    alike: dict[int, list[Likeness]] = {}
    for row in (book.rows[agency.pk] for agency in agencies if agency.pk in book.rows):
        best: dict[int, Likeness] = {}
        for pk, rank, reason in book.like(row):
            if pk != row.pk and not {(row.pk, pk), (pk, row.pk)} & reforms:
                name = book.rows[pk].name
                best.setdefault(pk, Likeness(rank, abs(len(name) - len(row.name)), name, pk, reason))
        alike[row.pk] = sorted(best.values(), key=lambda one: (one.rank, one.difference, one.name))[:MOST]
    return alike


class _Book:
    """All single agencies that were not merged, by what they are called; unknown ones where something names them."""

    def __init__(self) -> None:
        columns = ("pk", "name", "region", "known")
        asked = Q(known=True) | Q(pk__in=unknown_agencies())
        found = Agency.objects.filter(asked, merged_into=None, is_group=False).order_by().values_list(*columns)
        self.rows = {pk: _Row(pk, name, region, known, _key(name)) for pk, name, region, known in found}
        self._names: defaultdict[int, set[str]] = defaultdict(set)
        self._called: defaultdict[tuple[str | None, str], set[int]] = defaultdict(set)
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        own = [(row.pk, row.name) for row in self.rows.values()]
        for pk, name in (*own, *AgencyName.objects.order_by().values_list("agency", "name")):
            if pk in self.rows:
                self._names[pk].add(name)
                self._called[self.rows[pk].region, name].add(pk)
        for row in self.rows.values():
            self._by_key[row.key].add(row.pk)

    def like(self, row: _Row) -> Iterator[tuple[int, int, str]]:
        """(id, rank, reason) of agencies that may be the same, itself among them; the surest first."""
        for pk in self._by_key[row.key]:
            yield pk, 1, "名称相同"
        for name in sorted(self._names[row.pk]):
            for pk in self._called[row.region, name]:
                yield pk, 2, f"都称“{name}”"
        for other in self.rows.values():
            if (row.key in other.key or other.key in row.key) and _may_contain(row, other):
                yield other.pk, 3, "名称相含"


def _key(name: str) -> str:
    return NO_WORD.sub("", unicodedata.normalize("NFKC", name)).lower().removeprefix(NATION)


def _may_contain(row: _Row, other: _Row) -> bool:
    around = row.region == other.region or None in (row.region, other.region)
    return around and not (row.known and other.known) and min(len(row.key), len(other.key)) >= SHORTEST
