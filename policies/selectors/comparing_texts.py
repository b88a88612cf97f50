"""The texts of several policies side by side: versions clause by clause, other texts by their outline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from policies.alignment import Aligned, Clause, align, clause, share_alike
from policies.differences import Piece, differences
from policies.headings import common_words, pair
from policies.models import Policy, Provision

Type = Provision.Type
ONE_TEXT = 0.5  # of two texts' clauses alike: one text in two versions, whatever it is called
EXCERPT = 240  # characters


@dataclass(frozen=True, slots=True)
class Change:
    """A clause of two versions; one is None where the other version lacks it.  `kind` is of CHANGES."""

    kind: str
    earlier: Provision | None
    later: Provision | None
    before: list[Piece]
    after: list[Piece]

    @property
    def moved(self) -> bool:
        """Whether it stands under another label than before."""
        return bool(self.earlier and self.later and self.earlier.label != self.later.label)

    @property
    def anchor(self) -> str:
        return self.later.eid if self.later else f"{self.earlier.eid}-gone" if self.earlier else ""


CHANGES = {"same": "相同", "changed": "修改", "added": "新增", "removed": "删去"}


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of a text: how many clauses changed in which way, and runs of clauses of one kind."""

    counts: list[tuple[str, str, int]]
    runs: list[tuple[str, list[Change]]]


@dataclass
class Unit:
    """A headed part of a text, or an article, with the words that no unit inside it has.

    `outer` is the unit that it stands in; `inside` are those in it that have no counterpart.
    """

    provision: Provision
    words: list[str]
    outer: "Unit | None" = None
    inside: list["Unit"] = field(default_factory=list)

    @property
    def excerpt(self) -> str:
        told = " ".join("".join(self.words).split())
        return told if len(told) <= EXCERPT else f"{told[:EXCERPT]}……"

    @cached_property
    def clause(self) -> Clause:
        return _clause(self.provision)


@dataclass(frozen=True, slots=True)
class Outlines:
    """`rows` have a cell for each text, at least two of them filled.

    What a text has alone stands inside its part that has a counterpart, and in `alone` where there is no such part.
    """

    rows: list[list[Unit | None]]
    alone: list[list[Unit]]


def in_order(policies: Sequence[Policy]) -> bool:
    """Whether the first of two policies is the earlier; a draft comes before what has no day."""
    ages = [
        (policy.day is None and not _draft(policy), policy.day.toordinal() if policy.day else 0, not _draft(policy))
        for policy in policies
    ]
    return ages[0] <= ages[1]


def versions(texts: Sequence[tuple[Policy, list[Provision]]]) -> Versions | None:
    """The differences of two texts, the earlier first, if they are versions of one; else None."""
    (earlier, before), (later, after) = texts
    ones, others = _clauses(before), _clauses(after)
    aligned = align(ones, others)
    named_alike = earlier.title_key and (earlier.title_key, earlier.region_id) == (later.title_key, later.region_id)
    if not named_alike and share_alike(aligned, len(ones), len(others)) < ONE_TEXT:
        return None
    changes = _changes(before, after, aligned, {clause.pk: clause.words for clause in (*ones, *others)})
    kinds = [change.kind for change in changes]
    return Versions(
        [(kind, name, kinds.count(kind)) for kind, name in CHANGES.items() if kind in kinds],
        [(kind, list(run)) for kind, run in groupby(changes, key=lambda change: change.kind)],
    )


