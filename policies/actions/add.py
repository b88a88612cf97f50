"""Add: an editor marks words in which the machine missed a record."""

from collections.abc import Mapping
from typing import Any

from policies.actions.editing import RULE, Editor, editing, relink
from policies.editable import KINDS, fill, write_lists
from policies.history import EditError
from policies.lines import squeezed
from policies.models import Action, Policy, Provision, Reference, Review

MARKED = frozenset(KINDS) - {"policy", "provision"}  # the kinds of rows that have a quote
WORDS = 60


class PlaceError(EditError):
    """Words that do not stand where they are said to; `part` is what is wrong: the line or the quote."""

    def __init__(self, part: str, message: str):
        super().__init__(message)
        self.part = part


def add(kind: str, policy: Policy, line: int, quote: str, columns: Mapping[str, Any], *, user: Editor) -> Any:
    """Add a record of a kind (policies.editable) that `quote`, a part of a 1-based line of the policy, says; the row.

    `columns` hold its editable fields, as for `correct`.  It stands in the innermost clause around the line.
    `user` needs policies.edit_records.  Raises PermissionDenied, PlaceError for words that do not stand there, and
    InvalidError for fields.
    """
    if kind not in MARKED:
        raise EditError("这种记录不能这样补充。")
    name = KINDS[kind].name
    with editing(Action.Verb.ADD, [policy], user=user, what=f"的{name}“{quote[:WORDS]}”") as edit:
        policy = edit.rows[0]
        check_place(policy, line, quote)
        row = KINDS[kind].model(
            policy=policy,
            provision=_around(policy, line, quote),
            line=line,
            quote=quote,
            rule=RULE,
            review=Review.ADDED,
        )
        form = fill(row, columns, whole=True)
        row.save()
        write_lists(row, form)
        if isinstance(row, Reference):
            relink([policy.pk])
    return row


def check_place(policy: Policy, line: int, quote: str) -> None:
    """Raise PlaceError unless `quote` stands on that line of the policy."""
    lines = policy.source.lines()
    if not policy.start_line <= line <= min(policy.end_line, len(lines)):
        raise PlaceError("line", f"第 {line} 行不在这份政策里（第 {policy.start_line}—{policy.end_line} 行）。")
    if not quote.strip() or quote not in lines[line - 1]:
        raise PlaceError("quote", f"第 {line} 行里没有“{quote[:WORDS]}”，请照原文标出。")


def _around(policy: Policy, line: int, quote: str) -> Provision | None:
    """The innermost provision around the line; of two that share it, the one that has the words."""
    there = policy.provisions.standing().filter(start_line__lte=line, end_line__gte=line).order_by("position")
    words = squeezed(quote)
    return max(there, default=None, key=lambda row: (row.depth, words in squeezed(row.words()), -row.position))
