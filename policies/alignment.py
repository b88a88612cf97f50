"""Which clause of one edition became which of another."""

import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

ALIKE_UNDER_ONE_NUMBER = 50  # per cent, for clauses that keep their number
ALIKE = 60  # per cent, for clauses that moved
LIKELIEST = 3  # clauses that each is compared with in the end
MOST_PAIRS = 250_000  # of clauses left over; beyond it only numbers and equal words link
IGNORED = re.compile(r"[\s，。、；：,;:.“”\"《》<>()（）]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to be aligned; `number` is its place without chapters, which come and go: art_8__point_2."""

    pk: int
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Aligned:
    earlier: int
    later: int
    similarity: float


def clause(pk: int, eid: str, words: str) -> Clause:
    """A clause with its number and its words as they are compared: without spaces and punctuation."""
    parts = eid.split("__")
    article = next((index for index, part in enumerate(parts) if part.startswith("art_")), 0)
    return Clause(pk, "__".join(parts[article:]), IGNORED.sub("", unicodedata.normalize("NFKC", words)))


def align(earlier: Iterable[Clause], later: Iterable[Clause]) -> list[Aligned]:
    """Pairs of clauses, each clause in one pair at most.

    Clauses of the same number and words come first, then those of the same words, those of the same number
    with like words, and the likest of the rest.  Their number is bounded, so that long documents stay cheap.
    """
    rest = _Rest([c for c in earlier if c.words], [c for c in later if c.words])
    rest.take(rest.by(lambda clause: (clause.number, clause.words)))
    rest.take(rest.by(lambda clause: clause.words))
    rest.take(rest.by(lambda clause: clause.number), ALIKE_UNDER_ONE_NUMBER)
    rest.take_likest()
    return rest.aligned


class _Characters(dict[tuple[str, int], int]):
    """A bit for the first 数 of a text, one more for its second: how many characters two texts share is the
    number of bits that they share.
    """

    def of(self, text: str) -> int:
        return sum(map(self.__getitem__, Counter(text).items()))

    def __missing__(self, counted: tuple[str, int]) -> int:
        character, count = counted
        fewer = self[character, count - 1] if count > 1 else 0
        self[counted] = fewer | 1 << len(self)
        return self[counted]


@dataclass(slots=True)
class _Rest:
    """The clauses that have no partner yet, and the pairs found."""

    earlier: list[Clause]
    later: list[Clause]
    aligned: list[Aligned] = field(default_factory=list)

    def by(self, key) -> Iterator[tuple[Clause, Clause]]:
        """Pairs of equal keys, the first of each with the first."""
        waiting: defaultdict[object, deque[Clause]] = defaultdict(deque)
        for other in self.later:
            waiting[key(other)].append(other)
        for one in self.earlier:
            if waiting[key(one)]:
                yield one, waiting[key(one)].popleft()

    def take(self, pairs: Iterable[tuple[Clause, Clause]], least: float = 0) -> None:
        """Keep the pairs that are alike enough, in per cent."""
        scored = ((one, other, _likeness(one, other)) for one, other in pairs)
        self._keep((one, other, score) for one, other, score in scored if score >= least)

    def take_likest(self) -> None:
        if not self.earlier or not self.later or len(self.earlier) * len(self.later) > MOST_PAIRS:
            return
        characters = _Characters()
        others = [(characters.of(other.words), ALIKE * len(other.words), other.words) for other in self.later]
        found: list[tuple[float, int, Clause, Clause]] = []
        for at, one in enumerate(self.earlier):
            own, least = characters.of(one.words), ALIKE * len(one.words)
            likely = process.extract(
                one.words,
                {  # that share enough characters; only their order is dear to compare
                    place: words
                    for place, (held, other_least, words) in enumerate(others)
                    if 200 * (own & held).bit_count() >= least + other_least
                },
                scorer=fuzz.ratio,
                score_cutoff=ALIKE,
                limit=LIKELIEST,
            )
            found += [(score, abs(at - place), one, self.later[place]) for _, score, place in likely]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        taken: set[int] = set()
        chosen: list[tuple[Clause, Clause, float]] = []
        for score, _, one, other in found:
            if not taken & {one.pk, other.pk}:
                taken |= {one.pk, other.pk}
                chosen.append((one, other, score))
        self._keep(chosen)

    def _keep(self, pairs: Iterable[tuple[Clause, Clause, float]]) -> None:
        kept = list(pairs)
        self.aligned += [Aligned(one.pk, other.pk, round(score / 100, 4)) for one, other, score in kept]
        gone = {one.pk for one, _, _ in kept} | {other.pk for _, other, _ in kept}
        self.earlier = [one for one in self.earlier if one.pk not in gone]
        self.later = [other for other in self.later if other.pk not in gone]


def _likeness(one: Clause, other: Clause) -> float:
    """How alike the words of two clauses are, in per cent."""
    return 100.0 if one.words == other.words else fuzz.ratio(one.words, other.words)


def share_alike(aligned: Sequence[Aligned], earlier: int, later: int) -> float:
    """How much of two editions of so many clauses is alike, from 0 to 1."""
    return sum(pair.similarity for pair in aligned) / max(earlier, later, 1)
