"""The feed, read on from a place in it."""

from collections.abc import Collection
from dataclasses import dataclass

from policies.models import PublicChange


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries in the order of the commits, the last entry that they read up to (None: none), whether more are there."""

    changes: list[PublicChange]
    last: PublicChange | None
    more: bool


def newest() -> PublicChange | None:
    return PublicChange.objects.order_by("id").last()


def changes_after(place: int, kinds: Collection[str], limit: int) -> Batch:
    """At most `limit` entries of these kinds (none: of all) after the one with the id `place`.

    Ids are in the order of the commits: whatever is committed later has one above that of the newest now.
    """
    end = newest()
    rows = PublicChange.objects.filter(id__gt=place, id__lte=end.pk if end else 0)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    found = list(rows.order_by("id")[: limit + 1])
    if len(found) > limit:
        return Batch(found[:limit], found[limit - 1], more=True)
    return Batch(found, end, more=False)
