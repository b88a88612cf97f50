"""Records as agents get them: each with its page, its line and its words as printed, so that it can be cited."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.encoding import uri_to_iri

from policies.models import (
    Agency,
    ContentsEntry,
    Issue,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    ResponsibleAgency,
    Target,
)

Record = dict[str, Any]

WORDS = {"heading", "text", "tail"}  # of a provision


def address(row: Any) -> str:
    """The whole address of a record's page, or of its place on one."""
    return whole(row.get_absolute_url())


def whole(path: str) -> str:
    """The address on this site, its Chinese as it reads, which is a third as long."""
    return f"{settings.SITE_URL.rstrip('/')}{uri_to_iri(path)}"


def policy(row: Policy) -> Record:
    """What tells which policy it is."""
    return {
        "slug": row.slug,
        "title": row.title,
        "kind": row.kind,
        "level": row.level,
        "region": row.region.name if row.region else None,
        "page_url": address(row),
    }


def facts(row: Policy) -> Record:
    """All facts of a policy; its issuers come from its `listed_policies` row."""
    days = {name: _day(getattr(row, name)) for name in ("adopted_on", "issued_on", "effective_on")}
    return {
        **policy(row),
        "issuers": [issuer.agency.name for issuer in row.issuers.all()],
        "doc_number": row.doc_number or None,
        "status": row.status,
        **days,
        "period": [row.period_start, row.period_end] if row.period_start else None,
        "issue": issue(row.issue) if row.issue else None,
        "lines": [row.start_line, row.end_line],
        "review": row.review,
    }


def issue(row: Issue) -> Record:
    return {
        "issue": f"{row.year}-{row.number}",
        "title": row.cover_title,
        "published_on": _day(row.published_on),
        "page_url": address(row),
    }


def place(row: Provision | None, of: Policy) -> Record:
    """The clause that a record stands in: its eid, its path and its address; the policy's where it has none."""
    if row is None:
        return {"eid": None, "path": None, "page_url": address(of)}
    return {"eid": row.eid, "path": row.path, "page_url": f"{address(of)}#{row.eid}"}


def clause(row: Provision, of: Policy) -> Record:
    """A provision with its own words; `printed` are those of the source, where an editor corrected them."""
    printed = {name: words for name, words in (row.original or {}).items() if name in WORDS}
    return {
        **place(row, of),
        "type": row.type,
        "label": row.label or None,
        "heading": row.heading or None,
        "text": row.text,
        "tail": row.tail or None,
        "printed": printed or None,
        "lines": [row.start_line, row.end_line],
        "review": row.review,
    }


def target(row: Target) -> Record:
    """A target with its policy; `base_value` to `base_value_max` are in `base_unit`, to be compared."""
    return {
        **target_in(row, row.policy),
        "base_unit": row.base_unit,
        "base_value": _number(row.base_value),
        "base_value_max": _number(row.base_value_max),
        "policy": policy(row.policy),
    }


def target_in(row: Target, of: Policy) -> Record:
    return {
        "indicator": row.indicator,
        "op": row.op,
        "value": _number(row.value),
        "value_max": _number(row.value_max),
        "unit": row.unit,
        "year_from": row.year_from,
        "year": row.year,
        **_found(row),
        **place(row.provision, of),
    }


def responsibility(row: Responsibility, agencies: list[ResponsibleAgency]) -> Record:
    named = [{"name": one.name, "agency": one.agency.name, "role": one.role} for one in agencies]
    return {"agencies": named, **_found(row)}


def task(row: ResponsibleAgency) -> Record:
    """What an agency is to do, where that is said."""
    duty = row.responsibility
    return {
        "role": row.role,
        "name": row.name,
        **_found(duty),
        **place(duty.provision, duty.policy),
        "policy": policy(duty.policy),
    }


def reference(row: Reference) -> Record:
    """Where a document is cited: the clause that cites it, its line and its words."""
    return {
        "title": row.title,
        "provision": row.cited_provision or None,
        **_found(row),
        **place(row.provision, row.policy),
        "policy": policy(row.policy),
    }


def cited(row: Reference) -> Record:
    """A document that a policy cites, and whether it is in the base; `cited_policy` must be readable or None."""
    loaded = row.cited_policy
    return {
        "title": row.title,
        "provision": row.cited_provision or None,
        "loaded": loaded is not None,
        "slug": loaded.slug if loaded else None,
        "page_url": whole(row.cited_address) if loaded and loaded.pk != row.policy_id else None,
        **_found(row),
    }


def contents_entry(row: ContentsEntry) -> Record:
    """A line of an issue's contents list, of a document that is not in the base."""
    return {"title": row.title, "contents_of": issue(row.issue), "page": row.page}


def region(row: Region, policies: int) -> Record:
    return {"code": row.code, "name": row.name, "level": row.level, "policies": policies, "page_url": address(row)}


def agency(row: Agency) -> Record:
    """An agency; with how many tasks it has and policies it issued where they were counted."""
    counted = {name: getattr(row, name) for name in ("tasks", "issued_policies") if hasattr(row, name)}
    place_of = row.region.name if row.region else None
    return {"id": row.pk, "name": row.name, "region": place_of, "level": row.level, **counted, "page_url": address(row)}


def _found(row: Any) -> Record:
    return {"line": row.line, "quote": row.quote, "confidence": row.confidence, "review": row.review}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def decimal(value: float) -> Decimal:
    """The number as it was written, not as its bits say."""
    return Decimal(str(value))
