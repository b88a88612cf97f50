"""Duplicates: which other rows may be of the same agency, for an editor to look at."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from policies.models import Agency, AgencyName, Succession
from search.analysis import fold

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


def likely_duplicates(agencies: Collection[Agency]) -> dict[int, list[Likeness]]:
    """At most MOST for each of these agencies, by their ids: of one folded name; with a short name in common, in one
    region; or the name of one in that of the other, if they are not both known.  Groups are left out, and agencies
    before and after a reform.
    """
    there = list(Agency.objects.filter(merged_into=None, is_group=False).select_related(None))
    keys = {agency.pk: NO_WORD.sub("", fold(agency.name)).removeprefix(NATION) for agency in there}
    shorts: defaultdict[int, set[str]] = defaultdict(set)
    for pk, name in AgencyName.objects.values_list("agency", "name"):
        shorts[pk].add(name)
    apart = set(Succession.objects.values_list("predecessor", "successor"))

    def of(agency: Agency) -> Iterator[Likeness]:
        for other in there:
            if other == agency or (agency.pk, other.pk) in apart or (other.pk, agency.pk) in apart:
                continue
            rank, reason = _alike(agency, other, keys, shorts)
            if reason:
                yield Likeness(rank, abs(len(other.name) - len(agency.name)), other.name, other.pk, reason)

    return {
        agency.pk: sorted(of(agency), key=lambda one: (one.rank, one.difference, one.name))[:MOST]
        for agency in agencies
        if agency.pk in keys
    }


def _alike(agency: Agency, other: Agency, keys: dict[int, str], shorts: dict[int, set[str]]) -> tuple[int, str]:
    one, two = keys[agency.pk], keys[other.pk]
    if one == two:
        return 1, "名称相同"
    near = agency.region_id == other.region_id
    names = shorts.get(agency.pk, set()) | {agency.name}
    others = shorts.get(other.pk, set()) | {other.name}
    if near and (common := names & others):
        return 2, f"都称“{min(common)}”"
    short, long = sorted((one, two), key=len)
    around = near or None in (agency.region_id, other.region_id)
    if around and not (agency.known and other.known) and len(short) >= SHORTEST and short in long:
        return 3, "名称相含"
    return 0, ""
