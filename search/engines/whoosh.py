"""The engine by default: Whoosh's files, our own evaluation of the tree.

Whoosh keeps posting lists and columns; its analyzers, query parser, phrase matcher, highlighter
and facets are left alone (they are slow, or wrong for Chinese).  A field's terms are handed to it
as finished lists, so the schema that it pickles names only classes of its own.

    b       pairs of neighbours, whether they occur       finds candidates
    u       single characters, whether they occur         for what has no pair
    w       words with their frequency                    ranks
    h       the heading's words and the whole heading     ranks
    policy  the policy's id                               deletes
    text    column: the folded text, UTF-8                decides
    row     column: clause, number of words, agencies, place, fingerprint, as JSON
    facts   column: the title's words and what the policy's clauses share, as JSON
"""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import asdict
from errno import EINVAL, ENOENT
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import KeywordAnalyzer
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import RefBytesColumn, VarBytesColumn
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter

from search import analysis
from search.engines.base import (
    HEADING,
    TITLE,
    Engine,
    Entry,
    Found,
    Hit,
    IndexMissingError,
    PolicyFacts,
    Ranking,
    Request,
    Scope,
    Sort,
    UnresolvedError,
    Writer,
    weight,
)  # fmt: skip
from search.engines.whoosh_files import Folder
from search.engines.whoosh_segment import Row, Segment, Tally
from search.tree import All, Node, Not, Some, mentions

MEMORY = 256  # MB of postings, as Whoosh reckons, before it sorts them into files
LARGEST_MERGE = 5_000  # clauses; merging them takes a few seconds, and a change should be seen in five
BLOCK = 512  # postings
K1, B = 1.2, 0.75  # BM25's usual

Placed = tuple[tuple[float, ...], int, int, float]  # a hit's place in the order, its clause, policy and score


