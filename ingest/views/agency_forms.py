"""What the forms of an agency's page ask for: each a change with its preview."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q

from policies.actions.agency_editing import MERGE, agencies_version
from policies.actions.merge_agencies import merge, preview_merge
from policies.actions.name_agency import add_name, preview_addition, preview_removal, remove_name
from policies.actions.settle_agency import place, preview_settling, settle_agency
from policies.actions.succeed_agency import add_succession
from policies.history import EDIT, EditError
from policies.models import Action, Agency, Region
from policies.selectors.agency_rows import Preview


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that is asked for: in words, what it would do, how it is done, and which agency's page comes then.

    `fields` go into the form that confirms it.  `later` says that the rows change with the next extraction.
    """

    what: str
    preview: Preview
    apply: Callable[..., Action | None]
    seen: str
    fields: dict[str, str]
    leads_to: Agency
    permission: str = EDIT
    later: bool = False


Data = Mapping[str, str]


def _merge(agency: Agency, data: Data) -> Proposal:
    other = find(data.get("other", ""))
    return Proposal(
        f"把“{agency}”并入“{other}”",
        preview_merge(agency, other),
        partial(merge, agency, other),
        agencies_version(agency, other),
        {"do": "merge", "other": str(other.pk)},
        other,
        MERGE,
    )


def _name(agency: Agency, data: Data) -> Proposal:
    name = data.get("name", "")
    return Proposal(
        f"给“{agency}”加简称“{name}”",
        preview_addition(agency, name),
        partial(add_name, agency, name),
        agencies_version(agency),
        {"do": "name", "name": name},
        agency,
        later=True,
    )


def _unname(agency: Agency, data: Data) -> Proposal:
    name = data.get("name", "")
    return Proposal(
        f"去掉“{agency}”的名称“{name}”",
        preview_removal(agency, name),
        partial(remove_name, agency, name),
        agencies_version(agency),
        {"do": "unname", "name": name},
        agency,
        later=True,
    )


def _settle(agency: Agency, data: Data) -> Proposal:
    region, level = _region(data.get("region", "")), data.get("level", "")
    preview = preview_settling(agency, region, level)
    return Proposal(
        f"确认有“{agency}”这个部门：{place(region, level)}",
        preview,
        partial(settle_agency, agency, region, level),
        agencies_version(agency),
        {"do": "settle", "region": region.code if region else "", "level": level},
        agency,
    )


def _succeed(agency: Agency, data: Data) -> Proposal:
    other, note = find(data.get("other", "")), data.get("note", "")
    before, after = (other, agency) if data.get("end") == "before" else (agency, other)
    return Proposal(
        f"“{after}”承接“{before}”",
        Preview({}, [], 0),
        partial(add_succession, before, after, date=_day(data.get("date", "")), note=note),
        agencies_version(before, after),
        {"do": "succeed", "other": str(other.pk), **{name: data.get(name, "") for name in ("end", "date", "note")}},
        agency,
    )


CHANGES: dict[str, Callable[[Agency, Data], Proposal]] = {
    "merge": _merge,
    "name": _name,
    "unname": _unname,
    "settle": _settle,
    "succeed": _succeed,
}


def find(words: str) -> Agency:
    """The agency of this id, full name, or only short name.  Raises EditError."""
    rows = Agency.objects.select_related("merged_into", "region")
    if words.isdecimal() and len(words) < 10:
        found = list(rows.filter(pk=words))
    else:
        found = list(rows.filter(name=words)) or list(rows.filter(names__name=words).distinct()[:2])
    if len(found) > 1:
        raise EditError(f"不止一个部门叫“{words}”，请写全称。")
    if not found:
        raise EditError(f"没有叫“{words}”的部门。" if words else "请写出另一个部门的全称。")
    return found[0]


def _region(words: str) -> Region | None:
    """The region of this code or name, None for none.  Raises EditError."""
    if not words:
        return None
    found = list(Region.objects.filter(Q(code=words[:6]) | Q(name=words) | Q(short_name=words))[:2])
    if len(found) > 1:
        raise EditError(f"不止一个地区叫“{words}”，请写六位代码。")
    if not found:
        raise EditError(f"没有叫“{words}”的地区。")
    return found[0]


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError as error:
        raise EditError(f"“{iso}”不是日期，应写作 2024-01-31。") from error
