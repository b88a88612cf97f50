"""What a printed name of an agency means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed name means.  `region_code` is null for the centre's bodies and where nothing tells it.

    `level` is a region's level, or empty where unknown; `known` says whether the gazetteer knew the name.
    """

    canonical: str
    known: bool
    group: bool
    region_code: str | None
    level: str
