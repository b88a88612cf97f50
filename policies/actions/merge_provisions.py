"""Merge: what the machine took for two clauses is one."""

from policies.actions.editing import Editor, editing, keep_original, relink, vouched
from policies.actions.rearranging import hand_over
from policies.history import EditError
from policies.models import Action, Provision, Review
from policies.outline import Outline


def merge(
    first: Provision, second: Provision, *, user: Editor, glue: str = "\n", seen: str | None = None
) -> Action | None:
    """Put the words of a clause, label and heading among them, at the end of the one before it.

    `second` is the next beside `first` and has none below it; it is rejected, and what was found in it stands in the
    first.  `glue` comes between their words: a new line, or nothing where a sentence goes on.
    `user` needs policies.edit_records; `seen` is `version_of(first, second)`.
    Raises PermissionDenied, ConflictError, and EditError where they are not such neighbours.
    """
    with editing(Action.Verb.OUTLINE, [first, second], user=user, seen=seen, what="，并为一条") as edit:
        outline = Outline(edit.rows[0].policy)
        first, other = outline.rows[first.pk], outline.rows.get(second.pk)
        if other is None or not _follows(first, other, outline):
            raise EditError("只能并入同级的、紧接着的、没有下级的条款。")
        column = "tail" if first.tail or _standing(outline, first) else "text"
        words = "\n".join(filter(None, (f"{other.label}{other.heading}" if other.heading else "", _rest(other))))
        joined = glue.join(filter(None, (getattr(first, column), words)))
        keep_original(first, {column: getattr(first, column)}, {column: joined})
        setattr(first, column, joined)
        first.end_line = max(first.end_line, other.end_line)
        first.review = vouched(first)
        first.save()
        other.review = Review.REJECTED
        other.save()
        hand_over(other, first)
        relink([first.policy_id])
    return edit.done


def _rest(row: Provision) -> str:
    """The words behind its heading; behind its label where it has none."""
    text = row.text if row.heading else f"{row.label}{row.text}"
    return "\n".join(filter(None, (text, row.tail)))


def _follows(first: Provision, second: Provision, outline: Outline) -> bool:
    siblings = outline.siblings(first)
    neighbours = first in siblings and siblings[siblings.index(first) + 1 :][:1] == [second]
    return neighbours and not _standing(outline, second)


def _standing(outline: Outline, row: Provision) -> list[Provision]:
    """What stands below it."""
    return [child for child in outline.children[row.pk] if child.review != Review.REJECTED]
