"""Agencies: found by their full names or made, with their regions and the names they are printed under."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.loading.decisions import keep_corrected
from ingest.loading.insert import BATCH, longest
from ingest.parsing.gazetteer import Gazetteer
from ingest.records import PolicyRecord, WarningRecord
from policies.models import Agency, AgencyName, Issuer, Policy, Region, Succession
from policies.selectors.agencies import agencies_called

PARTY = "中共"  # 中共浙江省委宣传部 lies in 浙江省


@dataclass(slots=True)
class _Named:
    """An agency as all the records of a file speak of it."""

    known: bool = False
    group: bool = False
    printed: set[str] = field(default_factory=set)


def store_agencies(
    records: Iterable[PolicyRecord], gazetteer: Gazetteer, warnings: list[WarningRecord]
) -> dict[str, Agency]:
    """The agency rows of every name in the records, by full name.

    Missing ones are made; those that the gazetteer did not know before and does now become known.
    A name that is blank or too long for a name is no agency: it gets a warning and no row.
    """
    named = _named(records, gazetteer, warnings)
    rows = agencies_called(named)
    codes = set(Region.objects.values_list("code", flat=True))
    made = [_agency(name, about, gazetteer, codes) for name, about in named.items() if name not in rows]
    rows.update((agency.name, agency) for agency in Agency.objects.bulk_create(made, batch_size=BATCH))
    confirmed = [rows[name].pk for name, about in named.items() if about.known and not rows[name].known]
    if confirmed:
        Agency.objects.filter(pk__in=confirmed).update(known=True)
    AgencyName.objects.bulk_create(
        (
            AgencyName(agency=rows[name], name=printed)
            for name, about in named.items()
            for printed in sorted(about.printed)
            if printed not in rows[name].denied_names
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return rows


def store_issuers(policy: Policy, record: PolicyRecord, agencies: dict[str, Agency]) -> None:
    """The policy's issuers, in the printed order, unless an editor corrected them."""
    found = list({agencies[name].pk: agencies[name] for name in record.issuers if name in agencies}.values())
    if keep_corrected(policy, "issuers", [agency.name for agency in found]):
        return
    wanted = {agency.pk: position for position, agency in enumerate(found, start=1)}
    there = {issuer.agency_id: issuer.position for issuer in Issuer.objects.filter(policy=policy)}
    if there == wanted:
        return
    Issuer.objects.filter(policy=policy).delete()
    Issuer.objects.bulk_create(Issuer(policy=policy, agency_id=pk, position=at) for pk, at in wanted.items())


def link_successions(agencies: Iterable[Agency], gazetteer: Gazetteer) -> None:
    """Link local agencies with those before and after them, as far as both are in the base."""
    codes = {agency.region_id for agency in agencies if agency.region_id}
    regions = [region for code in codes if (region := gazetteer.regions.get(code))]
    known = [row for region in regions for row in gazetteer.agencies.local_successions(region)]
    rows = agencies_called(name for row in known for name in (row.predecessor, row.successor))
    Succession.objects.bulk_create(
        (
            Succession(predecessor=rows[row.predecessor], successor=rows[row.successor], date=row.date, note=row.note)
            for row in known
            if row.predecessor in rows and row.successor in rows and rows[row.predecessor] != rows[row.successor]
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def forget_agencies(ids: Iterable[int]) -> None:
    """Delete those of these agencies that nobody decided anything of and nothing speaks of any more."""
    unknown = Agency.objects.filter(pk__in=list(ids), known=False, issued=None, responsibilities=None)
    undecided = unknown.filter(merged_into=None, merged=None, denied_names=[], successions=None, origins=None)
    undecided.exclude(names__added=True).delete()


def _named(records: Iterable[PolicyRecord], gazetteer: Gazetteer, warnings: list[WarningRecord]) -> dict[str, _Named]:
    limit = longest(Agency, "name")
    named: dict[str, _Named] = {}
    for record in records:
        for name in record.issuers:
            if _is_name(name, limit, record.start_line, record.order, warnings):
                named.setdefault(name, _Named()).known |= gazetteer.agencies.resolve(name, None).known
        for responsibility in record.responsibilities:
            for mention in responsibility.agencies:
                if not _is_name(mention.canonical, limit, responsibility.line, record.order, warnings):
                    continue
                about = named.setdefault(mention.canonical, _Named())
                about.known |= mention.known
                about.group |= mention.group
                if mention.name and mention.name != mention.canonical and len(mention.name) <= limit:
                    about.printed.add(mention.name)
    return named


def _is_name(name: str, limit: int, line: int, order: int, warnings: list[WarningRecord]) -> bool:
    if name.strip() and len(name) <= limit:
        return True
    what = f"部门名称有 {len(name)} 字，超过 {limit} 字" if name.strip() else "部门名称是空的"
    warnings.append(WarningRecord("agency-name", line, f"{what}，没有入库。", order))
    return False


def _agency(name: str, about: _Named, gazetteer: Gazetteer, codes: set[str]) -> Agency:
    meaning = gazetteer.agencies.resolve(name, None)
    code, level = meaning.region_code, meaning.level
    region = None if code or level else gazetteer.regions.leading(name.removeprefix(PARTY))
    if region:
        code, level = region.code, region.level
    return Agency(
        name=name,
        region_id=code if code in codes else None,
        level=level,
        is_group=about.group,
        known=about.known,
    )
