"""One segment of a Whoosh index: evaluating a tree over it, and counting what it holds."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from whoosh.reading import IndexReader

from search import analysis
from search.engines.base import CLAUSE_FACETS, PolicyFacts, Values
from search.tree import All, Contains, Field, In, Node, Not, Some

# Reading one posting costs about an eighth of looking into one clause's text.
POSTINGS_PER_LOOK = 8
ORDER = {Contains: 0, Field: 0, Some: 1, In: 2, All: 3, Not: 4}  # in an All: what narrows fast comes first


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a clause without its text; `length` is in words."""

    clause: int
    facts: PolicyFacts
    agencies: tuple[str, ...]
    length: int
    fingerprint: str

    def values(self, facet: str) -> tuple[str, ...]:
        return self.agencies if facet in CLAUSE_FACETS else self.facts.values.get(facet, ())


class Segment:
    """A reader with its rows, which are numbered as its documents are."""

    def __init__(self, reader: IndexReader, rows: list[Row]):
        self.rows = rows
        self._reader = reader
        self._texts = reader.column_reader("text")

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
            raise TypeError(f"an unresolved field came to an engine: {node.name}")
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

    def frequency(self, field: str, term: str) -> int:
        """How many documents have the term, deleted ones too."""
        return int(self._reader.doc_frequency(field, term))

    def occurrences(self, word: str) -> Iterator[tuple[int, float]]:
        """(document, times) for every document that has `word` as a word."""
        if not self.frequency("w", word):
            return
        matcher = self._reader.postings("w", word)
        while matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()

    def _given(self, among: set[int] | None) -> set[int]:
        return self.live() if among is None else among


class Tally:
    """Applies filters and counts facets, each facet as if its own filter were not set."""

    def __init__(self, filters: Values, count: Collection[str]):
        self._filters = {facet: frozenset(values) for facet, values in filters.items()}
        self._counts: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in count}

    def hits(self, rows: list[Row], docs: set[int]) -> set[int]:
        """Those of `docs` that pass every filter; all of them are counted where they count."""
        return {doc for doc in docs if self._takes(rows[doc])}

    def counts(self) -> dict[str, dict[str, int]]:
        return {facet: dict(counted) for facet, counted in self._counts.items()}

    def _takes(self, row: Row) -> bool:
        missed = [facet for facet, values in self._filters.items() if values.isdisjoint(row.values(facet))]
        if not missed:
            for facet, counted in self._counts.items():
                for value in row.values(facet):
                    counted[value] += 1
        elif len(missed) == 1 and missed[0] in self._counts:
            for value in row.values(missed[0]):
                self._counts[missed[0]][value] += 1
        return not missed
