"""Confirm: an editor vouches for records as they stand."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from policies.actions.editing import Editor, editing, relink, vouched
from policies.history import EditError
from policies.models import Action, Provision, Review


def confirm(rows: Iterable[Any], *, user: Editor, seen: str | None = None) -> Action | None:
    """Confirm records of any kinds, rejected ones again; the action, None if all were vouched for already.

    Corrected and added ones stay what they are.  `user` needs policies.edit_records; `seen` is `version_of(*rows)`.
    Raises PermissionDenied, ConflictError, and EditError for a clause inside a rejected one.
    """
    with editing(Action.Verb.CONFIRM, rows, user=user, seen=seen) as edit:
        back = [row for row in edit.rows if isinstance(row, Provision) and row.review == Review.REJECTED]
        _check_parents(back)
        same: defaultdict[tuple[Any, Review], list[int]] = defaultdict(list)
        for row in edit.rows:
            same[type(row), vouched(row)].append(row.pk)
        for (model, review), keys in same.items():
            model._default_manager.filter(pk__in=keys).exclude(review=review).update(review=review)
        edit.narrow([row for row in edit.rows if row.review != vouched(row)])
        if back:
            relink(row.policy_id for row in back)
    return edit.done


def _check_parents(provisions: list[Provision]) -> None:
    coming = {row.pk for row in provisions}
    for row in provisions:
        if row.parent and row.parent_id not in coming and row.parent.review == Review.REJECTED:
            raise EditError(f"“{row}”的上级条款已被否决，请先确认上级。")
