"""Succeed: which agency took over from which; both keep their pages, which lead to each other."""

import datetime

from policies.actions.agency_editing import editing_agencies
from policies.actions.editing import Editor
from policies.history import EditError
from policies.models import Action, Agency, Succession

LONGEST = 200  # characters of a note


def add_succession(
    predecessor: Agency,
    successor: Agency,
    *,
    date: datetime.date | None = None,
    note: str = "",
    user: Editor,
    seen: str | None = None,
) -> Action | None:
    """Let `successor` have taken over from `predecessor`, all or what `note` says, on `date` if it is known.

    `user` needs policies.edit_records; `seen` is `agencies_version(predecessor, successor)`.  Raises PermissionDenied,
    ConflictError, and EditError for one that is there already, either way round.
    """
    if predecessor == successor:
        raise EditError("一个部门不能是自己的前身。")
    if len(note) > LONGEST:
        raise EditError(f"说明有 {len(note)} 字，超过 {LONGEST} 字。")
    what = f"“{successor}”承接“{predecessor}”"
    with editing_agencies([predecessor, successor], what, user=user, seen=seen) as edit:
        there = Succession.objects.filter(predecessor__in=edit.rows, successor__in=edit.rows).first()
        if there:
            raise EditError(f"已有沿革：{there}。")
        Succession.objects.create(predecessor=predecessor, successor=successor, date=date, note=note)
    return edit.done
