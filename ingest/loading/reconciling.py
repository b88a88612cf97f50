"""Reconciling: which of a policy's rows are which of those just read, so that ids and decisions outlast a load."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.loading.decisions import agencies_said, is_decided
from policies.models import Responsibility
from policies.models.derived import Derived
from policies.models.history import FOLLOWING

# What says where and how surely a row was read, and what became of it, but not what it says.
PLACED = {"id", "policy", "provision", "line", "end_line", "quote", "rule", "confidence", "review", "original"}


@dataclass(frozen=True, slots=True)
class Found:
    """A row as just read, not stored yet; of a responsibility also its agencies: position, name, printed name, role."""

    row: Any
    agencies: tuple[tuple[int, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the base, and the clause that it stood in: its eid, and how many lines after the clause's first.

    They are kept here because the clause may be another, or gone, by the time that the row is looked for.
    """

    row: Any
    eid: str
    offset: int


@dataclass(slots=True)
class Reconciled:
    """Rows found again with what they were found as, those that were not, and what is new."""

    pairs: list[tuple[Stored, Found]] = field(default_factory=list)
    gone: list[Stored] = field(default_factory=list)
    fresh: list[Found] = field(default_factory=list)


def reconcile(
    old: Sequence[Stored], new: Sequence[Found], locate: Callable[[Stored], int | None] = lambda stored: None
) -> Reconciled:
    """Find the rows of one model and policy again, each once: `old` by line and id, `new` in the order of the text.

    A row is the same that says the same in the same words, in the same clause or else, nearest in
    order, in another.  One that an editor decided on is also found in the same words alone, in its clause or on the
    line that `locate` gives for it: the machine reads them otherwise now, and the decision stands.
    """
    if not old:
        return Reconciled(fresh=list(new))
    before = [_Said(stored, place, *_said_before(stored)) for place, stored in enumerate(old)]
    now = [_Said(found, place, *_said_now(found)) for place, found in enumerate(new)]
    pairs: dict[int, _Said] = {}  # by the place of what is new

    def take(key: Callable[[_Said], Hashable], waiting: Iterable[_Said], key_now: Any = None) -> None:
        free = [said for said in now if said.place not in pairs]
        pairs.update((there.place, said) for said, there in _nearest(waiting, free, key, key_now or key))

    def waiting(decided: bool) -> list[_Said]:
        found = {said.place for said in pairs.values()}
        return [said for said in before if said.place not in found and (not decided or is_decided(said.of.row))]

    take(lambda said: (said.eid, said.quote, said.values), waiting(decided=False))
    take(lambda said: (said.quote, said.values), waiting(decided=False))
    take(lambda said: (said.eid, said.quote), waiting(decided=True))
    take(lambda said: (locate(said.of), said.quote), waiting(decided=True), lambda said: (said.of.row.line, said.quote))
    again = _in_order(pairs, new)
    kept = {pair.place for pair in again.values()}
    return Reconciled(
        [(pair.of, new[place]) for place, pair in again.items()],
        [said.of for said in before if said.place not in kept],
        [found for place, found in enumerate(new) if place not in again],
    )


def value_columns(model: Any) -> list[Any]:
    """The columns in which rows of a model say something, those aside that follow from others."""
    return [
        column
        for column in model._meta.concrete_fields
        if column.name not in PLACED | FOLLOWING and not isinstance(column, Derived)
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """What the machine reads, or read, in a row, and the row's place among the others."""

    of: Any
    place: int
    eid: str
    quote: str
    values: tuple[Hashable, ...]


def _said_before(stored: Stored) -> tuple[str, str, tuple[Hashable, ...]]:
    row, original = stored.row, getattr(stored.row, "original", None) or {}

    def read(column: Any) -> Hashable:
        name = column.name
        return _key(column.to_python(original[name]) if name in original else getattr(row, column.attname))

    agencies: tuple[Any, ...] = ()
    if isinstance(row, Responsibility):
        agencies = tuple(map(tuple, original["agencies"] if "agencies" in original else agencies_said(row)))
    quote = original.get("quote", getattr(row, "quote", ""))
    return stored.eid, quote, (*map(read, value_columns(type(row))), agencies)


def _said_now(found: Found) -> tuple[str, str, tuple[Hashable, ...]]:
    row = found.row
    values = (_key(getattr(row, column.attname)) for column in value_columns(type(row)))
    return row.provision.eid if row.provision else "", getattr(row, "quote", ""), (*values, found.agencies)


def _key(value: Any) -> Hashable:
    return repr(value) if isinstance(value, list) else value


def _nearest(
    old: Iterable[_Said],
    new: Iterable[_Said],
    key_before: Callable[[_Said], Hashable],
    key_now: Callable[[_Said], Hashable],
) -> Iterator[tuple[_Said, _Said]]:
    """Pairs of one key: one by one in order where there are as many, else those nearest in order first."""
    there: defaultdict[Hashable, list[_Said]] = defaultdict(list)
    for said in new:
        there[key_now(said)].append(said)
    before: defaultdict[Hashable, list[_Said]] = defaultdict(list)
    for said in old:
        before[key_before(said)].append(said)
    for key, rows in before.items():
        free = there.get(key, [])
        if len(rows) == len(free):
            yield from zip(rows, free, strict=True)
            continue
        pairs = sorted(((one, other) for one in rows for other in free), key=lambda p: abs(p[0].place - p[1].place))
        taken = set[int]()
        for one, other in pairs:
            if id(one) not in taken and id(other) not in taken:
                taken |= {id(one), id(other)}
                yield one, other


def _in_order(pairs: dict[int, _Said], new: Sequence[Found]) -> dict[int, _Said]:
    """The pairs in the order of the text, without machine rows whose ids would no longer tell the order in a line."""
    last: dict[int, float] = {}
    again = {}
    for place, found in enumerate(new):
        said = pairs.get(place)
        line = found.row.line
        if said and is_decided(said.of.row):
            again[place] = said
        elif said and said.of.row.pk > last.get(line, 0):
            again[place] = said
            last[line] = said.of.row.pk
        else:
            last[line] = float("inf")
    return again
