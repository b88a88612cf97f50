"""What a policy and its clauses are about: subjects told by their terms."""

import re
from collections import Counter
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


def find_topics(title: str, clauses: Sequence[Sequence[str]], topics: Sequence[Topic]) -> list[str]:
    """The slugs of the topics that the title names or that enough clauses speak of, the strongest first.

    `clauses` are what `topics_in` says of each clause that has words.
    """
    speaking = Counter(slug for clause in clauses for slug in clause)
    found: list[tuple[bool, int, str]] = []
    for topic in topics:
        titled = _pattern(topic.terms).search(title) is not None
        count = speaking[topic.slug]
        if titled or (count >= LEAST_CLAUSES and count >= LEAST_SHARE * len(clauses)):
            found.append((not titled, -count, topic.slug))
    return [slug for _, _, slug in sorted(found)]


def topics_in(text: str, topics: Sequence[Topic]) -> list[str]:
    """The slugs of the topics that a clause speaks of, in their own order."""
    return [topic.slug for topic in topics if _pattern(topic.terms).search(text)]


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the terms; one of Latin letters only where it stands alone (AI, not in RAID)."""
    return re.compile("|".join(_alone(term) for term in sorted(terms, key=len, reverse=True)), re.IGNORECASE)


def _alone(term: str) -> str:
    before = r"(?<![A-Za-z0-9])" if term[0].isascii() else ""
    after = r"(?![A-Za-z])" if term[-1].isascii() else ""
    return f"{before}{re.escape(term)}{after}"
