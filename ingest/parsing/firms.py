"""Companies of the state and branches of the centre that documents name beside agencies: power grids, carriers.

`fixtures/agencies.json` lists them under `firms` and `carriers`.
"""

import re
from collections.abc import Mapping
from typing import Any

from ingest.parsing.regions import NATIONAL, PROVINCE, Region, RegionBook

# 国网江苏省电力公司   国网江苏电力   省电力公司   新疆电力公司
GRID = re.compile(r"(?P<state>国网)?(?P<place>[一-龥]{0,8}?)(?:电力|电网)(?P<firm>(?:有限)?公司)?$")
GRID_NAME = (
    "国网{name}电力公司|国网{short}电力公司|国网{name}电力有限公司|国网{short}电力有限公司|{short}电网有限责任公司"
)
# 中国电信江苏公司   中国联通江苏省分公司
CARRIER = re.compile(r"中国(?P<firm>电信|移动|联通|铁塔)(?:集团)?(?P<place>[一-龥]{1,8}?)分?公司$")
# 省电信公司   江苏移动
BRANCH = re.compile(r"(?P<place>[一-龥]{1,8}?)(?P<firm>电信|移动|联通|铁塔)(?:分?公司)?$")
# 国网杭州供电公司   市供电公司   国网某县供电公司
SUPPLY = re.compile(r"(?:国网)?(?P<place>[一-龥]{1,8}?)供电公司$")
OWN = re.compile(r"省|市|自治区")
COMPANY = "有限公司"  # a province's company, whose branches are those of its cities


class FirmBook:
    """Finds firms by the names that documents print; made once, asked often."""

    def __init__(self, data: Mapping[str, Any], regions: RegionBook):
        self._regions = regions
        self._fixed = {alias: row for row in data["firms"] for alias in (row["name"], *row["aliases"])}
        self._carriers: Mapping[str, str] = data["carriers"]

    def find(self, text: str, region: Region | None) -> tuple[str, Region | None] | None:
        """The full name of the firm that `text`, printed in a document of `region`, means, and the region it serves."""
        if row := self._fixed.get(text) or self._own(text, region):
            return row["name"], self._regions.get(row["region"])
        return self._grid(text, region) or self._supply(text, region) or self._carrier(text, region)

    def _own(self, text: str, region: Region | None) -> Mapping[str, Any] | None:
        """A company that its own province calls by no other name: 省投资集团."""
        word = OWN.match(text)
        place = self._regions.enclosing(word[0], region) if word else None
        return self._fixed.get(place.name + text[word.end() :]) if word and place else None

    def _grid(self, text: str, region: Region | None) -> tuple[str, Region | None] | None:
        grid = GRID.match(text)
        if grid is None or not (grid["state"] or grid["firm"]):
            return None
        place = self._place(grid["place"], region)
        name = self._grid_of(place) if place and place.level == PROVINCE else None
        return (name, place) if name else None

    def _supply(self, text: str, region: Region | None) -> tuple[str, Region | None] | None:
        """A city's or a county's branch of the province's grid: 国网杭州供电公司."""
        supply = SUPPLY.match(text)
        place = self._place(supply["place"], region) if supply else None
        province = self._regions.province(place) if place else None
        grid = self._grid_of(province) if province and province is not place else None
        return (f"{grid}{place.short_name}供电公司", place) if grid and place else None

    def _grid_of(self, province: Region) -> str | None:
        names = GRID_NAME.format(name=province.name, short=province.short_name).split("|")
        return next((name for name in names if name in self._fixed), None)

    def _carrier(self, text: str, region: Region | None) -> tuple[str, Region | None] | None:
        carrier = CARRIER.match(text) or BRANCH.match(text)
        place = self._place(carrier["place"], region) if carrier else None
        if carrier is None or place is None or place.level == NATIONAL:
            return None
        pattern = self._carriers[carrier["firm"]]
        above = self._regions.parent(place)
        if pattern.endswith(COMPANY) and above and above.level == PROVINCE:
            return pattern.format(name=above.name, short=above.short_name) + f"{place.short_name}分公司", place
        return pattern.format(name=place.name, short=place.short_name), place

    def _place(self, words: str, region: Region | None) -> Region | None:
        """江苏, 江苏省 or 省; nothing is the region of the document."""
        if not words:
            return region
        return self._regions.enclosing(words, region) or (self._regions.named(words) if len(words) > 1 else None)
