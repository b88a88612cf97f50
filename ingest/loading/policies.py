"""Policies: found again or made, with their slugs, topics and lines of the contents list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ingest.loading.insert import BATCH, insert, longest
from ingest.loading.slugs import make_slug, short_title
from ingest.records import IssueRecord, PolicyRecord, WarningRecord
from policies.models import ContentsEntry, Issue, Policy, Region, Source, State, Topic

FIRST_YEAR, LAST_YEAR = 1949, 2199
LAST_PAGE = 9999
NATIONAL_SLUG = "国家"


def pair(records: Sequence[PolicyRecord], old: Iterable[Policy], source: Source) -> dict[int, Policy]:
    """Which row each record is of, by the record's order.

    A row is found again by its document number, else by its title, else, when the bytes are the
    same, by the line that it starts on: parsing may have learnt to read a title better.  What two
    rows or two records share tells neither.
    """
    keys: tuple[Callable[[Any], Any], ...] = (
        lambda it: it.doc_number,
        lambda it: "".join(it.title.split()),
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
    warnings: list[WarningRecord],
) -> list[Policy]:
    """A saved row for each record, in their order.

    A new policy has its issue's state.  Facts that no column may hold become null, with a warning.
    """
    regions = {region.code: region for region in Region.objects.all()}
    taken = set(Policy.objects.values_list("slug", flat=True))
    rows = []
    for record in records:
        policy = pairs.get(record.order) or Policy(state=issue.state if issue else State.DRAFT)
        for name, value in _facts(record, regions, warnings).items():
            setattr(policy, name, value)
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
    through._default_manager.filter(policy__in=[policy for policy, _ in pairs]).delete()
    warnings += [
        WarningRecord("topic-unknown", record.start_line, f"库中没有主题 {slug}。", record.order)
        for _, record in pairs
        for slug in record.topics
        if slug not in known
    ]
    through._default_manager.bulk_create(
        (
            through(policy_id=policy.pk, topic_id=slug)
            for policy, record in pairs
            for slug in dict.fromkeys(record.topics)
            if slug in known
        ),
        batch_size=BATCH,
    )


def store_contents(
    issue: Issue, record: IssueRecord, policies: Sequence[Policy], warnings: list[WarningRecord]
) -> None:
    """Make the issue's contents list what the record says; entry n announces the policy of order n."""
    by_order = {policy.order: policy for policy in policies}

    def refuse(row: ContentsEntry, reason: str) -> None:
        message = f"要目第 {row.position} 条“{row.title[:40]}”不符合数据库的约束（{reason}），没有入库。"
        warnings.append(WarningRecord("row-refused", 1, message, row.position))

    ContentsEntry.objects.filter(issue=issue).delete()
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
    insert(entries, refuse)


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
