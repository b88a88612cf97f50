"""What is published as one: issues with all their policies, and policies that stand alone."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, QuerySet, Value

from policies.models import Issue, Policy, State

ISSUE, ALONE = 0, 1
Key = tuple[int, int, int, int]  # ISSUE or ALONE, by what it is sorted twice, its id


def subject_keys(state: str = "") -> QuerySet[Any, Key]:
    """Issues, the newest first, then the policies that stand alone, the last loaded first; of one state if asked."""
    of_state = {"state": state} if state else {}
    issues = Issue.objects.filter(**of_state).annotate(sort=Value(ISSUE), first=-F("year"), second=-F("number"))
    alone = Policy.objects.filter(issue=None, **of_state).annotate(sort=Value(ALONE), first=-F("pk"), second=-F("pk"))
    columns = ("sort", "first", "second", "pk")
    both = issues.order_by().values_list(*columns).union(alone.order_by().values_list(*columns), all=True)
    return both.order_by(*columns)


def subjects(keys: Iterable[Key]) -> list[Issue | Policy]:
    """The issues and policies behind the keys, in their order."""
    keys = list(keys)
    issues = Issue.objects.in_bulk([pk for sort, *_, pk in keys if sort == ISSUE])
    alone = Policy.objects.select_related("region").in_bulk([pk for sort, *_, pk in keys if sort == ALONE])
    return [issues[pk] if sort == ISSUE else alone[pk] for sort, *_, pk in keys]


def numbers_by_state() -> list[tuple[State, int]]:
    """How many issues and policies that stand alone are in each state."""
    numbers: Counter[str] = Counter()
    for rows in (Issue.objects.all(), Policy.objects.filter(issue=None)):
        numbers.update(dict(rows.order_by().values_list("state").annotate(number=Count("pk"))))
    return [(state, numbers[state]) for state in State]
