"""The gazetteer on its way into the database, and out of it to the parser."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ingest.parsing.agency_edits import AgencyEdits, EditedAgency
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.gazetteer import Topic as KnownTopic
from policies.models import Agency, AgencyName, Region, Succession, Topic
from policies.public_changes import announce
from policies.selectors.agencies import agencies_called


def gazetteer() -> Gazetteer:
    """What an ingest knows beforehand: `fixtures/`, with the topics of the database and what editors decided."""
    fixed = Gazetteer.from_fixtures()
    topics = tuple(KnownTopic(t.slug, t.name, tuple(t.terms)) for t in Topic.objects.order_by("slug"))
    return Gazetteer(fixed.regions, fixed.agencies.edited(_agency_edits()), topics)


def load_gazetteer() -> dict[str, int]:
    """Bring the tables of regions, topics and national agencies up to `fixtures/`; rows by table.

    Rows are made or refreshed, never removed, so that doing it again changes nothing.  What editors may have
    changed stays: topics keep their terms, agencies their region and level; a name that an editor denied does not
    come back, and what is told of a merged agency is told of the one that it went into.
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
        announce(agencies=Agency.objects.values_list("pk", flat=True))
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
    rows = agencies_called(bodies)
    AgencyName.objects.bulk_create(
        [
            AgencyName(agency=rows[name], name=alias)
            for name, body in bodies.items()
            for alias in body.aliases
            if alias not in rows[name].denied_names
        ],
        ignore_conflicts=True,
    )


def _load_successions(book: Gazetteer) -> None:
    known = book.agencies.successions()
    rows = agencies_called(name for row in known for name in (row.predecessor, row.successor))
    own, moved = list[Succession](), list[Succession]()
    for row in known:
        before, after = rows[row.predecessor], rows[row.successor]
        same = (before.name, after.name) == (row.predecessor, row.successor)
        if before != after:
            succession = Succession(predecessor=before, successor=after, date=row.date, note=row.note)
            (own if same else moved).append(succession)
    Succession.objects.bulk_create(
        own, update_conflicts=True, unique_fields=["predecessor", "successor"], update_fields=["date", "note"]
    )
    Succession.objects.bulk_create(moved, ignore_conflicts=True)


def _agency_edits() -> AgencyEdits:
    """What editors decided, as parsing takes it."""
    decided = Agency.objects.exclude(denied_names=[], vouched=False, merged_into=None)
    added: defaultdict[str, list[EditedAgency]] = defaultdict(list)
    for name in AgencyName.objects.filter(added=True).select_related("agency__region").order_by("pk"):
        added[name.name].append(_edited(name.agency))
    denied, merged, vouched = set[tuple[str, str]](), dict[str, EditedAgency](), dict[str, EditedAgency]()
    for agency in decided.select_related("region", "merged_into__region"):
        denied |= {(name, agency.name) for name in agency.denied_names}
        if agency.merged_into:
            merged[agency.name] = _edited(agency.merged_into)
        elif agency.vouched:
            vouched[agency.name] = _edited(agency)
    return AgencyEdits({name: tuple(agencies) for name, agencies in added.items()}, frozenset(denied), merged, vouched)


def _edited(agency: Agency) -> EditedAgency:
    region = agency.region
    names = (region.name, region.short_name) if region else ()
    return EditedAgency(agency.name, agency.region_id, agency.level, agency.is_group, names)
