"""Move: a clause stands elsewhere in the outline than the machine put it."""

from policies.actions.editing import Editor, editing, relink
from policies.actions.rearranging import keep_place
from policies.history import EditError
from policies.models import Action, Provision, Review
from policies.outline import Outline


def move(
    provision: Provision,
    parent: Provision | None,
    after: Provision | None,
    *,
    user: Editor,
    seen: str | None = None,
) -> Action | None:
    """Put a clause, with all below it, under `parent` (None: outermost) behind `after` (None: before its others).

    Order, depth and paths follow; addresses stay.  The action, None if it stands there already.
    `user` needs policies.edit_records; `seen` is `version_of(provision)`.
    Raises PermissionDenied, ConflictError, and EditError for a place in itself, in another policy, in a rejected
    clause, or behind one that is not under `parent`.
    """
    with editing(Action.Verb.OUTLINE, [provision], user=user, seen=seen, what="，移动位置") as edit:
        outline = Outline(edit.rows[0].policy)
        row = outline.rows[provision.pk]
        place, behind = (outline.rows.get(there.pk) if there else None for there in (parent, after))
        if (parent and place is None) or (after and behind is None):
            raise EditError("只能移到同一份政策里。")
        _check(outline, row, place, behind)
        was = {"parent": row.parent.eid if row.parent else "", "position": row.position}
        around = list(outline.above(row))
        outline.put(row, place, behind)
        outline.fit_lines(row, around)
        outline.write()
        if (row.parent.eid if row.parent else "", row.position) != tuple(was.values()):
            keep_place(row, **was)
            relink([row.policy_id])
    return edit.done


def _check(outline: Outline, row: Provision, parent: Provision | None, after: Provision | None) -> None:
    if parent and parent in outline.within(row):
        raise EditError("不能移到它自己的下级里。")
    if parent and parent.review == Review.REJECTED:
        raise EditError("不能移到已否决的条款里。")
    if after and (after == row or after.parent != parent):
        raise EditError("要跟在新的上级之下的另一条后面。")
