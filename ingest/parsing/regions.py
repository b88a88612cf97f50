"""Administrative regions: the nation, provinces, cities, by their GB/T 2260 codes and the names they go by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PREFIX = 2  # no region's name is shorter
NATIONAL, PROVINCE = "national", "province"

# 通州区 is not 通州; 广州区块链 is 广州.  中山大学 and 北京银行 are no region's bodies.
OTHER_NAME = re.compile(r"[县州盟旗镇乡]|区(?![块域位])|大学|学院|银行|证券")


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its six-digit code; a null date lies before, or after, what the gazetteer covers.

    `short_is_word`: the short name is also another word (大同, 日照) and tells a region only after
    its province's name.  `abbreviations` are the letters of document numbers (沪, 浙).
    """

    code: str
    name: str
    short_name: str
    level: str
    parent_code: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    abbreviations: tuple[str, ...] = ()
    short_is_word: bool = False


class RegionBook:
    """All regions, found by code or by name."""

    def __init__(self, regions: Iterable[Region]):
        self._by_code = {region.code: region for region in regions}
        self._by_name: dict[str, Region] = {}
        self._by_prefix: defaultdict[str, list[tuple[str, Region]]] = defaultdict(list)
        # The wider region owns a name that two share (吉林: the province), then the one still in force.
        for region in sorted(self._by_code.values(), key=_width):
            names = (region.name, region.short_name, *region.aliases)
            for name in dict.fromkeys((*names, *region.abbreviations)):
                self._by_name.setdefault(name, region)
            for name in dict.fromkeys(names):
                self._by_prefix[name[:PREFIX]].append((name, region))
        for entries in self._by_prefix.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "RegionBook":
        """The book of `fixtures/regions.json`."""
        return cls(
            Region(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                level=row["level"],
                parent_code=row["parent"],
                aliases=tuple(row["aliases"]),
                valid_from=_date(row["valid_from"]),
                valid_to=_date(row["valid_to"]),
                abbreviations=tuple(row["abbreviations"]),
                short_is_word=row.get("short_is_word", False),
            )
            for row in data["regions"]
        )

    def all(self) -> list[Region]:
        """Every region, parents before their children."""
        return sorted(self._by_code.values(), key=lambda region: region.code)

    def get(self, code: str | None) -> Region | None:
        return self._by_code.get(code) if code else None

    def parent(self, region: Region) -> Region | None:
        return self.get(region.parent_code)

    def enclosing(self, word: str, region: Region | None) -> Region | None:
        """The region that 省, 自治区 or 市 means in a document of `region`: itself, or the one above it."""
        while region and region.level != NATIONAL:
            if region.name.endswith(word):
                return region
            region = self.parent(region)
        return None

    def named(self, name: str) -> Region | None:
        """The region of exactly this name: full, short, alias or the letter of document numbers."""
        return self._by_name.get(name.strip())

    def leading(self, text: str) -> Region | None:
        """The region that a title or an agency's name begins with, as narrow as the names go.

        贵阳贵安数字… is 贵阳市, 广东省广州市… is 广州市, 中华人民共和国2022年… the nation.
        """
        found = self.lead(text)
        return found[0] if found else None

    def lead(self, text: str) -> tuple[Region, int] | None:
        """As `leading`, with the number of characters that the region's name takes."""
        return self._lead(text, 0, None)

    def _lead(self, text: str, start: int, within: Region | None) -> tuple[Region, int] | None:
        for name, region in self._by_prefix.get(text[start : start + PREFIX], ()):
            end = start + len(name)
            if not text.startswith(name, start) or (within and region.parent_code != within.code):
                continue
            if name == region.short_name != region.name and (
                OTHER_NAME.match(text, end) or (region.short_is_word and within is None)
            ):
                continue
            narrower = self._lead(text, end, region) if region.level in (NATIONAL, PROVINCE) else None
            return narrower or (region, end)
        return None


def _width(region: Region) -> tuple[int, bool, str]:
    levels = (NATIONAL, PROVINCE, "city", "county")
    return levels.index(region.level), region.valid_to is not None, region.code


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
