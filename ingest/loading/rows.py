"""Rows as records tell them: targets, responsibilities, obligations and the rest, not stored yet."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model

from ingest.loading.insert import longest
from ingest.loading.places import Places
from ingest.loading.reconciling import Found
from ingest.records import Extracted, Number, PolicyRecord
from policies.models import (
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

PLACES = 6  # digits after the point in the columns of numbers
LARGEST = 18  # digits before it


@dataclass(frozen=True, slots=True)
class Document:
    """A policy's row, its record, where its lines lie, and the names of the agencies that have rows."""

    policy: Policy
    record: PolicyRecord
    places: Places
    agencies: Collection[str]

    def common(self, record: Extracted) -> dict[str, Any]:
        """The columns that every extracted row has."""
        return {
            "policy": self.policy,
            "provision": self.places.at(record.path, record.line, record.quote),
            "line": record.line,
            "quote": record.quote,
            "rule": record.rule[: longest(Target, "rule")],
            "confidence": record.confidence,
        }


def _targets(document: Document) -> Iterator[Found]:
    for record in document.record.targets:
        yield Found(
            Target(
                **document.common(record),
                indicator=record.indicator,
                op=record.op,
                value=_decimal(record.value),  # type: ignore[misc]  # the database refuses none
                value_max=_decimal(record.value_max),
                unit=record.unit,
                year=record.year,
                year_from=record.year_from,
            )
        )


def _obligations(document: Document) -> Iterator[Found]:
    for record in document.record.obligations:
        yield Found(Obligation(**document.common(record), subject=record.subject, modality=record.modality))


def _references(document: Document) -> Iterator[Found]:
    for record in document.record.references:
        yield Found(
            Reference(**document.common(record), title=record.title or "", cited_provision=record.provision or "")
        )


def _observations(document: Document) -> Iterator[Found]:
    for record in document.record.observations:
        yield Found(
            Observation(
                **document.common(record),
                indicator=record.indicator,
                when=record.when or "",
                value=_decimal(record.value),
                unit=record.unit or "",
                yoy=_decimal(record.yoy),
                yoy_unit=record.yoy_unit or "",
            )
        )


def _tables(document: Document) -> Iterator[Found]:
    for record in document.record.tables:
        yield Found(
            Table(
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
        )


def _figures(document: Document) -> Iterator[Found]:
    for record in document.record.figures:
        yield Found(
            Figure(
                policy=document.policy,
                provision=document.places.around(record.line),
                line=record.line,
                number=record.number or "",
                title=record.title,
            )
        )


def _responsibilities(document: Document) -> Iterator[Found]:
    """An agency that is printed under two names in one responsibility is in it once, but for another role."""
    limit = longest(ResponsibleAgency, "name")
    for record in document.record.responsibilities:
        mentions: dict[tuple[str, str], tuple[int, str, str, str]] = {}
        for position, mention in enumerate(record.agencies, start=1):
            if mention.canonical in document.agencies:
                said = (position, mention.canonical, mention.name[:limit], mention.role)
                mentions.setdefault((mention.canonical, mention.role), said)
        yield Found(Responsibility(**document.common(record)), tuple(mentions.values()))


def _decimal(value: Number | None) -> Decimal | None:
    """A number as its column holds it; what is no number is none, what is too large stays to be refused."""
    if value is None:
        return None
    number = Decimal(str(value))
    if not number.is_finite():
        return None
    return number if number.adjusted() >= LARGEST else round(number, PLACES)


# What makes the rows of each model.
MAKERS: dict[type[Model], Callable[[Document], Iterator[Found]]] = {
    Target: _targets,
    Obligation: _obligations,
    Reference: _references,
    Observation: _observations,
    Table: _tables,
    Figure: _figures,
    Responsibility: _responsibilities,
}
