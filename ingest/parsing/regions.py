"""Administrative regions: nation, provinces, cities, counties, by their GB/T 2260 codes and the names they go by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

PROVINCE_DIGITS = 2  # of a code, those of its province
PREFIX = 2  # no region's name is shorter
NATIONAL, PROVINCE, CITY, COUNTY = "national", "province", "city", "county"

# 通州区 is not 通州; 广州区块链 is 广州.  中山大学 and 北京银行 are no region's bodies.
OTHER_NAME = re.compile(r"[县州盟旗镇乡]|区(?![块域位])|大学|学院|银行|证券")
# 杭州市场 is no 杭州市, 静安区块链 no 静安区.
OTHER_WORD = re.compile(r"市场|区[块域位间划]|县级")
# 老城区, 港口区, 东区: districts, but any city's may be called so.
COMMON_NAME = re.compile(r"[东西南北中老新城市港口矿郊山河江海湖]{1,2}区$")
ANY_AREA = re.compile(r".区$")  # 大同市城区 is an area of the city rather than the district that was called so


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its six-digit code; a null date lies before, or after, what the gazetteer covers.

    `short_is_word`: the short name is also another word (大同, 日照) and tells a region only after
    its province's name.  `abbreviations` are the letters of document numbers (沪, 浙).
    `full_name`: its name with that of the city above, where bodies are called so.
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
    full_name: str = ""

    @property
    def official(self) -> str:
        """Its name as in those of its bodies: 杭州市余杭区 of 余杭区."""
        return self.full_name or self.name


class RegionBook:
    """All regions, found by code or by name.

    A name that several counties share (鼓楼区), or that any city's district may have (老城区), means one only after
    the name of the region around it, or in a document of a region, `home`, that holds exactly one.
    """

    def __init__(self, regions: Iterable[Region]):
        self._by_code = {region.code: region for region in regions}
        self._by_name: dict[str, Region] = {}
        self._sharing: defaultdict[str, list[Region]] = defaultdict(list)
        self._by_prefix: defaultdict[str, list[str]] = defaultdict(list)
        # The wider region owns a name that two share (吉林: the province), then the one still in force.
        for region in sorted(self._by_code.values(), key=_width):
            names = (region.name, region.short_name, *region.aliases)
            for name in dict.fromkeys((*names, *region.abbreviations)):
                self._by_name.setdefault(name, region)
            for name in dict.fromkeys(names):
                self._sharing[name].append(region)
        for name, sharing in self._sharing.items():
            self._by_prefix[name[:PREFIX]].append(name)
            if sharing[0].level == COUNTY and (_only(sharing) is None or COMMON_NAME.match(name)):
                del self._by_name[name]
        for names_of_prefix in self._by_prefix.values():
            names_of_prefix.sort(key=lambda name: -len(name))

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
                full_name=row.get("full_name", ""),
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

    def province(self, region: Region) -> Region | None:
        """The province that a region lies in, or is."""
        return self.get(f"{region.code[:PROVINCE_DIGITS]}0000") if region.level != NATIONAL else None

    def enclosing(self, word: str, region: Region | None) -> Region | None:
        """The region that 省, 自治区 or 市 means in a document of `region`: itself, or the one above it."""
        while region and region.level != NATIONAL:
            if region.name.endswith(word):
                return region
            region = self.parent(region)
        return None

    def named(self, name: str, home: Region | None = None) -> Region | None:
        """The region of exactly this name: full, short, alias or the letter of document numbers."""
        name = name.strip()
        return self._by_name.get(name) or (self._inside(name, self._around(home)) if home else None)

    def leading(self, text: str) -> Region | None:
        """The region that a title or an agency's name begins with, as narrow as the names go.

        贵阳贵安数字… is 贵阳市, 广东省广州市… is 广州市, 中华人民共和国2022年… the nation.
        """
        found = self.lead(text)
        return found[0] if found else None

    def lead(self, text: str, home: Region | None = None) -> tuple[Region, int] | None:
        """As `leading`, with the number of characters that the region's name takes.

        A county-level city is so called without its 市 in its own documents only.
        """
        found = self._lead(text, 0, None, home)
        if found is None and home and home.level == COUNTY and text.startswith(home.name.removesuffix("市")):
            return home, len(home.name.removesuffix("市"))
        return found

    def _lead(self, text: str, start: int, within: Region | None, home: Region | None) -> tuple[Region, int] | None:
        for name in self._by_prefix.get(text[start : start + PREFIX], ()):
            end = start + len(name)
            if not text.startswith(name, start) or OTHER_WORD.match(text, end - 1) or ANY_AREA.match(name):
                continue
            region = self._inside(name, within) if within else self.named(name, home)
            if region is None:
                continue
            if name == region.short_name != region.name and (
                OTHER_NAME.match(text, end) or (region.short_is_word and within is None)
            ):
                continue
            narrower = self._lead(text, end, region, None) if region.level != COUNTY else None
            return narrower or (region, end)
        return None

    def _inside(self, name: str, around: Region | None) -> Region | None:
        """The region of this name in another: a city of its province, or the only county in either."""
        if around is None:
            return None
        return _only([region for region in self._sharing.get(name, ()) if self._lies_in(region, around)])

    def _lies_in(self, region: Region, around: Region) -> bool:
        parent = self.parent(region)
        if parent is None or around.level == NATIONAL:
            return parent is around
        return around in (parent, self.parent(parent))

    def _around(self, home: Region | None) -> Region | None:
        """Where a document of `home` looks for a county by its bare name: its city, or its province."""
        return self.parent(home) if home and home.level == COUNTY else home


def _only(regions: Sequence[Region]) -> Region | None:
    """The one region of several, a wider one before counties, one in force before one that is wound up."""
    if not regions or regions[0].level != COUNTY:
        return regions[0] if regions else None
    in_force = [region for region in regions if region.valid_to is None] or regions
    return in_force[0] if len(in_force) == 1 else None


def _width(region: Region) -> tuple[int, bool, str]:
    levels = (NATIONAL, PROVINCE, CITY, COUNTY)
    return levels.index(region.level), region.valid_to is not None, region.code


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
