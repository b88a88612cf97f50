"""The engine by default: Whoosh's files, our own evaluation of the tree.

Whoosh keeps posting lists and columns; its analyzers, query parser, phrase matcher, highlighter
and facets are left alone (they are slow, or wrong for Chinese).  A field's terms are handed to it
as finished lists, so the schema that it pickles names only classes of its own.

    b       pairs of neighbours, whether they occur       finds candidates
    u       single characters, whether they occur         for what has no pair
    w       words with their frequency                    ranks
    policy  the policy's id                               deletes
    text    column: the folded text, UTF-8                decides
    row     column: clause, number of words, agencies, fingerprint, as JSON
    facts   column: what the policy's clauses share, as JSON
"""

import json
import pickle
import struct
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from heapq import nsmallest
from math import log
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import KeywordAnalyzer
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import RefBytesColumn, VarBytesColumn
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter

from search import analysis
from search.engines.base import Engine, Entry, Found, Hit, IndexMissingError, PolicyFacts, Ranking, Request, Writer
from search.engines.whoosh_segment import Row, Segment, Tally

MEMORY = 256  # MB of postings, as Whoosh reckons, before it sorts them into files
LARGEST_MERGE = 5_000  # clauses; merging them takes a few seconds, and a change should be seen in five
BLOCK = 512  # postings
UNREADABLE = (
    index.IndexError, OSError, EOFError, ValueError, KeyError, AttributeError, ImportError,
    pickle.UnpicklingError, struct.error, zlib.error,
)  # fmt: skip
K1, B = 1.2, 0.75  # BM25's usual


class WhooshEngine(Engine):
    name = "whoosh"
    version = 1

    def __init__(self, folder: Path):
        super().__init__(folder)
        self._index: index.FileIndex | None = None
        self._local = threading.local()
        self._rows: dict[str, list[Row]] = {}

    def create(self) -> None:
        index.create_in(str(self.folder), _schema())

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        with self._readable():
            writer = _WhooshWriter(index.open_dir(str(self.folder)))
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def search(self, request: Request) -> Found:
        snapshot = self._snapshot()
        ranking = Ranking.of(request.tree)
        tally = Tally(request.filters, request.count)
        weights = {word: snapshot.weight(word) for word in ranking.words}
        hits: list[tuple[bool, float, int, int, int]] = []
        for segment in snapshot.segments:
            docs = tally.hits(segment.rows, segment.select(request.tree))
            whole = segment.containing(ranking.whole, docs) if ranking.whole else docs
            scores = snapshot.scores(segment, docs, weights)
            for doc in docs:
                row = segment.rows[doc]
                key = (doc not in whole, -scores[doc], -row.facts.day, row.clause, row.facts.policy)
                hits.append(key)
        page = nsmallest(request.start + request.limit, hits)[request.start :]
        lift = max((-score for apart, score, *_ in hits if apart), default=0.0)  # scores fall as the order does
        found = [Hit(clause, policy, -score + (0 if apart else lift)) for apart, score, _, clause, policy in page]
        return Found(len(hits), found, tally.counts())

    def contents(self) -> Iterator[tuple[int, int, str]]:
        for segment in self._snapshot().segments:
            for doc in segment.live():
                row = segment.rows[doc]
                yield row.facts.policy, row.clause, row.fingerprint

    def _snapshot(self) -> "_Snapshot":
        """The last commit, opened once for each thread: Whoosh's readers seek in shared files."""
        with self._readable():
            if self._index is None:
                self._index = index.open_dir(str(self.folder))
            known: _Snapshot | None = getattr(self._local, "snapshot", None)
            generation = self._index.latest_generation()
            if known is None or known.generation != generation:
                known = self._local.snapshot = self._open(self._index, generation)
            return known

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except UNREADABLE as error:
            raise IndexMissingError(f"检索索引无法读取（{self.folder}：{error}），请重建索引。") from error

    def _open(self, opened: index.FileIndex, generation: int) -> "_Snapshot":
        readers = [reader for reader, _ in opened.reader().leaf_readers() if reader.doc_count_all()]
        names = [reader.segment().segment_id() for reader in readers]
        rows = {
            name: self._rows.get(name) or list(_read_rows(reader)) for name, reader in zip(names, readers, strict=True)
        }
        self._rows = rows
        return _Snapshot(generation, [Segment(reader, rows[name]) for name, reader in zip(names, readers, strict=True)])


class _Snapshot:
    """The segments of one commit, and what BM25 needs to know of them all."""

    def __init__(self, generation: int, segments: list[Segment]):
        self.generation = generation
        self.segments = segments
        self.clauses = sum(len(segment.rows) for segment in segments)
        words = sum(row.length for segment in segments for row in segment.rows)
        self.average_length = words / self.clauses if words else 1.0

    def weight(self, word: str) -> float:
        """How much a word says: the fewer clauses have it, the more."""
        frequency = sum(segment.frequency("w", word) for segment in self.segments)
        return log(1 + (self.clauses - frequency + 0.5) / (frequency + 0.5))

    def scores(self, segment: Segment, docs: set[int], weights: dict[str, float]) -> dict[int, float]:
        """BM25 of `docs`, zero for those that have none of the words as a word."""
        scores: dict[int, float] = defaultdict(float)
        norms = {doc: K1 * (1 - B + B * segment.rows[doc].length / self.average_length) for doc in docs}
        for word, weight in weights.items():
            for doc, times in segment.occurrences(word, docs):
                scores[doc] += weight * times * (K1 + 1) / (times + norms[doc])
        return scores


class _WhooshWriter(Writer):
    """Writes segments; small ones are taken together so that there are never many."""

    def __init__(self, opened: index.FileIndex):
        self._index = opened
        self._writer = self._new_writer()

    def _new_writer(self) -> SegmentWriter:
        # Whoosh would look up each posting's field length for a statistic that we do not use: a third of the time.
        codec = W3Codec(blocklimit=BLOCK)
        codec.length_stats = False
        return self._index.writer(limitmb=MEMORY, codec=codec)

    def remove(self, policy: int) -> None:
        self._writer.delete_by_term("policy", str(policy))

    def add(self, entry: Entry) -> None:
        words = analysis.words(entry.text)
        facts = entry.policy
        self._writer.add_document(
            policy=str(facts.policy),
            b=list(analysis.bigrams(entry.text)),
            u=list(analysis.characters(entry.text)),
            w=words,
            text=entry.text.encode(),
            row=_json((entry.clause, len(words), entry.agencies, entry.fingerprint())),
            facts=_json((facts.policy, facts.day, dict(facts.values))),
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
    shared: dict[bytes, PolicyFacts] = {}
    for row, facts in zip(reader.column_reader("row"), reader.column_reader("facts"), strict=True):
        if facts not in shared:
            policy, day, values = json.loads(facts)
            shared[facts] = PolicyFacts(policy, day, {name: tuple(given) for name, given in values.items()})
        clause, length, agencies, fingerprint = json.loads(row)
        yield Row(clause, shared[facts], tuple(agencies), length, fingerprint)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
