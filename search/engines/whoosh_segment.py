"""One segment of a Whoosh index: evaluating a tree over it, and counting what it holds."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from whoosh.reading import IndexReader

from search import analysis
from search.engines.base import CLAUSE_FACET, PolicyFacts, UnresolvedError, Values
from search.tree import All, Contains, Field, In, Node, Not, Some

# Reading one posting costs about an eighth of looking into one clause's text.
POSTINGS_PER_LOOK = 8
ORDER = {Contains: 0, Field: 0, Some: 1, In: 2, All: 3, Not: 4}  # in an All: what narrows fast comes first


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a clause without its text; `length` is in words, `title` those of the policy's title."""

    clause: int
    facts: PolicyFacts
    title: frozenset[str]
    agencies: tuple[str, ...]
    length: int
    position: int

    def values(self, facet: str) -> tuple[str, ...]:
        return self.agencies if facet == CLAUSE_FACET else self.facts.values.get(facet, ())


class Segment:
    """A reader with its rows, which are numbered as its documents are."""

    def __init__(self, reader: IndexReader, rows: list[Row]):
        self.rows = rows
        self._reader = reader
        self._texts = reader.column_reader("text")

    def count(self) -> int:
        """How many documents are not deleted."""
        return int(self._reader.doc_count())

    def live(self) -> set[int]:
        """Every document that is not deleted."""
        return set(self._reader.all_doc_ids())

    def select(self, node: Node, among: set[int] | None = None) -> set[int]:
        """The documents (of `among`, where given) that match."""
        if isinstance(node, Contains):
            return self.containing(node.text, among)
        if isinstance(node, In):
            rows, values = self.rows, set(node.values)
            return {doc for doc in self._given(among) if not values.isdisjoint(rows[doc].values(node.facet))}
        if isinstance(node, Some):
            return set().union(*(self.select(part, among) for part in node.parts))
        if isinstance(node, Not):
            given = self._given(among)
            return given - self.select(node.part, given)
        if isinstance(node, Field):
            raise UnresolvedError(node.name)
        for part in sorted(node.parts, key=lambda part: ORDER[type(part)]):
            among = self.select(part, among)
            if not among:
                break
        return among or set()

    def containing(self, text: str, among: set[int] | None = None) -> set[int]:
        """The documents (of `among`, where given) whose folded text contains `text`.

        The pairs of neighbours in `text`, or its characters where it has no pair, find candidates;
        their texts decide.
        """
        pairs = analysis.bigrams(text)
        terms = [("b", pair) for pair in pairs] or [("u", character) for character in analysis.characters(text)]
        by_frequency = sorted((self.frequency(*term), term) for term in terms)
        candidates = among
        for frequency, term in by_frequency:
            if not frequency:
                return set()
            if candidates is not None and frequency > POSTINGS_PER_LOOK * len(candidates):
                break
            found = set(self._reader.postings(*term).all_ids())
            candidates = found if candidates is None else candidates & found
        else:
            if len(text) == len(terms[0][1]):
                return candidates or set()
        sought, texts = text.encode(), self._texts
        return {doc for doc in candidates or () if sought in texts[doc]}

    def fingerprints(self) -> Iterator[tuple[int, str]]:
        """(document, its entry's fingerprint) of every one that is not deleted."""
        rows = self._reader.column_reader("row")
        for doc in sorted(self.live()):
            yield doc, json.loads(rows[doc])[-1]

    def policies(self, docs: Collection[int]) -> set[int]:
        """Those that the documents belong to."""
        return {self.rows[doc].facts.policy for doc in docs}

    def having(self, field: str, term: str, docs: set[int]) -> set[int]:
        """Those of `docs` that have the term in the field."""
        if not self.frequency(field, term):
            return set()
        return docs.intersection(self._reader.postings(field, term).all_ids())

    def frequency(self, field: str, term: str) -> int:
        """How many documents have the term, deleted ones too."""
        return int(self._reader.doc_frequency(field, term))

    def occurrences(self, word: str, docs: set[int]) -> Iterator[tuple[int, float]]:
        """(document, times) for those of `docs` that have `word` as a word."""
        frequency = self.frequency("w", word)
        if not frequency or not docs:
            return
        matcher = self._reader.postings("w", word)
        if frequency > POSTINGS_PER_LOOK * len(docs):
            for doc in sorted(docs):
                if matcher.is_active():
                    matcher.skip_to(doc)
                if not matcher.is_active():
                    return
                if matcher.id() == doc:
                    yield doc, matcher.weight()
            return
        while matcher.is_active():
            doc = matcher.id()
            if doc in docs:
                yield doc, matcher.weight()
            matcher.next()

    def _given(self, among: set[int] | None) -> set[int]:
        return self.live() if among is None else among


class Tally:
    """Applies filters and counts facets, each facet as if its own filter were not set.

    Hits are many and policies few, so what clauses of a policy share is looked at once for all of them.
    """

    def __init__(self, filters: Values, count: Collection[str]):
        self._filters = {facet: frozenset(values) for facet, values in filters.items()}
        self._agencies = self._filters.pop(CLAUSE_FACET, None)
        self._counts: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in count}

    def hits(self, rows: list[Row], docs: set[int]) -> set[int]:
        """Those of `docs` that pass every filter; all of them are counted where they count."""
        by_policy: dict[int, list[int]] = defaultdict(list)
        for doc in docs:
            by_policy[id(rows[doc].facts)].append(doc)
        kept: set[int] = set()
        for group in by_policy.values():
            values = rows[group[0]].facts.values
            missed = [facet for facet, wanted in self._filters.items() if wanted.isdisjoint(values.get(facet, ()))]
            if len(missed) > 1:
                continue
            chosen = self._agencies
            passing = [doc for doc in group if chosen is None or not chosen.isdisjoint(rows[doc].agencies)]
            if missed:
                self._add(missed[0], values.get(missed[0], ()), len(passing))
                continue
            kept.update(passing)
            for facet in self._counts.keys() - {CLAUSE_FACET}:
                self._add(facet, values.get(facet, ()), len(passing))
            if CLAUSE_FACET in self._counts:
                for doc in group:
                    self._add(CLAUSE_FACET, rows[doc].agencies, 1)
        return kept

    def counts(self) -> dict[str, dict[str, int]]:
        """The values that any clause has, by facet."""
        return {facet: {value: n for value, n in counted.items() if n} for facet, counted in self._counts.items()}

    def _add(self, facet: str, values: tuple[str, ...], clauses: int) -> None:
        if facet in self._counts:
            for value in values:
                self._counts[facet][value] += clauses
