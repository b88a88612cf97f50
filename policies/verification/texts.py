"""The stored texts, a few at a time: however large the base, little of it is in memory at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.models import Policy, Source

AT_ONCE = 25  # texts in memory together


@dataclass(frozen=True, slots=True)
class Portion:
    """Some texts by id, their lines, and the policies that come from them by id."""

    sources: dict[int, Source]
    lines: dict[int, list[str]]
    policies: dict[int, Policy]

    def lines_of(self, policy: int) -> list[str]:
        """All lines of the text that a policy comes from."""
        return self.lines[self.policies[policy].source_id]


def portions() -> Iterator[Portion]:
    """Every text with what comes from it; a policy is in one portion with its text."""
    ids = list(Source.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        sources = Source.objects.in_bulk(ids[start : start + AT_ONCE])
        policies = Policy.objects.filter(source__in=sources).order_by("pk").in_bulk()
        yield Portion(sources, {pk: source.lines() for pk, source in sources.items()}, policies)
