"""What an engine is: a folder on disk that takes clauses in and answers trees.

Every engine gives the same answers, and tests/search/test_engines.py holds them to that.  Folding,
cutting and highlighting are not its business: it is handed folded text and finished terms.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from math import log
from pathlib import Path
from typing import ClassVar

from search import analysis
from search.tree import All, Contains, Node, wanted

CLAUSE_FACET = "agency"  # the one that clauses of a policy may differ in
HEADING, TITLE = 0.6, 0.3  # what a word of the heading and of the title adds, as parts of its weight
POINT = 60  # words that a point of a list counts as at least, as a part of an article of the usual length

Values = Mapping[str, tuple[str, ...]]  # the values of each facet


class IndexMissingError(Exception):
    """There is no index, or none that can be read; the message tells a person what to do."""


class UnresolvedError(TypeError):
    """The tree of a request still holds a Field, which no engine knows: `search.fields.resolve` was left out."""


class Scope(StrEnum):
    """Where a query must hold: in one clause, or in a policy, whose clauses may each hold a part of it."""

    CLAUSE = "clause"
    POLICY = "policy"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"  # the newest policy first
    ISSUE = "issue"  # the newest issue first, as it is printed; what is in none comes last, the newest first


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What the clauses of a policy share: its id, its day (a proleptic ordinal, 0 for none), the values
    of every facet but CLAUSE_FACET, its folded title, the day of its issue and its place there (0 for none)."""

    policy: int
    day: int
    values: Values
    title: str = ""
    issue: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as an index takes it in: its provision's id, its folded text with its heading, its
    agencies, its folded heading, its place in the policy, whether it is a point of a list, half a sentence."""

    clause: int
    policy: PolicyFacts
    text: str
    agencies: tuple[str, ...] = ()
    heading: str = ""
    position: int = 0
    point: bool = False

    @property
    def heading_terms(self) -> list[str]:
        """What its heading is found by: its words, and the whole of it."""
        return sorted({*analysis.words(self.heading), whole_heading(self.heading)}) if self.heading else []

    @property
    def least_length(self) -> int:
        """Words that it counts as at least.  Short is good, but a point is short as it is but a part."""
        return POINT if self.point else 0

    def fingerprint(self) -> str:
        """Sixteen characters that change when anything about the entry does."""
        facts = self.policy
        values = sorted((name, given) for name, given in facts.values.items())
        shared = (facts.policy, facts.day, values, facts.title, facts.issue, facts.place)
        told = repr((self.clause, shared, self.agencies, self.heading, self.position, self.point, self.text))
        return blake2b(told.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Request:
    """What to find: the clauses that match `tree` and, for each facet of `filters`, have one of its
    values; with the scope POLICY those of the matching policies that hold what `mentions` says.

    Hits [start, start + limit) are wanted; where `each` is not 0, the hits of that many policies, at
    most `each` of one.  `count` names the facets whose values are to be counted.
    """

    tree: Node
    filters: Values = field(default_factory=dict)
    start: int = 0
    limit: int = 20
    count: tuple[str, ...] = ()
    scope: Scope = Scope.CLAUSE
    sort: Sort = Sort.RELEVANCE
    each: int = 0


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is relevant: first holding `whole`, where the query has several texts and the clause holds
    them as one; then BM25 over `words`, which count more in a heading and in the policy's title, and
    once more in a heading that is one of the texts and nothing else; `headings` has the words of each text."""

    words: tuple[str, ...]
    whole: str
    headings: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, tree: Node) -> "Ranking":
        words = {text: tuple(dict.fromkeys(analysis.words(text))) for text in wanted(tree)}
        texts = [part.text for part in tree.parts if isinstance(part, Contains)] if isinstance(tree, All) else []
        return cls(
            tuple(dict.fromkeys(word for found in words.values() for word in found)),
            analysis.fold(" ".join(texts)) if len(texts) > 1 else "",
            {whole_heading(text): found for text, found in words.items()},
        )


def whole_heading(text: str) -> str:
    """The term for all of a heading, which no word equals."""
    return f"={text[: analysis.LONGEST_WORD]}"


def weight(frequency: int, clauses: int) -> float:
    """How much a word says that `frequency` of the `clauses` have: the fewer, the more."""
    return log(1 + (clauses - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found; a higher `score` is more relevant, and says nothing across queries."""

    clause: int
    policy: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """`total` clauses in `policies` policies, exactly.  `counts` gives each value's hits with every
    filter but its own facet's applied, so that it is how many one would find by choosing that value
    instead.  `of_policy` says how many were found in each policy that the hits belong to."""

    total: int
    policies: int
    hits: list[Hit]
    counts: dict[str, dict[str, int]]
    of_policy: dict[int, int] = field(default_factory=dict)


class Writer(ABC):
    """Changes to an index that are seen together, or not at all."""

    @abstractmethod
    def remove(self, policy: int) -> None:
        """Take out every clause of the policy that was there when the writer was opened."""

    @abstractmethod
    def add(self, entry: Entry) -> None:
        """Put a clause in."""


class Engine(ABC):
    """An index in one folder.  Any number of processes and threads may search it, one may write.

    A subclass changes its `version` whenever it could not read what it wrote before.
    """

    name: ClassVar[str]
    version: ClassVar[int]

    def __init__(self, folder: Path):
        self.folder = folder

    @abstractmethod
    def create(self) -> None:
        """Make an empty index in the folder, which exists and is empty."""

    @abstractmethod
    def writer(self) -> AbstractContextManager[Writer]:
        """A writer whose changes are committed when its block ends, and dropped when it raises.

        Raises IndexMissingError as `search` does, OSError where there is no room or no right to write.
        """

    @abstractmethod
    def search(self, request: Request) -> Found:
        """The hits in their order, as the last commit left the index; ties by day, the newest first, then
        by policy and place.

        Raises IndexMissingError when the folder holds no index that can be read.
        """

    @abstractmethod
    def count(self) -> int:
        """How many clauses there are, at once.  Raises IndexMissingError."""

    @abstractmethod
    def contents(self) -> Iterator[tuple[int, int, str]]:
        """(policy, clause, fingerprint) of everything in it.  Raises IndexMissingError."""

    def _missing(self, error: BaseException) -> IndexMissingError:
        """What to raise when the index cannot be read."""
        return IndexMissingError(f"检索索引无法读取（{self.folder}：{error}），请重建索引。")
