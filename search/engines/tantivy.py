"""The compiled engine: tantivy's posting lists and fast fields (SEARCH_ENGINE=tantivy).

Every pair of neighbours in the folded text, punctuation too, is a term with its position, so that a
phrase of pairs is the text itself and nothing needs to be checked again.  tantivy's tokenizers and
snippets are left alone: a field is handed finished terms with spaces between them.

    b               pairs of neighbours, with positions       decides
    u               single characters, whether they occur     for queries of one character
    w               words, with their frequency               rank
    h, t            words of heading and title                rank
    clause, policy  numbers: which clause it is
    date, issue     numbers: its place in those orders, which no two clauses share
    fingerprint     number: the entry's
    and a field of raw values for each facet
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import cast

from tantivy import DocAddress, Document, Index, IndexWriter, Occur, Query, Searcher

from search import analysis
from search.engines.base import (
    CLAUSE_FACET,
    HEADING,
    TITLE,
    Engine,
    Entry,
    Found,
    Hit,
    PolicyFacts,
    Ranking,
    Request,
    Scope,
    Sort,
    Writer,
    weight,
)
from search.engines.tantivy_files import META, sweep, verify
from search.engines.tantivy_queries import (
    FACETS,
    adding,
    all_of,
    any_of,
    contains,
    facet_field,
    filtered,
    in_policy,
    joined,
    matching,
    schema,
    term,
)
from search.tree import All, Node, Not, Some, mentions

MEMORY = 128_000_000  # bytes of postings before they are written
MOST_VALUES = 1_000_000  # of one field that are counted: more than there are, so that counts are exact
FIRST_LOOK = 64  # hits that are fetched at once, and four times as many the next time
HALF = 1 << 63  # takes 64 bits to a signed number and back
PANIC = "PanicException"  # what damaged files make of tantivy; no Exception, and nowhere to be imported from
FILLER = "\x1e"  # a word that lengthens a clause; folded text has no controls


class TantivyEngine(Engine):
    name = "tantivy"
    version = 2

    def __init__(self, folder: Path):
        super().__init__(folder)
        self._index: Index | None = None
        self._commit = (0, 0, 0)
        self._whole: set[str] = set()  # files

    def create(self) -> None:
        Index(schema(), path=str(self.folder), reuse=False)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        self._searcher()  # what is damaged is told now: merging it would end the process
        sweep(self.folder)
        with self._readable():
            writer = Index.open(str(self.folder)).writer(MEMORY, num_threads=1)
        try:
            yield _TantivyWriter(writer)
            with _writing():
                writer.commit()
        except BaseException:
            with suppress(ValueError):  # one that died has nothing to take back
                writer.rollback()
            raise
        finally:
            with suppress(ValueError):  # of merging, which can wait for the next commit
                writer.wait_merging_threads()  # which also gives the lock back

    def search(self, request: Request) -> Found:
        return _Search(self._searcher(), request).found()

    def count(self) -> int:
        return int(self._searcher().num_docs)

    def contents(self) -> Iterator[tuple[int, int, str]]:
        searcher = self._searcher()
        everything = searcher.search(Query.all_query(), limit=max(searcher.num_docs, 1), count=False).hits
        places = [place for _, place in everything]
        columns = [searcher.fast_field_values(name, places) for name in ("policy", "clause", "fingerprint")]
        for policy, clause, fingerprint in zip(*cast("list[list[int]]", columns), strict=True):
            yield policy, clause, f"{fingerprint + HALF:016x}"

    def _searcher(self) -> Searcher:
        """The last commit, each of which puts a new meta.json in the place of the old one."""
        with self._readable():
            meta = (self.folder / META).stat()
            commit = meta.st_mtime_ns, meta.st_ino, meta.st_size
            if self._index is None:
                self._index = Index.open(str(self.folder))
            if commit != self._commit:
                self._whole = verify(self.folder, self._whole)
                self._index.reload()
                self._commit = commit
            return self._index.searcher()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, ValueError, LookupError, TypeError) as error:
            raise self._missing(error) from error
        except BaseException as error:
            if type(error).__name__ == PANIC:
                raise self._missing(error) from error
            raise


@contextmanager
def _writing() -> Iterator[None]:
    """tantivy raises ValueError for everything; while it writes, that is what the disk refuses."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


