"""Areas with a management of their own, which are no regions: new areas, zones, 新疆生产建设兵团."""

from collections.abc import Mapping
from typing import Any

from ingest.parsing.agency_forms import Owner
from ingest.parsing.regions import PROVINCE_DIGITS, Region, RegionBook


class AreaBook:
    """Finds areas by the names that documents print; `rows` are the `areas` of `fixtures/agencies.json`."""

    def __init__(self, rows: Mapping[str, Mapping[str, Any]], regions: RegionBook):
        self._regions = regions
        self._near = {short for short, row in rows.items() if row.get("near")}
        self._committees = {row["name"]: row["committee"] for row in rows.values() if "committee" in row}
        self._by_name: dict[str, Owner] = {}
        for short, row in rows.items():
            region = regions.get(row["region"])
            owner = Owner(row["name"], short, row["region"], region.level if region else "", area=True)
            self._by_name[short] = self._by_name[row["name"]] = owner
        self._longest_first = sorted(self._by_name, key=len, reverse=True)

    def named(self, name: str) -> Owner | None:
        return self._by_name.get(name)

    def lead(self, text: str, region: Region | None) -> tuple[Owner, int] | None:
        """The area that a name printed in a document of `region` begins with, and the length of the area's name.

        Some are so called only in their own province: 航空港区.
        """
        for name in self._longest_first:
            if text.startswith(name):
                owner = self._by_name[name]
                code = (owner.code or "")[:PROVINCE_DIGITS]
                if name not in self._near or (region and region.code[:PROVINCE_DIGITS] == code):
                    return owner, len(name)
        return None

    def body(self, name: str) -> tuple[str, Owner] | None:
        """Who is meant by an area's bare name in a list of bodies: its government, else its committee."""
        owner = self._by_name.get(name)
        if owner is None:
            return None
        region = self._regions.get(owner.code)
        if region and region.name == name:
            return f"{owner.name}人民政府", owner
        if owner.name.endswith("兵团"):
            return owner.name, owner
        return owner.name + self._committees.get(owner.name, "管理委员会"), owner
