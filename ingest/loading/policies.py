"""Policies: found again or made, with their slugs, topics and lines of the contents list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model

from ingest.loading.decisions import Decisions, as_stored, is_decided, keep_corrected
from ingest.loading.insert import BATCH, insert, longest
from ingest.loading.slugs import make_slug, short_title
from ingest.records import IssueRecord, PolicyRecord, WarningRecord
from policies.models import ContentsEntry, Issue, Policy, Region, Source, State, Topic

FIRST_YEAR, LAST_YEAR = 1949, 2199
LAST_PAGE = 9999
PERIOD = {"period_start", "period_end"}  # corrected together: either may contradict the other's old value
NATIONAL_SLUG = "国家"


def pair(records: Sequence[PolicyRecord], old: Iterable[Policy], source: Source) -> dict[int, Policy]:
    """Which row each record is of, by the record's order.

    A row is found again by its document number, else by its title, both as the machine read them, else, when
    the bytes are the same, by the line that it starts on: parsing may have learnt to read a title
    better.  What two rows or two records share tells neither.
    """
    keys: tuple[Callable[[Any], Any], ...] = (
        lambda it: _read(it, "doc_number"),
        lambda it: "".join(_read(it, "title").split()),
        lambda it: it.start_line if isinstance(it, PolicyRecord) or it.source_id == source.pk else None,
    )
    left, pairs = list(old), dict[int, Policy]()
    for key in keys:
        waiting = _by(key, [record for record in records if record.order not in pairs])
        for value, policy in _by(key, left).items():
            if value in waiting:
                pairs[waiting[value].order] = policy
                left.remove(policy)
    return pairs


def _read(it: PolicyRecord | Policy, name: str) -> Any:
    """A fact as the machine reads it, or read it before an editor corrected it."""
    original = getattr(it, "original", None) or {}
    return original.get(name, getattr(it, name))


def _by(key: Callable[[Any], Any], items: Iterable[Any]) -> dict[Any, Any]:
    """The items by their keys, those without one and those that share one left out."""
    found: dict[Any, Any] = {}
    for item in items:
        value = key(item)
        if value:
            found[value] = None if value in found else item
    return {value: item for value, item in found.items() if item is not None}


def store_policies(
    records: Sequence[PolicyRecord],
    pairs: Mapping[int, Policy],
    issue: Issue | None,
    source: Source,
    decisions: Decisions,
    warnings: list[WarningRecord],
) -> list[Policy]:
    """A saved row for each record, in their order.

    A new policy has its issue's state.  Facts that no column may hold become null, with a warning.  What an
    editor corrected stays, and what the machine reads there now is kept with it.
    """
    regions = Region.objects.in_bulk({record.region_code for record in records if record.region_code})
    taken = set(Policy.objects.values_list("slug", flat=True))
    rows = []
    for record in records:
        policy = pairs.get(record.order) or Policy(state=issue.state if issue else State.DRAFT)
        original = policy.original or {}
        corrected = {name for name in original if name not in PERIOD} | (PERIOD if PERIOD & original.keys() else set())
        for name, value in _facts(record, regions, warnings).items():
            if name not in corrected:
                setattr(policy, name, value)
            if name in original:
                original[name] = as_stored(value.pk if isinstance(value, Model) else value)
        decisions.kept += is_decided(policy)
        policy.issue, policy.source = issue, source
        if not policy.slug:
            policy.slug = _slug(policy, taken)
            taken.add(policy.slug)
        policy.save()
        rows.append(policy)
    return rows


def store_topics(pairs: Iterable[tuple[Policy, PolicyRecord]], warnings: list[WarningRecord]) -> None:
    """Make the policies' topics what the records say."""
    pairs = list(pairs)
    known = set(Topic.objects.values_list("slug", flat=True))
    through = Policy.topics.through
    there = set(
        through._default_manager.filter(policy__in=[policy for policy, _ in pairs]).values_list("policy_id", "topic_id")
    )
    warnings += [
        WarningRecord("topic-unknown", record.start_line, f"库中没有主题 {slug}。", record.order)
        for _, record in pairs
        for slug in record.topics
        if slug not in known
    ]
    wanted = set[tuple[int, str]]()
    for policy, record in pairs:
        found = [slug for slug in dict.fromkeys(record.topics) if slug in known]
        if keep_corrected(policy, "topics", sorted(found)):
            wanted |= {(pk, slug) for pk, slug in there if pk == policy.pk}
        else:
            wanted |= {(policy.pk, slug) for slug in found}
    for pk, slug in there - wanted:
        through._default_manager.filter(policy=pk, topic=slug).delete()
    through._default_manager.bulk_create(
        (through(policy_id=pk, topic_id=slug) for pk, slug in sorted(wanted - there)), batch_size=BATCH
    )