def outlines(texts: Sequence[tuple[Policy, list[Provision]]]) -> Outlines:
    """The parts of several texts, those under the same heading or, without one, of like words in one row.

    Headings must have more in common than what the titles say or half of a plan's headings.
    """
    units = [_units(provisions) for _, provisions in texts]
    headings = [unit.provision.heading for own in units for unit in own]
    common = common_words([policy.title for policy, _ in texts], [heading for heading in headings if heading])
    rows: list[list[Unit | None]] = []
    for place, own in enumerate(units):
        first = [next(filter(None, row)) for row in rows]
        partner = _partners(first, own, common)
        for unit in own:
            row = partner.get(unit.provision.pk)
            if row is None:
                rows.append([None] * place + [unit] + [None] * (len(units) - place - 1))
            else:
                rows[row][place] = unit
    shared = [row for row in rows if sum(cell is not None for cell in row) > 1]
    matched = {unit.provision.pk for row in shared for unit in row if unit}
    return Outlines(shared, [_alone(own, matched) for own in units])


def _alone(units: list[Unit], matched: set[int]) -> list[Unit]:
    """The units that no part with a counterpart takes in."""
    alone: list[Unit] = []
    for unit in units:
        if unit.provision.pk in matched:
            continue
        outer = unit.outer
        while outer and outer.provision.pk not in matched:
            outer = outer.outer
        (outer.inside if outer else alone).append(unit)
    return alone


def _draft(policy: Policy) -> bool:
    return policy.status == Policy.Status.DRAFT


def _clauses(provisions: Iterable[Provision]) -> list[Clause]:
    return [_clause(row) for row in provisions if row.words()]


def _clause(row: Provision) -> Clause:
    return clause(row.pk, row.eid, row.words())


def _changes(
    before: list[Provision], after: list[Provision], aligned: Iterable[Aligned], words: dict[int, str]
) -> list[Change]:
    """The clauses in the order of the later text; one that is gone follows what stood before it."""
    earlier_of = {pair.later: pair.earlier for pair in aligned}
    ones = {row.pk: row for row in before}
    kept = set(earlier_of.values())
    gone: dict[int | None, list[Change]] = {}
    last: int | None = None
    for row in before:
        if row.pk in kept:
            last = row.pk
        elif words.get(row.pk):
            gone.setdefault(last, []).append(Change("removed", row, None, [Piece(row.words(), True)], []))
    changes = gone.get(None, [])
    for row in after:
        if not words.get(row.pk):
            continue
        partner = ones.get(earlier_of.get(row.pk, 0))
        if partner is None:
            changes.append(Change("added", None, row, [], [Piece(row.words(), True)]))
            continue
        changes.append(_change(partner, row, words))
        changes += gone.get(partner.pk, [])
    return changes


def _change(earlier: Provision, later: Provision, words: dict[int, str]) -> Change:
    if words[earlier.pk] == words[later.pk]:
        return Change("same", earlier, later, [], [Piece(later.words(), False)])
    before, after = differences(earlier.words(), later.words())
    same = not any(piece.differs for piece in (*before, *after))
    return Change("same" if same else "changed", earlier, later, before, after)


def _units(provisions: Iterable[Provision]) -> list[Unit]:
    units: list[Unit] = []
    home: dict[int | None, Unit] = {}
    for row in provisions:
        if row.heading or row.type == Type.ARTICLE:
            home[row.pk] = Unit(row, [row.text], home.get(row.parent_id))
            units.append(home[row.pk])
        elif around := home.get(row.parent_id):
            home[row.pk] = around
            around.words.append(f" {row.label}{row.text}" if row.text else "")
        if row.tail and row.pk in home:
            home[row.pk].words.append(f" {row.tail}")
    return units


def _partners(rows: list[Unit], own: list[Unit], common: set[str]) -> dict[int, int]:
    """For the units, by their provision's id, the row that each belongs to; articles without heading by their words."""
    numbers = {unit.provision.pk: number for number, unit in enumerate(rows)}
    ones, others = ([unit.provision for unit in units if unit.provision.heading] for units in (rows, own))
    answers = pair([row.heading for row in ones], [row.heading for row in others], common)
    found = {others[later].pk: numbers[ones[earlier].pk] for later, earlier in answers.items()}
    bare = ([unit.clause for unit in units if not unit.provision.heading] for units in (rows, own))
    return found | {both.later: numbers[both.earlier] for both in align(*bare)}
