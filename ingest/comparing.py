"""What a new version of an issue would change: its records beside those in the base."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.loading import LoadReport
from ingest.pipeline import ingest
from policies.differences import excerpts, shortened
from policies.lines import squeezed
from policies.measures import plain
from policies.models import (
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Review,
    Source,
    State,
    Target,
)
from policies.models.extracted import ExtractedRow
from policies.templatetags.reading import years

SHOWN = 30  # differences of one kind in one policy that are kept; of the others only the number
FACTS, CLAUSES = "基本信息", "条款"


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is compared: its clause, the words it was read from, its name among those, what it says."""

    where: str
    quote: str
    name: str
    text: str


Kinds = dict[str, list[Row]]


def differences(content: bytes, filename: str) -> dict[str, Any]:
    """What loading this file in place of what is there would change.

    The load is tried and rolled back.  Returns {"policies": [{"title", "change": "added", "removed" or "changed",
    "kinds": [{"kind", "added", "removed", "changed": numbers, "rows": [{"change", "where", "before", "after"}],
    "more": number of rows left out}]}], "unchanged": number of policies without a difference, "rewritten": whether
    the text differs, be it outside all records, "replaces": ids of the policies in the base that it stands for,
    "sources": sha256 of the files that those came from}; the policies in the order of the new file, those that it no
    longer holds last.  `kind` is a Chinese name; `before` and `after` are short texts.

    Raises IngestError where the file cannot be loaded.
    """
    return compared(lambda look: ingest(content, filename, replace=True, dry_run=True, on_loaded=look))


def compared(attempt: Callable[[Callable[[LoadReport], None]], object]) -> dict[str, Any]:
    """As `differences`, of what `attempt` loads and rolls back; it calls what it is given in that transaction."""
    there = dict(Policy.objects.values_list("pk", "source__sha256"))
    new: dict[int, tuple[str, Kinds]] = {}
    gone: set[int] = set()
    texts: set[str] = set()

    def look(report: LoadReport) -> None:
        texts.update(_texts([policy.pk for policy in report.policies]))
        new.update(_records([policy.pk for policy in report.policies]))
        gone.update(there.keys() - set(Policy.objects.values_list("pk", flat=True)))

    attempt(look)
    old = _records([*(pk for pk in new if pk in there), *gone])
    found = [_compared(old.get(pk), new.get(pk)) for pk in [*new, *(pk for pk in old if pk not in new)]]
    return {
        "policies": [one for one in found if one["kinds"]],
        "unchanged": sum(not one["kinds"] for one in found),
        "rewritten": texts != _texts(old),
        "replaces": sorted(old),
        "sources": sorted({there[pk] for pk in old}),
    }


def are_same(found: dict[str, Any] | None, seen: dict[str, Any] | None) -> bool:
    """Whether there are differences, and an editor who saw `seen` saw those that were `found`, from the same files."""
    if found is None or seen is None:
        return False
    keys = ("policies", "unchanged", "sources")
    return all(found[key] == seen[key] for key in keys if key in seen)  # version 0.1 kept no sources


def is_seen_by_readers(changes: dict[str, Any] | None) -> bool | None:
    """Whether any of what the version would replace is published now; None where nothing, or version 0.1, compared."""
    ids = changes and changes.get("replaces")
    return None if ids is None else Policy.objects.filter(pk__in=ids, state=State.PUBLISHED).exists()


def _texts(policy_ids: Iterable[int]) -> set[str]:
    """The texts that these policies come from, but for white space."""
    found = Source.objects.filter(policies__in=list(policy_ids)).distinct()
    return {squeezed(text) for text in found.values_list("text", flat=True)}


def _compared(old: tuple[str, Kinds] | None, new: tuple[str, Kinds] | None) -> dict[str, Any]:
    """The differences of one policy; of one that comes or goes only how many records it has."""
    if old and new:
        kinds = [_kind(kind, old[1].get(kind, []), new[1].get(kind, [])) for kind in dict.fromkeys([*old[1], *new[1]])]
        return {"title": new[0], "change": "changed", "kinds": [kind for kind in kinds if kind]}
    title, records = new or old or ("", {})
    change = "added" if new else "removed"
    none = {"added": 0, "removed": 0, "changed": 0, "rows": [], "more": 0}
    counted = [{**none, "kind": kind, change: len(rows)} for kind, rows in records.items() if kind != FACTS]
    return {"title": title, "change": change, "kinds": counted}


