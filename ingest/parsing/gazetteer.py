"""What parsing knows of the world beforehand: regions, agencies and topics.

`Gazetteer.from_fixtures` reads `fixtures/`; an ingest takes the topics from the database instead.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ingest.parsing.agencies import AgencyBook
from ingest.parsing.counties import counties
from ingest.parsing.regions import RegionBook
from ingest.parsing.topics import Topic

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@dataclass(frozen=True)
class Gazetteer:
    regions: RegionBook
    agencies: AgencyBook
    topics: tuple[Topic, ...]

    def on(self, day: date | None) -> "Gazetteer":
        """The same as one reads it in a document of `day`, on which a short form may have meant another agency."""
        return replace(self, agencies=self.agencies.on(day))

    @classmethod
    def from_fixtures(cls, folder: Path = FIXTURES) -> "Gazetteer":
        return _read(folder)


@cache
def _read(folder: Path) -> Gazetteer:
    def load(name: str) -> Any:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    above = RegionBook.from_json(load("regions.json"))
    regions = RegionBook([*above.all(), *counties(load("counties.json"), above)])
    agencies = AgencyBook(load("agencies.json"), regions)
    topics = tuple(Topic(t["slug"], t["name"], tuple(t["terms"])) for t in load("topics.json")["topics"])
    return Gazetteer(regions, agencies, topics)
