"""Reject: an editor says that there is no such record; readers see it no more, and no ingest brings it back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from policies.actions.editing import Editor, editing, relink
from policies.history import EditError
from policies.models import (
    Action,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    Review,
    Target,
)

FOUND_IN = (Target, Responsibility, Obligation, Observation, Reference)


def reject(rows: Iterable[Any], *, user: Editor, note: str = "", seen: str | None = None) -> Action | None:
    """Reject records of any kinds but policies; the action, None if all were rejected already.

    With a clause goes what was found in it.  `user` needs policies.edit_records; `seen` is `version_of(*rows)`.
    Raises PermissionDenied, ConflictError, and EditError for a policy, or a clause with others below it.
    """
    with editing(Action.Verb.REJECT, rows, user=user, seen=seen, note=note) as edit:
        clauses = [row for row in edit.rows if isinstance(row, Provision)]
        if any(isinstance(row, Policy) for row in edit.rows):
            raise EditError("政策不能否决；不该公开的，请撤回。")
        _check_leaves(clauses)
        keys: defaultdict[Any, list[int]] = defaultdict(list)
        for row in edit.rows:
            keys[type(row)].append(row.pk)
        for model, mine in keys.items():
            model.objects.standing().filter(pk__in=mine).update(review=Review.REJECTED)
        edit.narrow([row for row in edit.rows if row.review != Review.REJECTED])
        if clauses:
            for model in FOUND_IN:
                model.objects.standing().filter(provision__in=clauses).update(review=Review.REJECTED)
            relink(row.policy_id for row in clauses)
    return edit.done


def _check_leaves(clauses: list[Provision]) -> None:
    below = Provision.objects.standing().filter(parent__in=clauses).exclude(pk__in=[row.pk for row in clauses])
    if child := below.select_related("parent").first():
        raise EditError(f"“{child.parent}”还有下级条款，请先移走、并入或否决它们。")
