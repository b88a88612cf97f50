"""Districts, counties and county-level cities: `fixtures/counties.json` as regions."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ingest.parsing.regions import COUNTY, Region, RegionBook


def counties(data: Mapping[str, Any], above: RegionBook) -> Iterator[Region]:
    """The regions of `data`; `above` has those that they lie in, or ValueError.

    A year in which one was set up counts from its first day, one in which it was wound up to its last.
    """
    since, until = data["since"], data["until"]
    for city, names in data["names"].items():
        parent = above.get(f"{city}00") or above.get(f"{city[:2]}0000")
        if parent is None:
            raise ValueError(f"counties.json: no region for the codes that begin with {city}")
        for digits, name in names.items():
            code = city + digits
            yield Region(
                code=code,
                name=name,
                short_name=name,
                level=COUNTY,
                parent_code=parent.code,
                valid_from=date(since[code], 1, 1) if code in since else None,
                valid_to=date(until[code], 12, 31) if code in until else None,
                full_name=parent.name + name if name.endswith("区") else name,
            )
