"""The stored texts, a few policies at a time: however large the base, little of it is in memory at once."""

from collections.abc import Iterator

from policies.models import Policy, Source

AT_ONCE = 25  # sources whose text is in memory together


def texts() -> Iterator[tuple[Source, dict[int, Policy]]]:
    """Every source that policies come from, with those policies by id; they share the source."""
    for start in _portions():
        sources = Source.objects.in_bulk(start)
        policies: dict[int, dict[int, Policy]] = {pk: {} for pk in sources}
        for policy in Policy.objects.filter(source__in=sources).order_by("pk"):
            policy.source = sources[policy.source_id]
            policies[policy.source_id][policy.pk] = policy
        yield from ((sources[pk], policies[pk]) for pk in start)


def _portions() -> Iterator[list[int]]:
    ids = list(Source.objects.order_by("pk").values_list("pk", flat=True))
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