class _Search:
    """One request, asked of one commit."""

    def __init__(self, searcher: Searcher, request: Request):
        self._searcher = searcher
        self._request = request
        self._meant = self._clauses(request.tree, request.scope)
        self._query = all_of([self._meant, *filtered(request.filters)])
        self._ranking = Ranking.of(request.tree)

    def found(self) -> Found:
        request = self._request
        start, end = request.start, request.start + request.limit
        of_policy = self._count(self._query, ["policy"])["policy"]
        if request.each:
            hits = [
                hit
                for policy in islice(self._policies_in_order(), start, end)
                for hit in islice(self._ordered(all_of([self._query, in_policy(policy)])), request.each)
            ]
        else:
            hits = list(islice(self._ordered(self._query), start, end))
        shown = {hit.policy: of_policy[str(hit.policy)] for hit in hits}
        return Found(sum(of_policy.values()), len(of_policy), hits, self._facets(), shown)

    def _policies_in_order(self) -> Iterator[int]:
        """Each once, as its first clause comes."""
        known = set()
        for hit in self._ordered(self._query):
            if hit.policy not in known:
                known.add(hit.policy)
                yield hit.policy

    def _ordered(self, query: Query) -> Iterator[Hit]:
        """The hits of `query` as the request sorts them; fetched as they are taken."""
        sort, ranking = self._request.sort, self._ranking
        if sort is not Sort.RELEVANCE:
            yield from self._sorted(query, sort.value)
        elif not ranking.words:
            yield from self._sorted(query, Sort.DATE.value)
        elif not ranking.whole:
            yield from self._ranked(query)
        else:
            for hit in self._ranked(all_of([query, contains(ranking.whole)])):
                yield replace(hit, score=hit.score + self._lift)
            yield from self._ranked(self._apart(query))

    def _apart(self, query: Query) -> Query:
        """The hits that do not hold the query as one."""
        return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, contains(self._ranking.whole))])

    @cached_property
    def _lift(self) -> float:
        """What puts a hit that holds the query as one above all that do not."""
        return next((hit.score for hit in self._ranked(self._apart(self._query))), 0.0)

    def _sorted(self, query: Query, field: str) -> Iterator[Hit]:
        taken, look = 0, FIRST_LOOK
        while look:
            result = self._searcher.search(query, limit=look, offset=taken, count=False, order_by_field=field).hits
            yield from (Hit(clause, policy, 0.0) for clause, policy, _ in self._known([place for _, place in result]))
            taken += len(result)
            look = 4 * look if len(result) == look else 0

    def _ranked(self, query: Query) -> Iterator[Hit]:
        """By score, then by date.  tantivy breaks ties by its own numbering, so those at the end of a
        look are left for the next one, which sees them all."""
        scored = self._scored(query)
        given, look = 0, FIRST_LOOK
        while look:
            result = self._searcher.search(scored, limit=look, count=False).hits
            more = len(result) == look
            worst = result[-1][0] if more else -1.0
            sure = [(score, place) for score, place in result if score > worst]
            known = self._known([place for _, place in sure])
            keys = [
                (-score, -date, clause, policy) for (score, _), (clause, policy, date) in zip(sure, known, strict=True)
            ]
            yield from (Hit(clause, policy, -score) for score, _, clause, policy in sorted(keys)[given:])
            given = len(sure)
            look = 4 * look if more else 0

    def _known(self, places: list[DocAddress]) -> Iterator[tuple[int, int, int]]:
        """(clause, policy, its place in the order of dates) of each."""
        columns = [self._searcher.fast_field_values(name, places) for name in ("clause", "policy", "date")]
        yield from zip(*cast("list[list[int]]", columns), strict=True)

    def _scored(self, query: Query) -> Query:
        """The same hits, scored by the words of the query alone."""
        clauses = self._searcher.num_docs
        says = {word: weight(self._searcher.doc_freq("w", word), clauses) for word in self._ranking.words}
        parts = [Query.term_query(schema(), "w", word) for word in says]
        parts += [adding("h", word, HEADING * says[word]) for word in says]
        parts += [adding("t", word, TITLE * says[word]) for word in says]
        for heading, words in self._ranking.headings.items():
            parts.append(adding("h", term(heading), HEADING * sum(says[word] for word in words)))
        shoulds = [(Occur.Should, part) for part in parts]
        return Query.boolean_query([(Occur.Must, Query.const_score_query(query, 0.0)), *shoulds])

    def _clauses(self, tree: Node, scope: Scope) -> Query:
        if scope is Scope.CLAUSE:
            return matching(tree)
        shown = mentions(tree)
        return all_of([any_of("policy", self._policies(tree)), *([matching(shown)] if shown else [])])

    def _policies(self, node: Node) -> set[int]:
        """Those that match the tree as a whole."""
        if isinstance(node, All):
            return set.intersection(*(self._policies(part) for part in node.parts))
        if isinstance(node, Some):
            return set.union(*(self._policies(part) for part in node.parts))
        if isinstance(node, Not):
            return self._policies_of(Query.all_query()) - self._policies(node.part)
        return self._policies_of(matching(node))

    def _policies_of(self, query: Query) -> set[int]:
        return {int(policy) for policy in self._count(query, ["policy"])["policy"]}

    def _facets(self) -> dict[str, dict[str, int]]:
        """Each counted as if it had no filter."""
        filters, names = self._request.filters, self._request.count
        counts = self._count(self._query, [name for name in names if name not in filters])
        for name in names:
            if name in filters:
                others = {other: values for other, values in filters.items() if other != name}
                counts |= self._count(all_of([self._meant, *filtered(others)]), [name])
        return {name: counts[name] for name in names}

    def _count(self, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
        """How many hits have each value of these facets."""
        if not names:
            return {}
        fields = {name: name if name == "policy" else facet_field(name) for name in names}
        wanted = {name: {"terms": {"field": field, "size": MOST_VALUES}} for name, field in fields.items()}
        counted = self._searcher.aggregate(query, wanted)
        return {name: {str(b["key"]): b["doc_count"] for b in counted[name]["buckets"]} for name in names}


class _TantivyWriter(Writer):
    def __init__(self, writer: IndexWriter):
        self._writer = writer
        self._title_words = lru_cache(maxsize=100)(_title_words)

    def remove(self, policy: int) -> None:
        self._writer.delete_documents_by_term("policy", policy)

    def add(self, entry: Entry) -> None:
        facts, text = entry.policy, entry.text
        document = Document()
        document.add_text("b", joined(map(str.__add__, text, text[1:])))
        document.add_text("u", joined(analysis.characters(text)))
        words = analysis.words(text)
        document.add_text("w", joined(words + [FILLER] * (entry.least_length - len(words))))
        document.add_text("h", joined(entry.heading_terms))
        document.add_text("t", self._title_words(facts.title))
        document.add_integer("clause", entry.clause)
        document.add_integer("policy", facts.policy)
        document.add_integer("date", _place_by_date(facts, entry.position))
        document.add_integer("issue", _place_by_issue(facts, entry.position))
        for name, values in (*facts.values.items(), (CLAUSE_FACET, entry.agencies)):
            if name in FACETS:
                for value in values:
                    document.add_text(facet_field(name), value)
        document.add_integer("fingerprint", int(entry.fingerprint(), 16) - HALF)
        with _writing():
            self._writer.add_document(document)


def _title_words(title: str) -> str:
    return joined(analysis.words(title))


def _place_by_date(facts: PolicyFacts, position: int) -> int:
    """The higher, the earlier it comes: by day, then policy (24 bits), then place in it (16 bits)."""
    return (facts.day << 40) + (1 << 40) - 1 - (facts.policy << 16) - position


def _place_by_issue(facts: PolicyFacts, position: int) -> int:
    """By issue, then place in it, then place in the policy; those in no issue below all others, by date."""
    if not facts.issue:
        return _place_by_date(facts, position)
    return (1 << 60) + (facts.issue << 32) + (1 << 32) - 1 - (facts.place << 16) - position
