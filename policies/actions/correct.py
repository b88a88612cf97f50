"""Correct: an editor changes what the machine put into a record, or into many; a clause's type is such a field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from policies.actions.editing import (
    DEED,
    NONE_CHOSEN,
    Editor,
    editing,
    keep_original,
    policy_id,
    relink,
    vouched,
)
from policies.editable import fill, kind_of, told, write_lists
from policies.history import EDIT, EditError, require
from policies.models import Action, Policy, Provision, Reference
from policies.outline import Outline
from policies.replacement import Replacement, spelled_out

LINKED = (Policy, Provision, Reference)  # whose words citations and editions depend on


def correct(
    row: Any, changes: Mapping[str, Any], *, user: Editor, seen: str | None = None, note: str = ""
) -> Action | None:
    """Change some editable fields (policies.editable) of a record; the action, None if they were so already.

    `changes` are by field, as a form or as `told` gives them.  What the machine had put there goes to `original`;
    a record that all is put back in is confirmed.  `user` needs policies.edit_records; `seen` is `version_of(row)`.
    Raises PermissionDenied, ConflictError, and InvalidError with the messages by field.
    """
    return correct_many([row], changes, user=user, seen=seen, note=note)


def correct_many(
    rows: Iterable[Any], changes: Mapping[str, Any], *, user: Editor, seen: str | None = None, note: str = ""
) -> Action | None:
    """Make the same changes, as for `correct`, to records of one kind; an agency may be a `Replacement` for another.

    `seen` is `version_of(*rows)`.  Raises InvalidError for the first record that cannot hold them, naming it; then
    none is changed.
    """
    rows = list(rows)
    what = f"的{field_names(rows, changes)}"
    what += "".join(f"：{value}" for value in changes.values() if isinstance(value, Replacement))
    with editing(Action.Verb.CORRECT, rows, user=user, seen=seen, note=note, what=what) as edit:
        changed = {row.pk for row in change_all(edit.rows, changes)}
        edit.narrow([row for row in rows if row.pk in changed])
    return edit.done


def preview(
    rows: Iterable[Any], changes: Mapping[str, Any], *, user: Editor
) -> list[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """What `correct_many` would do: each record that would change, and of its changed fields what they tell before
    and after.  Nothing stays written.  Raises what that does.
    """
    require(user, EDIT, DEED)
    rows = list(rows)
    field_names(rows, changes)
    with transaction.atomic():  # made, and taken back, so that it tells just what would be
        copies = [type(row)._default_manager.get(pk=row.pk) for row in rows]
        before = [told(copy) for copy in copies]
        for copy in copies:
            change(copy, changes, str(copy))
        after = [told(copy) for copy in copies]
        transaction.set_rollback(True)
    found = []
    for row, old, new in zip(rows, before, after, strict=True):
        differing = [name for name in new if new[name] != old[name]]
        if differing:
            found.append((row, {name: old[name] for name in differing}, {name: new[name] for name in differing}))
    return found


def field_names(rows: Sequence[Any], changes: Mapping[str, Any]) -> str:
    """The Chinese names of the fields to change.

    Raises EditError for none, for one that is not editable, and for rows of several kinds or no row.
    """
    if len({type(row) for row in rows}) != 1:
        raise EditError("请选择同一种的记录。" if rows else NONE_CHOSEN)
    kind = kind_of(rows[0])
    fields = kind.fields
    if unknown := changes.keys() - fields.keys():
        raise EditError(f"{kind.name}没有可以更正的“{'、'.join(sorted(unknown))}”。")
    if not changes:
        raise EditError("没有要更正的内容。")
    return "、".join(fields[name] for name in fields if name in changes)


def change_all(rows: list[Any], changes: Mapping[str, Any]) -> list[Any]:
    """Make the same changes to locked rows of one kind, inside `editing`; those that changed.  Raises InvalidError."""
    titles = {row.title_key for row in rows if isinstance(row, Policy)}
    several = len(rows) > 1
    changed = [row for row in rows if change(row, changes, str(row) if several else "")]
    if changed and isinstance(changed[0], LINKED):
        relink(map(policy_id, changed), titles=titles)
    return changed


def change(row: Any, changes: Mapping[str, Any], name: str = "") -> bool:
    """Change one locked row and save it; whether anything changed.  Raises InvalidError, with `name` before it."""
    before = told(row)
    write_lists(row, fill(row, spelled_out(row, changes), name))
    after = told(row)
    if after == before:
        return False
    keep_original(row, before, after)
    row.review = vouched(row)
    row.save()
    if isinstance(row, Provision) and after["label"] != before["label"]:
        outline = Outline(row.policy)
        outline.name(outline.rows[row.pk], row.label)
        outline.write()
    return True
