"""Settle an agency: an editor says that there is such an agency, where it is of and at which level."""

from policies.actions.agency_editing import check_not_merged, editing_agencies
from policies.actions.editing import Editor
from policies.history import EditError
from policies.models import Action, Agency, Region
from policies.selectors.agency_rows import MOST, Preview, Row, issued, mentions, row_of


def settle_agency(
    agency: Agency, region: Region | None, level: str, *, user: Editor, seen: str | None = None
) -> Action | None:
    """Confirm an agency, of this region and level, and so make it known; the action, None if it was all so already.

    `level` is a region's level or blank; the centre's agencies are national and have no region.  `user` needs
    policies.edit_records; `seen` is `agencies_version(agency)`.  Raises PermissionDenied, ConflictError, and EditError
    for a level that the region cannot have.
    """
    with editing_agencies([agency], f"核对“{agency}”", user=user, seen=seen) as edit:
        (agency,) = edit.rows
        _check(agency, region, level)
        agency.region, agency.level = region, level
        agency.known = agency.vouched = True
        agency.save()
    return edit.done


def preview_settling(agency: Agency, region: Region | None, level: str) -> Preview:
    """Which rows would be of another place then, with nothing written.  Raises EditError."""
    _check(agency, region, level)
    before, after = place(agency.region, agency.level), place(region, level)
    tasks, policies = mentions(agency.responsibilities.all()), issued(agency)
    counts = {"责任": tasks.count(), "发布的政策": policies.count()}
    if before == after:
        return Preview(counts, [], 0)
    rows = [row_of(task, before, after) for task in tasks[:MOST]]
    rows += [Row(one.policy, None, 0, "发布机关", before, after) for one in policies[: MOST - len(rows)]]
    return Preview(counts, rows, sum(counts.values()))


def place(region: Region | None, level: str) -> str:
    """Region and level as people read them."""
    name = region.name if region else "无地区"
    return f"{name}，{Region.Level(level).label}" if level else name


def _check(agency: Agency, region: Region | None, level: str) -> None:
    check_not_merged(agency)
    if level and level not in Region.Level.values:
        raise EditError(f"没有“{level}”这个层级。")
    if region and Region.Level.NATION in (level, region.level):
        raise EditError(f"国家级的部门没有地区，不属于{region.name}；请去掉地区，或改层级。")
    if region and not level:
        raise EditError("有地区的部门要选层级。")
