"""Doubts: what parsing and loading warn of, kept settled over every new load."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from ingest.loading.insert import BATCH
from policies.models import Doubt, Issue, Policy
from policies.models.doubt import STANDING


def store_doubts(found: Iterable[Doubt], old: QuerySet[Doubt]) -> None:
    """Replace the old doubts by those found now; those of decisions that no longer fit stay until they are settled.

    One that is there already, of the same document and kind and with the same words, keeps its row, and
    with it what an editor said to it.
    """
    there: defaultdict[tuple[object, ...], list[Doubt]] = defaultdict(list)
    for doubt in old.exclude(code__in=STANDING).order_by("-line", "-id"):
        there[_key(doubt)].append(doubt)
    made, moved = [], []
    for doubt in found:
        same = there[_key(doubt)]
        if not same:
            made.append(doubt)
            continue
        kept = same.pop()
        if kept.line != doubt.line:
            kept.line = doubt.line
            moved.append(kept)
    Doubt.objects.filter(pk__in=[doubt.pk for left in there.values() for doubt in left]).delete()
    Doubt.objects.bulk_update(moved, ["line"], batch_size=BATCH)
    Doubt.objects.bulk_create(made, batch_size=BATCH)


def keep_standing(policies: Iterable[Policy], issues: Iterable[Issue], issue: Issue | None) -> None:
    """Hand what is said of decisions in policies and issues that go over to the issue that stays."""
    if issue:
        standing = Doubt.objects.filter(code__in=STANDING)
        standing.filter(issue__in=[old.pk for old in issues]).update(issue=issue)
        standing.filter(policy__in=[policy.pk for policy in policies]).exclude(issue=None).update(policy=None)


def _key(doubt: Doubt) -> tuple[object, ...]:
    return doubt.policy_id, doubt.code, doubt.message, doubt.words
