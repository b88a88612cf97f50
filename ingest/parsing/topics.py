"""What a policy is about: subjects told by their terms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.parsing.nodes import Outline

# A policy is about what its title says, and about what so many of its clauses speak of.
LEAST_CLAUSES = 3
LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that documents are sorted by; told by any of its terms."""

    slug: str
    name: str
    terms: tuple[str, ...]


def find_topics(title: str, outline: Outline, topics: Sequence[Topic]) -> list[str]:
    """The slugs of the topics that the title names or that enough clauses speak of, the strongest first."""
    clauses = ["\n".join(text.text for text in node.texts()) for node in outline.walk() if any(node.texts())]
    found: list[tuple[bool, int, str]] = []
    for topic in topics:
        pattern = _pattern(topic.terms)
        titled = pattern.search(title) is not None
        speaking = sum(pattern.search(clause) is not None for clause in clauses)
        if titled or (speaking >= LEAST_CLAUSES and speaking >= LEAST_SHARE * len(clauses)):
            found.append((not titled, -speaking, topic.slug))
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
