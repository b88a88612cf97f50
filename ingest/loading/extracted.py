"""What was extracted from the policies' texts: rows found again, made, or let go, and decisions carried along."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from ingest.loading.decisions import Decisions, as_stored, is_decided
from ingest.loading.insert import BATCH, insert
from ingest.loading.reconciling import Found, Stored, reconcile
from ingest.loading.rows import MAKERS, Document
from ingest.records import WarningRecord
from policies.models import Agency, Policy, Responsibility, ResponsibleAgency
from policies.models.derived import Derived

FOLLOWED = {"provision", "line", "end_line"}  # by every row that is found again
GRADED = {"rule", "confidence"}  # by those of the machine
Old = dict[type[Model], defaultdict[int, list[Stored]]]  # by model and policy
Refuse = Callable[[Any, str], None]


def stored_rows(policies: Iterable[Policy]) -> Old:
    """The rows of these policies by line, locked: what an editor does to them meanwhile waits for the load."""
    starts = {policy.pk: policy.start_line for policy in policies}
    old: Old = {model: defaultdict(list) for model in MAKERS}
    for model in MAKERS if starts else ():
        rows: QuerySet[Any] = model._default_manager.filter(policy__in=starts).select_related("provision")
        rows = rows.defer("provision__heading", "provision__text", "provision__tail").order_by("line", "id")
        if model is Responsibility:
            rows = rows.prefetch_related("agencies__agency")
        for row in rows.select_for_update(of=("self",)):
            clause = row.provision
            start = clause.start_line if clause else starts[row.policy_id]
            old[model][row.policy_id].append(Stored(row, clause.eid if clause else "", row.line - start))
    return old


def store_extracted(
    documents: Sequence[Document],
    old: Old,
    lines: Sequence[str],
    agencies: dict[str, Agency],
    decisions: Decisions,
    warnings: list[WarningRecord],
) -> None:
    """Make the extracted rows of these policies what the records say, apart from what editors decided.

    `lines` are those of the file.  A row that is found again keeps its id, and is written only if something
    of it changed.  A record that no row may hold (a target without an indicator, a number beyond its column)
    is left out with a warning that names its line: one bad row must not cost the whole issue.
    """
    orders = {document.policy.pk: document.record.order for document in documents}

    def refuse(row: Any, reason: str) -> None:
        words = getattr(row, "quote", None) or getattr(row, "title", None) or row.name
        place = row.responsibility if isinstance(row, ResponsibleAgency) else row
        message = f"{row._meta.verbose_name}“{words[:40]}”不符合数据库的约束（{reason}），没有入库。"
        warnings.append(WarningRecord("row-refused", place.line, message, orders[place.policy_id]))

    for model, make in MAKERS.items():
        fresh, changed, gone = list[Found](), list[Any](), list[int]()
        for document in documents:
            place = _Placing(document, lines)
            found = reconcile(old[model][document.policy.pk], list(make(document)), place.line_of)
            fresh += found.fresh
            changed += [stored.row for stored, again in found.pairs if _follow(stored.row, again)]
            decisions.kept += sum(is_decided(stored.row) for stored, _ in found.pairs)
            for stored in found.gone:
                line = place.line_of(stored) if is_decided(stored.row) else None
                if line:
                    decisions.kept += 1
                    changed += [stored.row] if place.put(stored, line) else []
                    continue
                gone.append(stored.row.pk)
                if is_decided(stored.row):
                    clause = document.places.of(stored.eid) or document.policy
                    decisions.lose(stored.row, document.policy, clause.start_line)
        _write(model, changed, gone)
        insert([found.row for found in fresh], refuse)
        insert(_parts(fresh, agencies), refuse)


class _Placing:
    """Where decided rows of a policy stand in its new text, by their quotes."""

    def __init__(self, document: Document, lines: Sequence[str]):
        self._policy, self._places, self._lines = document.policy, document.places, lines

    def line_of(self, stored: Stored) -> int | None:
        """The line that has the row's quote: in its clause, or else the only one of the policy."""
        clause = self._places.of(stored.eid)
        around = clause or self._policy
        found = self._lines_with(stored.row.quote, around.start_line, around.end_line)
        if found and (clause or not stored.eid):
            return min(found, key=lambda line: abs(line - around.start_line - stored.offset))
        found = self._lines_with(stored.row.quote, self._policy.start_line, self._policy.end_line)
        return found[0] if len(found) == 1 else None

    def put(self, stored: Stored, line: int) -> bool:
        """Let a row stand on this line, in its clause if that is still around it; whether that changed it."""
        clause = self._places.of(stored.eid)
        if clause is None or not clause.start_line <= line <= clause.end_line:
            clause = self._places.at(None, line, stored.row.quote) if stored.eid else None
        return _set(stored.row, {"line": line, "provision": clause})

    def _lines_with(self, quote: str, start: int, end: int) -> list[int]:
        return [line for line, words in enumerate(self._lines[start - 1 : end], start) if quote in words]


def _follow(row: Any, found: Found) -> bool:
    """Let a stored row stand where it was found again; whether that changed it.

    Of an editor's correction only what the machine reads there is taken over.
    """
    columns = {column.name for column in row._meta.concrete_fields}
    names = columns & (FOLLOWED if is_decided(row) else FOLLOWED | GRADED)
    values = {name: getattr(found.row, name) for name in names}
    if is_decided(row) and row.original is not None:
        values["original"] = {name: _read(name, printed, found) for name, printed in row.original.items()}
    return _set(row, values)


def _read(name: str, before: Any, found: Found) -> Any:
    """What the machine reads for a column that an editor corrected."""
    if name == "agencies":
        return as_stored(found.agencies)
    return before if name in FOLLOWED else as_stored(getattr(found.row, name))


def _set(row: Any, values: dict[str, Any]) -> bool:
    """Set columns of a row, and those that follow from others; whether any of them changed."""
    derived = [column for column in row._meta.concrete_fields if isinstance(column, Derived)]
    names = [row._meta.get_field(name).attname for name in values] + [column.attname for column in derived]
    before = [getattr(row, name) for name in names]
    for name, value in values.items():
        setattr(row, name, value)
    for column in derived:
        column.pre_save(row, False)
    return before != [getattr(row, name) for name in names]


def _write(model: type[Model], changed: Sequence[Any], gone: Sequence[int]) -> None:
    columns = {column.name for column in model._meta.concrete_fields}
    derived = {column.name for column in model._meta.concrete_fields if isinstance(column, Derived)}
    model._default_manager.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=sorted((columns & (FOLLOWED | GRADED | {"original"})) | derived),
    )
    if gone:
        model._default_manager.filter(pk__in=gone).delete()


def _parts(fresh: Iterable[Found], agencies: dict[str, Agency]) -> list[ResponsibleAgency]:
    """The agencies of new responsibilities, of those that the database took."""
    return [
        ResponsibleAgency(responsibility=found.row, agency=agencies[agency], position=position, name=name, role=role)
        for found in fresh
        if found.row.pk
        for position, agency, name, role in found.agencies
    ]