class WhooshEngine(Engine):
    name = "whoosh"
    version = 2

    def __init__(self, folder: Path):
        super().__init__(folder)
        self._index: index.FileIndex | None = None
        self._local = threading.local()
        self._lock = threading.Lock()
        self._rows: dict[str, list[Row]] = {}

    def create(self) -> None:
        Folder(self.folder).create_index(_schema())

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        with self._readable():
            writer = _WhooshWriter(Folder(self.folder).open_index(), self._readable)
        try:
            yield writer
            with self._readable():
                writer.commit()
        except BaseException:
            with suppress(Exception):  # of a full disk, say; the next commit sweeps out what is left
                writer.cancel()
            raise

    def search(self, request: Request) -> Found:
        with self._readable():
            snapshot = self._snapshot()
            tally = Tally(request.filters, request.count)
            order = _Order(request, snapshot)
            hits: list[Placed] = []
            for segment, docs in snapshot.select(request):
                kept = tally.hits(segment.rows, docs)
                hits.extend(order.place(segment, kept))
            return order.found(hits, tally.counts())

    def count(self) -> int:
        with self._readable():
            return sum(segment.count() for segment in self._snapshot().segments)

    def contents(self) -> Iterator[tuple[int, int, str]]:
        with self._readable():
            for segment in self._snapshot().segments:
                for doc, fingerprint in segment.fingerprints():
                    row = segment.rows[doc]
                    yield row.facts.policy, row.clause, fingerprint

    def _snapshot(self) -> "_Snapshot":
        """The last commit, opened once for each thread: Whoosh's readers seek in shared files."""
        if self._index is None:
            self._index = Folder(self.folder).open_index()
        known: _Snapshot | None = getattr(self._local, "snapshot", None)
        generation = self._index.latest_generation()
        if known is None or known.generation != generation:
            known = self._local.snapshot = self._open(self._index, generation)
        return known

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Damaged files make Whoosh raise anything at all; a disk that is full says so in an OSError."""
        try:
            yield
        except (IndexMissingError, UnresolvedError, RecursionError, MemoryError):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno not in (ENOENT, EINVAL):
                raise
            raise self._missing(error) from error

    def _open(self, opened: index.FileIndex, generation: int) -> "_Snapshot":
        """Rows never change and are shared between threads and snapshots."""
        with self._lock:
            readers = [reader for reader, _ in opened.reader().leaf_readers() if reader.doc_count_all()]
            named = [(reader.segment().segment_id(), reader) for reader in readers]
            self._rows = {name: self._rows.get(name) or list(_read_rows(reader)) for name, reader in named}
            return _Snapshot(generation, [Segment(reader, self._rows[name]) for name, reader in named])


class _Snapshot:
    """The segments of one commit, and what BM25 needs to know of them all."""

    def __init__(self, generation: int, segments: list[Segment]):
        self.generation = generation
        self.segments = segments
        self.clauses = sum(len(segment.rows) for segment in segments)
        words = sum(row.length for segment in segments for row in segment.rows)
        self.average_length = words / self.clauses if words else 1.0

    def select(self, request: Request) -> Iterator[tuple[Segment, set[int]]]:
        """The documents of each segment that the request means, its filters apart."""
        if request.scope is Scope.CLAUSE:
            for segment in self.segments:
                yield segment, segment.select(request.tree)
            return
        policies, shown = self._policies(request.tree), mentions(request.tree)
        for segment in self.segments:
            docs = {doc for doc in segment.live() if segment.rows[doc].facts.policy in policies}
            yield segment, segment.select(shown, docs) if shown else docs

    def _policies(self, node: Node) -> set[int]:
        """Those that match the tree as a whole."""
        if isinstance(node, Not):
            everything = set().union(*(segment.policies(segment.live()) for segment in self.segments))
            return everything - self._policies(node.part)
        if isinstance(node, All):
            return set.intersection(*(self._policies(part) for part in node.parts))
        if isinstance(node, Some):
            return set.union(*(self._policies(part) for part in node.parts))
        return set().union(*(segment.policies(segment.select(node)) for segment in self.segments))

    def weight(self, word: str) -> float:
        """How much a word says: the fewer clauses have it, the more."""
        return weight(sum(segment.frequency("w", word) for segment in self.segments), self.clauses)

    def scores(self, segment: Segment, docs: set[int], ranking: Ranking, weights: dict[str, float]) -> dict[int, float]:
        """BM25 of `docs`, with what headings and titles add; zero for those that have none of the words as a word."""
        scores: dict[int, float] = defaultdict(float)
        rows = segment.rows
        norms = {doc: K1 * (1 - B + B * rows[doc].length / self.average_length) for doc in docs}
        for word, says in weights.items():
            for doc, times in segment.occurrences(word, docs):
                scores[doc] += says * times * (K1 + 1) / (times + norms[doc])
            for doc in segment.having("h", word, docs):
                scores[doc] += says * HEADING
            for doc in docs:
                if word in rows[doc].title:
                    scores[doc] += says * TITLE
        for heading, words in ranking.headings.items():
            says = sum(weights[word] for word in words)
            for doc in segment.having("h", heading, docs):
                scores[doc] += says * HEADING
        return scores


class _Order:
    """Puts hits in the order that a request asks for, and takes its page."""

    def __init__(self, request: Request, snapshot: _Snapshot):
        self._request = request
        self._snapshot = snapshot
        self._ranking = Ranking.of(request.tree)
        self._weights = {word: snapshot.weight(word) for word in self._ranking.words}

    def place(self, segment: Segment, docs: set[int]) -> Iterator[Placed]:
        rows = segment.rows
        if self._request.sort is Sort.DATE:
            for doc in docs:
                row = rows[doc]
                yield (-row.facts.day, row.facts.policy, row.position), row.clause, row.facts.policy, 0.0
            return
        if self._request.sort is Sort.ISSUE:
            for doc in docs:
                row, facts = rows[doc], rows[doc].facts
                printed = (-facts.issue, facts.place, -facts.day, facts.policy, row.position)
                yield printed, row.clause, facts.policy, 0.0
            return
        whole = segment.containing(self._ranking.whole, docs) if self._ranking.whole else docs
        scores = self._snapshot.scores(segment, docs, self._ranking, self._weights)
        for doc in docs:
            row, score = rows[doc], scores[doc]
            key = (doc not in whole, -score, -row.facts.day, row.facts.policy, row.position)
            yield key, row.clause, row.facts.policy, score

    def found(self, hits: list[Placed], counts: dict[str, dict[str, int]]) -> Found:
        of_policy = Counter(policy for _, _, policy, _ in hits)
        page = self._policies(hits) if self._request.each else self._part(hits)
        shown = {policy: of_policy[policy] for _, _, policy, _ in page}
        return Found(len(hits), len(of_policy), self._shown(page, hits), counts, shown)

    def _part(self, hits: Iterable[Placed]) -> list[Placed]:
        start = self._request.start
        return nsmallest(start + self._request.limit, hits)[start:]

    def _policies(self, hits: list[Placed]) -> list[Placed]:
        """The first clauses of each policy of the page; policies come as their first clauses do."""
        first: dict[int, Placed] = {}
        for hit in hits:
            known = first.get(hit[2])
            if known is None or hit < known:
                first[hit[2]] = hit
        groups: dict[int, list[Placed]] = {hit[2]: [] for hit in self._part(first.values())}
        for hit in hits:
            if hit[2] in groups:
                groups[hit[2]].append(hit)
        return [hit for group in groups.values() for hit in nsmallest(self._request.each, group)]

    def _shown(self, page: list[Placed], hits: list[Placed]) -> list[Hit]:
        """Scores fall as relevance does: what holds the query as one lies above all that does not."""
        if not self._ranking.whole or self._request.sort is not Sort.RELEVANCE:
            return [Hit(clause, policy, score) for _, clause, policy, score in page]
        lift = max((score for key, _, _, score in hits if key[0]), default=0.0)
        return [Hit(clause, policy, score + (0 if key[0] else lift)) for key, clause, policy, score in page]


class _WhooshWriter(Writer):
    """Writes segments; small ones are taken together so that there are never many."""

    def __init__(self, opened: index.FileIndex, readable: Callable[[], AbstractContextManager[None]]):
        self._index = opened
        self._readable = readable
        self._writer = self._new_writer()
        self._title_words = lru_cache(maxsize=100)(lambda title: sorted(set(analysis.words(title))))

    def _new_writer(self) -> SegmentWriter:
        # Whoosh would look up each posting's field length for a statistic that we do not use: a third of the time.
        codec = W3Codec(blocklimit=BLOCK)
        codec.length_stats = False
        # Without a lock of Whoosh's own, which a writer that fails on a full disk would hold for ever.
        return self._index.writer(limitmb=MEMORY, codec=codec, _lk=False)

    def remove(self, policy: int) -> None:
        with self._readable():
            self._writer.delete_by_term("policy", str(policy))

    def add(self, entry: Entry) -> None:
        words = analysis.words(entry.text)
        length = max(len(words), entry.least_length)
        facts = entry.policy
        with self._readable():
            self._writer.add_document(
                policy=str(facts.policy),
                b=list(analysis.bigrams(entry.text)),
                u=list(analysis.characters(entry.text)),
                w=words,
                h=entry.heading_terms,
                text=entry.text.encode(),
                row=_json((entry.clause, length, entry.agencies, entry.position, entry.fingerprint())),
                facts=_json((self._title_words(facts.title), asdict(facts))),
            )

    def commit(self) -> None:
        self._writer.commit(mergetype=_merge_small)

    def cancel(self) -> None:
        self._writer.cancel()


def _schema() -> fields.Schema:
    # An ID field keeps only whether a term occurs; a TEXT field without phrases, how often.  Neither
    # analyzer ever runs: values come as lists of terms.
    return fields.Schema(
        policy=fields.ID(),
        b=fields.ID(),
        u=fields.ID(),
        w=fields.TEXT(analyzer=KeywordAnalyzer(), phrase=False),
        h=fields.ID(),
        text=fields.COLUMN(VarBytesColumn()),
        row=fields.COLUMN(VarBytesColumn()),
        facts=fields.COLUMN(RefBytesColumn()),
    )


def _merge_small(writer: SegmentWriter, segments: list[W3Segment]) -> list[W3Segment]:
    """Take into `writer` the segments that are small beside it or mostly deleted; return the others.

    A clause is written again only when its segment at least half doubles, so that costs stay near
    linear, and no merge exceeds LARGEST_MERGE clauses.
    """
    kept = []
    taken = writer.doc_count()
    for segment in sorted(segments, key=lambda segment: segment.doc_count()):
        clauses = segment.doc_count()
        wanted = clauses <= 2 * max(taken, 50) or 2 * clauses < segment.doc_count_all()
        if wanted and taken + clauses <= LARGEST_MERGE:
            if clauses:
                with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
                    writer.add_reader(reader)
            taken += clauses
        else:
            kept.append(segment)
    return kept


def _read_rows(reader: IndexReader) -> Iterator[Row]:
    shared: dict[bytes, tuple[PolicyFacts, frozenset[str]]] = {}
    named: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row, told in zip(reader.column_reader("row"), reader.column_reader("facts"), strict=True):
        if told not in shared:
            title, facts = json.loads(told)
            facts["values"] = {name: tuple(given) for name, given in facts["values"].items()}
            shared[told] = PolicyFacts(**facts), frozenset(title)
        facts, title = shared[told]
        clause, length, agencies, position, _ = json.loads(row)
        agencies = tuple(agencies)
        yield Row(clause, facts, title, named.setdefault(agencies, agencies), length, position)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