def _kind(kind: str, old: Sequence[Row], new: Sequence[Row]) -> dict[str, Any] | None:
    """The differences of one kind of records, if there are any.

    Rows that are equal on both sides are no difference, nor are those that only follow their clause to another
    place; what is left on both sides of the same place and words, or of the same place and name, was changed.
    """
    removed, added, changed = list(old), list(new), list[tuple[Row, Row]]()
    for key in KEYS:
        waiting = defaultdict(list)
        for row in added:
            waiting[key(row)].append(row)
        pairs = [(row, waiting[key(row)].pop(0)) for row in removed if waiting[key(row)]]
        removed, added = _without(removed, [row for row, _ in pairs]), _without(added, [row for _, row in pairs])
        changed += pairs
    shown = [change for one, other in changed if (change := _change(kind, one, other))]
    rows = [
        *shown,
        *({"change": "added", "where": row.where, "before": "", "after": shortened(row.text)} for row in added),
        *({"change": "removed", "where": row.where, "before": shortened(row.text), "after": ""} for row in removed),
    ]
    if not rows:
        return None
    counts = {"added": len(added), "removed": len(removed), "changed": len(shown)}
    return {"kind": kind, **counts, "rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0)}


KEYS: tuple[Callable[[Row], Any], ...] = (
    lambda row: row,
    lambda row: (row.quote, row.text),
    lambda row: (row.where, row.quote),
    lambda row: (row.where, row.name),
)


def _without(rows: Iterable[Row], taken: Iterable[Row]) -> list[Row]:
    left = Counter(taken)
    kept = []
    for row in rows:
        if left[row]:
            left[row] -= 1
        else:
            kept.append(row)
    return kept


def _change(kind: str, old: Row, new: Row) -> dict[str, str] | None:
    if old.text != new.text:
        before, after = excerpts(old.text, new.text)
        return {"change": "changed", "where": new.where, "before": before, "after": after}
    if kind == CLAUSES and old.where != new.where:
        return {"change": "changed", "where": new.where, "before": old.where, "after": new.where}
    return None


def _records(policy_ids: Iterable[int]) -> dict[int, tuple[str, Kinds]]:
    """The title and the records of these policies, by their ids and kinds, in the order of the text."""
    ids = list(policy_ids)
    policies = Policy.objects.filter(pk__in=ids).select_related("region").prefetch_related("issuers__agency")
    found = {policy.pk: (policy.title, {FACTS: _facts(policy)}) for policy in policies}
    for provision in Provision.objects.clauses().filter(policy__in=ids):
        row = Row(provision.path or provision.get_type_display(), "", "", provision.words())
        found[provision.policy_id][1].setdefault(CLAUSES, []).append(row)
    for model, say in SAID.items():
        rows = model._default_manager.filter(policy__in=ids).exclude(review=Review.REJECTED)
        agencies = ["agencies__agency"] if model is Responsibility else []
        for record in rows.select_related("provision").prefetch_related(*agencies):
            where = record.provision.path if record.provision else ""
            name, text = say(record)
            kinds = found[record.policy_id][1]
            kinds.setdefault(str(model._meta.verbose_name), []).append(Row(where, record.quote, name, text))
    return {pk: found[pk] for pk in ids if pk in found}


def _facts(policy: Policy) -> list[Row]:
    """What stands at the head of a policy's page, as rows whose place is the name of the fact."""
    facts = {name: getattr(policy, column) for name, column in COLUMNS.items()}
    facts |= {
        "类型": policy.get_kind_display(),
        "层级": policy.get_level_display(),
        "效力": policy.get_status_display(),
        "发布机关": "、".join(str(issuer) for issuer in policy.issuers.all()),
    }
    return [Row(name, "", name, str(value)) for name, value in facts.items() if value]


COLUMNS = {
    "标题": "title", "文号": "doc_number", "地区": "region", "通过日期": "adopted_on", "发布日期": "issued_on",
    "施行日期": "effective_on", "规划期起": "period_start", "规划期止": "period_end", "来源": "source_name",
    "栏目": "column", "页码": "page", "编者按": "editor_note",
}  # fmt: skip


def _target(row: Target) -> tuple[str, str]:
    return row.indicator, f"{row} {years(row)}".strip()


def _responsibility(row: Responsibility) -> tuple[str, str]:
    return "", "、".join(map(_mention, row.agencies.all()))


def _mention(part: ResponsibleAgency) -> str:
    """省数据局＝青川省数据局（牵头）: as printed, and which agency that is."""
    meant = "" if part.agency.name == part.name else f"＝{part.agency}"
    return f"{part.name}{meant}（{part.get_role_display()}）"


def _obligation(row: Obligation) -> tuple[str, str]:
    return row.subject, f"{row}：{row.quote}"


def _reference(row: Reference) -> tuple[str, str]:
    return row.title, str(row)


def _observation(row: Observation) -> tuple[str, str]:
    value = "" if row.value is None else f" {plain(row.value)}{row.unit}"
    change = "" if row.yoy is None else f"，变化 {plain(row.yoy)}{row.yoy_unit}"
    return row.indicator, f"{row.indicator} {row.when}{value}{change}"


SAID: dict[type[ExtractedRow], Callable[[Any], tuple[str, str]]] = {
    Target: _target,
    Responsibility: _responsibility,
    Obligation: _obligation,
    Reference: _reference,
    Observation: _observation,
}