def store_contents(
    issue: Issue, record: IssueRecord, policies: Sequence[Policy], warnings: list[WarningRecord]
) -> None:
    """Make the issue's contents list what the record says; entry n announces the policy of order n."""
    by_order = {policy.order: policy for policy in policies}

    def refuse(row: ContentsEntry, reason: str) -> None:
        message = f"要目第 {row.position} 条“{row.title[:40]}”不符合数据库的约束（{reason}），没有入库。"
        warnings.append(WarningRecord("row-refused", 1, message, row.position))

    entries = [
        ContentsEntry(
            issue=issue,
            position=position,
            column=entry.column[: longest(ContentsEntry, "column")],
            page=entry.page,
            title=entry.title[: longest(ContentsEntry, "title")],
            policy=by_order.get(position),
        )
        for position, entry in enumerate(record.contents, start=1)
    ]
    there = {entry.position: entry for entry in ContentsEntry.objects.filter(issue=issue)}
    fresh = [entry for entry in entries if not _same_entry(entry, there.get(entry.position))]
    kept = {entry.position for entry in entries} - {entry.position for entry in fresh}
    ContentsEntry.objects.filter(issue=issue).exclude(position__in=kept).delete()
    insert(fresh, refuse)


def _same_entry(one: ContentsEntry, other: ContentsEntry | None) -> bool:
    columns = ("column", "page", "title", "policy_id")
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in columns)


def _facts(record: PolicyRecord, regions: Mapping[str, Region], warnings: list[WarningRecord]) -> dict[str, Any]:
    """The columns of a policy's row."""

    def doubt(code: str, message: str) -> None:
        warnings.append(WarningRecord(code, record.start_line, message, record.order))

    def text(name: str, value: str | None) -> str:
        value, limit = value or "", longest(Policy, name)
        if len(value) > limit:
            doubt("text-cut", f"{_label(name)}有 {len(value)} 字，只保留前 {limit} 字。")
        return value[:limit]

    def day(name: str, value: date | None) -> date | None:
        if value is None or FIRST_YEAR <= value.year <= LAST_YEAR:
            return value
        doubt("date-implausible", f"{_label(name)} {value} 不可信，没有采用。")
        return None

    if record.region_code and record.region_code not in regions:
        doubt("region-unknown", f"库中没有代码为 {record.region_code} 的地区（{record.region}）。")
    start, end = record.period or (None, None)
    if start and end and not FIRST_YEAR <= start <= end <= LAST_YEAR:
        doubt("period-implausible", f"规划期 {start}—{end} 不可信，没有采用。")
        start = end = None
    return {
        "order": record.order,
        "column": text("column", record.column),
        "page": record.page if record.page and record.page <= LAST_PAGE else None,
        "title": text("title", record.title),
        "kind": record.kind,
        "level": record.level,
        "region": regions.get(record.region_code or ""),
        "doc_number": text("doc_number", record.doc_number),
        "status": record.status,
        "adopted_on": day("adopted_on", record.adopted_on),
        "issued_on": day("issued_on", record.issued_on),
        "effective_on": day("effective_on", record.effective_on),
        "period_start": start,
        "period_end": end,
        "source_name": text("source_name", record.source),
        "editor_note": record.editor_note or "",
        "start_line": record.start_line,
        "end_line": record.end_line,
    }


def _slug(policy: Policy, taken: set[str]) -> str:
    if policy.region:
        name = policy.region.short_name
        title = short_title(policy.title, without=(policy.region.name, name))
    else:
        name = NATIONAL_SLUG if policy.level == Policy.Level.NATIONAL else ""
        title = short_title(policy.title, without=("中华人民共和国",))
    return make_slug(name, policy.year, title, taken)


def _label(name: str) -> str:
    """What people call a column of Policy."""
    return str(getattr(Policy._meta.get_field(name), "verbose_name", name))
