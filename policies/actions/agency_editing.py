"""The frame of every edit of agencies: who may, whose turn, the agencies as the editor saw them, one action."""

from collections.abc import Iterator
from contextlib import contextmanager

from policies.actions.editing import Edit, Editor
from policies.history import EDIT, ConflictError, EditError, recording, require, version
from policies.models import Action, Agency
from policies.turns import take_turn

MERGE = "policies.merge_agencies"


@contextmanager
def editing_agencies(
    agencies: list[Agency],
    what: str,
    *,
    user: Editor,
    seen: str | None = None,
    verb: Action.Verb = Action.Verb.AGENCY,
    note: str = "",
) -> Iterator[Edit]:
    """One action around a change of these agencies, after any load that is under way.

    `what` is its summary; `seen` is `agencies_version` of them as the editor saw them, None asks for no check.  Merging
    needs policies.merge_agencies, all else policies.edit_records.  Raises PermissionDenied, ConflictError, and
    EditError for an agency that is gone or was merged.
    """
    if verb == Action.Verb.MERGE:
        require(user, MERGE, "合并部门")
    else:
        require(user, EDIT, "整理部门")
    with recording(verb, what, user=user, note=note) as action:
        take_turn()
        there = Agency.objects.select_for_update(of=("self",)).filter(pk__in=[agency.pk for agency in agencies])
        locked = there.select_related("region", "merged_into").order_by("pk").in_bulk()
        if len(locked) < len({agency.pk for agency in agencies}):
            raise EditError("部门已经不在了，可能刚刚重新采集过；请刷新后再试。")
        now = [locked[agency.pk] for agency in agencies]
        if seen is not None and agencies_version(*now) != seen:
            raise ConflictError("您打开之后，部门的资料有了改动；没有保存，请看过现在的内容再改。")
        check_not_merged(*now)
        yield Edit(action, now)


def agencies_version(*agencies: Agency) -> str:
    """`history.version` of agencies just read, with their names and successions."""
    parts = [
        part
        for agency in agencies
        for part in (
            agency,
            *agency.names.order_by("pk"),
            *agency.successions.order_by("pk"),
            *agency.origins.order_by("pk"),
        )
    ]
    return version(*parts)


def check_not_merged(*agencies: Agency) -> None:
    """Raise EditError for an agency that was merged into another."""
    for agency in agencies:
        if agency.merged_into:
            raise EditError(f"“{agency}”已并入“{agency.merged_into}”。")
