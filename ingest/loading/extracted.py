"""What was extracted from the policies' texts: targets, responsibilities, obligations and the rest, replaced whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from ingest.loading.insert import insert, longest
from ingest.loading.provisions import Places
from ingest.records import Extracted, Number, PolicyRecord, ResponsibilityRecord, WarningRecord
from policies.models import (
    Agency,
    Figure,
    Obligation,
    Observation,
    Policy,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Table,
    Target,
)

Row = TypeVar("Row", bound=Model)
PLACES = 6  # digits after the point in the columns of numbers
LARGEST = 18  # digits before it
# Children before their parents, so that each goes in one statement.
REPLACED: tuple[tuple[type[Model], str], ...] = (
    (ResponsibleAgency, "responsibility__policy"),
    *((model, "policy") for model in (Responsibility, Target, Obligation, Reference, Observation, Table, Figure)),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A policy's row, its record, and where its lines lie."""

    policy: Policy
    record: PolicyRecord
    places: Places

    def common(self, record: Extracted) -> dict[str, Any]:
        """The columns that every extracted row has."""
        return {
            "policy": self.policy,
            "provision": self.places.at(record.path, record.line),
            "line": record.line,
            "quote": record.quote,
            "rule": record.rule[: longest(Target, "rule")],
            "confidence": record.confidence,
        }


def clear_extracted(policy_ids: Sequence[int]) -> None:
    """Delete what earlier loads extracted from these policies."""
    for model, path in REPLACED:
        model._default_manager.filter(**{f"{path}__in": policy_ids}).delete()


def store_extracted(documents: Sequence[Document], agencies: dict[str, Agency], warnings: list[WarningRecord]) -> None:
    """Write all extracted rows of these policies.

    A record that no row may hold (a target without an indicator, a number beyond its column) is left out
    with a warning that names its line: one bad row must not cost the whole issue.
    """
    orders = {document.policy.pk: document.record.order for document in documents}

    def store(rows: Iterable[Row]) -> None:
        insert(list(rows), refuse)

    def refuse(row: Any, reason: str) -> None:
        words = getattr(row, "quote", None) or getattr(row, "title", None) or row.name
        place = row.responsibility if isinstance(row, ResponsibleAgency) else row
        message = f"{row._meta.verbose_name}“{words[:40]}”不符合数据库的约束（{reason}），没有入库。"
        warnings.append(WarningRecord("row-refused", place.line, message, orders[place.policy_id]))

    for make in (_targets, _obligations, _references, _observations, _tables, _figures):
        store(row for document in documents for row in make(document))
    _store_responsibilities(documents, agencies, store)


def _store_responsibilities(
    documents: Sequence[Document], agencies: dict[str, Agency], store: Callable[[Iterable[Any]], None]
) -> None:
    pairs: list[tuple[Responsibility, ResponsibilityRecord]] = [
        (Responsibility(**document.common(record)), record)
        for document in documents
        for record in document.record.responsibilities
    ]
    store(row for row, _ in pairs)
    limit = longest(ResponsibleAgency, "name")
    store(
        ResponsibleAgency(
            responsibility=row,
            agency=agencies[mention.canonical],
            position=position,
            name=mention.name[:limit],
            role=mention.role,
        )
        for row, record in pairs
        if row.pk
        for position, mention in enumerate(record.agencies, start=1)
        if mention.canonical in agencies
    )


def _targets(document: Document) -> Iterator[Target]:
    for record in document.record.targets:
        yield Target(
            **document.common(record),
            indicator=record.indicator,
            op=record.op,
            value=_decimal(record.value),  # type: ignore[misc]  # the database refuses none
            value_max=_decimal(record.value_max),
            unit=record.unit,
            year=record.year,
            year_from=record.year_from,
        )


def _obligations(document: Document) -> Iterator[Obligation]:
    for record in document.record.obligations:
        yield Obligation(**document.common(record), subject=record.subject, modality=record.modality)


def _references(document: Document) -> Iterator[Reference]:
    for record in document.record.references:
        yield Reference(**document.common(record), title=record.title or "", cited_provision=record.provision or "")


def _observations(document: Document) -> Iterator[Observation]:
    for record in document.record.observations:
        yield Observation(
            **document.common(record),
            indicator=record.indicator,
            when=record.when or "",
            value=_decimal(record.value),
            unit=record.unit or "",
            yoy=_decimal(record.yoy),
            yoy_unit=record.yoy_unit or "",
        )


def _tables(document: Document) -> Iterator[Table]:
    for record in document.record.tables:
        yield Table(
            policy=document.policy,
            provision=document.places.around(record.line),
            line=record.line,
            end_line=record.end_line,
            number=record.number or "",
            title=record.title or "",
            unit=record.unit or "",
            header=record.header,
            rows=record.rows,
        )


def _figures(document: Document) -> Iterator[Figure]:
    for record in document.record.figures:
        yield Figure(
            policy=document.policy,
            provision=document.places.around(record.line),
            line=record.line,
            number=record.number or "",
            title=record.title,
        )


def _decimal(value: Number | None) -> Decimal | None:
    """A number as its column holds it; what is no number is none, what is too large stays to be refused."""
    if value is None:
        return None
    number = Decimal(str(value))
    if not number.is_finite():
        return None
    return number if number.adjusted() >= LARGEST else round(number, PLACES)
