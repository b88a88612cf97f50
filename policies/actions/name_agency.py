"""Name agencies: a short name that texts print for an agency, given or taken away; the next ingest reads by it."""

from policies.actions.agency_editing import check_not_merged, editing_agencies
from policies.actions.editing import Editor
from policies.agency_names import LONGEST
from policies.history import EditError
from policies.models import Action, Agency, AgencyName, ResponsibleAgency
from policies.selectors.agency_rows import MOST, Preview, mentions, printed_as, row_of


def add_name(agency: Agency, name: str, *, user: Editor, seen: str | None = None) -> Action | None:
    """Let texts of the agency's region mean it by `name`; the action, None if editors had given it the name before.

    What is loaded already changes when it is extracted again (`manage.py reextract`).  `user` needs
    policies.edit_records; `seen` is `agencies_version(agency)`.  Raises PermissionDenied, ConflictError, and EditError
    for what is no name, or another agency's.
    """
    name = _tidy(name)
    with editing_agencies([agency], f"“{agency}”加简称“{name}”", user=user, seen=seen) as edit:
        (agency,) = edit.rows
        _check_addition(agency, name)
        AgencyName.objects.update_or_create(agency=agency, name=name, defaults={"added": True})
        agency.denied_names = [denied for denied in agency.denied_names if denied != name]
        agency.save()
    return edit.done


def remove_name(agency: Agency, name: str, *, user: Editor, seen: str | None = None) -> Action | None:
    """Let `name` mean the agency no more; neither gazetteer nor text gives it back.  The rest is as for `add_name`."""
    with editing_agencies([agency], f"“{agency}”去掉名称“{name}”", user=user, seen=seen) as edit:
        (agency,) = edit.rows
        row = _own_name(agency, name)
        if not row.added:
            agency.denied_names = [*agency.denied_names, name]
            agency.save()
        row.delete()
    return edit.done


def preview_addition(agency: Agency, name: str) -> Preview:
    """Which rows an extraction would give to the agency by this name, with nothing written.  Raises EditError."""
    name = _tidy(name)
    _check_addition(agency, name)
    return _preview(mentions(printed_as([name], agency).exclude(agency=agency)), agency.name)


def preview_removal(agency: Agency, name: str) -> Preview:
    """Which rows an extraction would take from the agency without this name.  Raises EditError."""
    _own_name(agency, name)
    return _preview(mentions(agency.responsibilities.filter(name=name)), "（照原文）")


def _preview(rows, after: str) -> Preview:
    first: list[ResponsibleAgency] = list(rows[:MOST])
    total = rows.count()
    policies = rows.order_by().values("responsibility__policy").distinct().count()
    return Preview({"责任": total, "政策": policies}, [row_of(row, row.agency.name, after) for row in first], total)


def _tidy(name: str) -> str:
    """A name as parsing looks it up.  Raises EditError for none."""
    name = "".join(name.split())
    if not name:
        raise EditError("请写出名称。")
    if len(name) > LONGEST:
        raise EditError(f"名称有 {len(name)} 字，超过 {LONGEST} 字。")
    return name


def _check_addition(agency: Agency, name: str) -> None:
    check_not_merged(agency)
    if agency.is_group:
        raise EditError(f"“{agency}”是统称，不设简称。")
    if name == agency.name:
        raise EditError("这就是它的全称。")
    other = Agency.objects.filter(name=name).exclude(merged_into=agency).first()
    if other:
        raise EditError(f"“{name}”是另一个部门的全称；如果是同一个部门，请把它并过来。")
    near = AgencyName.objects.filter(name=name, agency__region=agency.region_id).exclude(agency=agency)
    if agency.region_id is None:
        near = near.filter(agency__level=agency.level)
    if taken := near.select_related("agency").first():
        raise EditError(f"“{name}”已是“{taken.agency}”的名称；请先从那里去掉，或合并两个部门。")


def _own_name(agency: Agency, name: str) -> AgencyName:
    if agency.merged.filter(name=name).exists():
        raise EditError(f"“{name}”是并入它的部门的全称；要分开，请撤销那次合并。")
    row = agency.names.filter(name=name).first()
    if row is None:
        raise EditError(f"“{agency}”没有“{name}”这个名称。")
    return row
