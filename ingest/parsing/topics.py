"""What a policy and its clauses are about: subjects told by their terms."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# A policy is about what its title says, and about what so many of its clauses speak of.
LEAST_CLAUSES = 3
LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that documents are sorted by; told by any of its terms."""

    slug: str
    name: str
    terms: tuple[str, ...]


class TopicReader:
    """Tells which topics a text speaks of; terms are looked up by their first two characters."""

    def __init__(self, topics: Sequence[Topic]):
        self._slugs = [topic.slug for topic in topics]
        self._terms: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, topic in enumerate(topics):
            for term in topic.terms:
                self._terms[term[:2].lower()].append((place, term.lower()))

    def topics_in(self, text: str) -> list[str]:
        """The slugs of the topics that a text speaks of, in their own order."""
        folded = text.lower()
        begun = self._terms.keys() & {*folded, *map(str.__add__, folded, folded[1:])}
        found = {place for start in begun for place, term in self._terms[start] if _speaks(folded, term)}
        return [self._slugs[place] for place in sorted(found)]

    def find(self, title: str, clauses: Sequence[Sequence[str]]) -> list[str]:
        """The slugs of the topics that the title names or that enough clauses speak of, the strongest first.

        `clauses` are what `topics_in` says of each clause that has words.
        """
        speaking = Counter(slug for clause in clauses for slug in clause)
        titled = set(self.topics_in(title))
        enough = max(LEAST_CLAUSES, LEAST_SHARE * len(clauses))
        found = [slug for slug in self._slugs if slug in titled or speaking[slug] >= enough]
        return sorted(found, key=lambda slug: (slug not in titled, -speaking[slug], slug))


def _speaks(folded: str, term: str) -> bool:
    """Whether the term stands there; one of Latin letters only by itself (AI, not in RAID)."""
    if term[0].isascii() or term[-1].isascii():
        return _alone(term).search(folded) is not None
    return term in folded


@cache
def _alone(term: str) -> re.Pattern[str]:
    before = r"(?<![a-z0-9])" if term[0].isascii() else ""
    after = r"(?![a-z])" if term[-1].isascii() else ""
    return re.compile(f"{before}{re.escape(term)}{after}")
