"""Correct: an editor changes what the machine put into a record; retyping a clause is one such change."""

from collections.abc import Mapping
from typing import Any

from policies.actions.editing import Editor, editing, keep_original, policy_id, relink, vouched
from policies.editable import InvalidError, kind_of, lists_of, told, write_list
from policies.history import EditError
from policies.models import Action, Policy, Provision, Reference
from policies.outline import Outline

LINKED = (Policy, Provision, Reference)  # whose words citations and editions depend on


def correct(
    row: Any, changes: Mapping[str, Any], *, user: Editor, seen: str | None = None, note: str = ""
) -> Action | None:
    """Change some editable fields (policies.editable) of a record; the action, None if they were so already.

    `changes` are by field, as a form or as `told` gives them.  What the machine had put there goes to `original`;
    a record that all is put back in is confirmed.  `user` needs policies.edit_records; `seen` is `version_of(row)`.
    Raises PermissionDenied, ConflictError, and InvalidError with the messages by field.
    """
    names = field_names(row, changes)
    with editing(Action.Verb.CORRECT, [row], user=user, seen=seen, note=note, what=f"的{names}") as edit:
        change_all(edit.rows, changes)
    return edit.done


def field_names(row: Any, changes: Mapping[str, Any]) -> str:
    """The Chinese names of the fields to change.  Raises EditError for none, or one that is not editable."""
    fields = kind_of(row).fields
    if unknown := changes.keys() - fields.keys():
        raise EditError(f"{kind_of(row).name}没有可以更正的“{'、'.join(sorted(unknown))}”。")
    if not changes:
        raise EditError("没有要更正的内容。")
    return "、".join(fields[name] for name in fields if name in changes)


def change_all(rows: list[Any], changes: Mapping[str, Any]) -> None:
    """Make the same changes to locked rows of one kind, inside `editing`.  Raises InvalidError."""
    titles = {row.title_key for row in rows if isinstance(row, Policy)}
    changed = [row for row in rows if change(row, changes)]
    if changed and isinstance(changed[0], LINKED):
        relink(map(policy_id, changed), titles=titles)


def change(row: Any, changes: Mapping[str, Any]) -> bool:
    """Change one locked row and save it; whether anything changed.  Raises InvalidError."""
    before = told(row)
    form = kind_of(row).form(changes, instance=row, only=set(changes))
    if not form.is_valid():
        raise InvalidError({name: [str(said) for said in messages] for name, messages in form.errors.items()})
    for name in lists_of(row):
        if name in changes:
            write_list(row, name, form.cleaned_data[name])
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
