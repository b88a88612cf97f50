"""The gazetteer on its way into the database, and out of it to the parser."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.gazetteer import Topic as KnownTopic
from policies.models import Agency, AgencyName, Region, Succession, Topic


def gazetteer() -> Gazetteer:
    """What an ingest knows beforehand: topics as the database has them, the rest from `fixtures/`."""
    fixed = Gazetteer.from_fixtures()
    topics = tuple(KnownTopic(t.slug, t.name, tuple(t.terms)) for t in Topic.objects.order_by("slug"))
    return Gazetteer(fixed.regions, fixed.agencies, topics)


def load_gazetteer() -> dict[str, int]:
    """Bring the tables of regions, topics and national agencies up to `fixtures/`; rows by table.

    Rows are made or refreshed, never removed, so that doing it again changes nothing.  Topics that
    are there keep their terms, and agencies their names: editors may have changed them.
    """
    book = Gazetteer.from_fixtures()
    topics = json.loads((Path(settings.FIXTURES) / "topics.json").read_text(encoding="utf-8"))["topics"]
    with transaction.atomic():
        _load_regions(book)
        Topic.objects.bulk_create(
            [Topic(slug=topic["slug"], name=topic["name"], terms=topic["terms"]) for topic in topics],
            ignore_conflicts=True,
        )
        _load_agencies(book)
        _load_successions(book)
    return {"regions": Region.objects.count(), "topics": Topic.objects.count(), "agencies": Agency.objects.count()}


def _load_regions(book: Gazetteer) -> None:
    columns = ["name", "short_name", "level", "parent", "valid_from", "valid_to"]
    Region.objects.bulk_create(
        [
            Region(
                code=region.code,
                name=region.name,
                short_name=region.short_name,
                level=region.level,
                parent_id=region.parent_code,
                valid_from=region.valid_from,
                valid_to=region.valid_to,
            )
            for region in book.regions.all()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=columns,
    )


def _load_agencies(book: Gazetteer) -> None:
    bodies: dict[str, Any] = {body.name: body for body in book.agencies.all()}
    Agency.objects.bulk_create(
        [Agency(name=body.name, level=body.level, region_id=body.region_code) for body in bodies.values()],
        ignore_conflicts=True,
    )
    Agency.objects.filter(name__in=bodies, known=False).update(known=True)
    rows = Agency.objects.filter(name__in=bodies).in_bulk(field_name="name")
    AgencyName.objects.bulk_create(
        [AgencyName(agency=rows[name], name=alias) for name, body in bodies.items() for alias in body.aliases],
        ignore_conflicts=True,
    )


def _load_successions(book: Gazetteer) -> None:
    known = book.agencies.successions()
    names = {name for row in known for name in (row.predecessor, row.successor)}
    rows = Agency.objects.filter(name__in=names).in_bulk(field_name="name")
    Succession.objects.bulk_create(
        [
            Succession(predecessor=rows[row.predecessor], successor=rows[row.successor], date=row.date, note=row.note)
            for row in known
        ],
        update_conflicts=True,
        unique_fields=["predecessor", "successor"],
        update_fields=["date", "note"],
    )
