"""What changes of an outline have in common: rows follow their words, places are kept beside the machine's."""

from typing import Any

from policies.actions.editing import keep_original, vouched
from policies.lines import squeezed
from policies.models import (
    Figure,
    Obligation,
    Observation,
    Provision,
    Reference,
    Responsibility,
    Table,
    Target,
)

FOUND = (Target, Responsibility, Obligation, Observation, Reference, Table, Figure)


def hand_over(one: Provision, other: Provision) -> None:
    """Let all that was found in one provision stand in another."""
    for model in FOUND:
        model._default_manager.filter(provision=one).update(provision=other)


def follow_words(one: Provision, other: Provision, *, shared: bool) -> None:
    """Let what was found in `one` stand in `other` where its quote does, or its line.

    `other` begins on its first line, or in the midst of it if that is `shared`.
    """
    for model in FOUND:
        rows: list[Any] = list(model._default_manager.filter(provision=one))
        keys = [row.pk for row in rows if _belongs(row, one, other, shared)]
        model._default_manager.filter(pk__in=keys).update(provision=other)


def _belongs(row: Any, one: Provision, other: Provision, shared: bool) -> bool:
    quote = squeezed(getattr(row, "quote", ""))
    if quote:
        here, there = (quote in squeezed(provision.words()) for provision in (one, other))
        if here != there:
            return there
    return row.line > other.start_line or (row.line == other.start_line and not shared)


def keep_place(row: Provision, **before: Any) -> None:
    """Note in `original` the parent (its eid, "" for none), and the position, that an editor changed; save both."""
    now = {"parent": row.parent.eid if row.parent else "", "position": row.position}
    keep_original(row, before, {name: now[name] for name in before})
    row.review = vouched(row)
    row.save(update_fields=["original", "review"])
