"""Agencies: from the name that a document prints to the full official name of its day.

A department's name is read as its region (省, 市, 浙江省, 贵阳市) and a stem (经信厅), and the stem is
looked up: `fixtures/agencies.json` tells what fields departments are for and where a region
differs.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.parsing.agency_edits import AgencyEdits
from ingest.parsing.agency_forms import (
    GROUP,
    OF_ITS_LEVEL,
    PARTY,
    Owner,
    city_zone,
    department_stems,
    government_of,
    name_frames,
    short_frames,
    written_out,
)
from ingest.parsing.areas import AreaBook
from ingest.parsing.firms import FirmBook
from ingest.parsing.regions import CITY, COUNTY, NATIONAL, PROVINCE, PROVINCE_DIGITS, Region, RegionBook
from ingest.parsing.resolution import Resolution

LEVEL_WORD = re.compile(r"自治区|自治州|地区|省|市|州|盟|区|县|旗")
BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")
YOUTH_LEAGUE = re.compile(r"(?:共青团|团)(?P<owner>.{1,12}?)委(?:员会)?$")
BUREAU_OF_MINISTRY = re.compile(r".{2,20}[司局厅]$")
DISTRICT_GOVERNMENT = re.compile(r"[一-龥]{1,5}区人民政府$")
ZONE_COMMITTEE = re.compile(
    r"(?!国家|各)[一-龥]{1,8}(?:新区|合作区|试验区|示范区|度假区|功能区|保税区|园区)管理委员会$"
)
DISTRICT = re.compile(r"(?!各|有关|相关)[一-龥]{1,3}(?<![发新园片高经景校社城范验税作务能开技域地])[区县]$")
WITH_ORGANS = (PROVINCE, CITY, COUNTY)  # whose bodies are called by their own name, without the region above
LONGEST_NAME = 60  # characters; what is longer is no name
WHOLE_NAME = "="  # before a local name that needs no region in front
LOCAL_REFORM = date(2019, 1, 1)  # the reforms of 2018, whose days differed from place to place, were through
GOVERNMENT = re.compile(r"(?:人民)?政府(?=.)")
COMMITTEES = {"管委会": "管理委员会", "管委": "管理委员会", "执委会": "执行委员会"}
STRAY = "省市州区县各等和及、，"  # what a bad reading leaves at the end of a list


@dataclass(frozen=True, slots=True)
class Agency:
    """A body of the gazetteer; `aliases` are the names that documents print for it."""

    name: str
    aliases: tuple[str, ...]
    region_code: str | None
    level: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None

    def existed(self, day: date) -> bool:
        """Whether it had been set up and not been wound up on that day."""
        return not (self.valid_from and day < self.valid_from) and not (self.valid_to and day >= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """Full names of a body and of the one that took over, all or what `note` says; without `date` where it varied."""

    predecessor: str
    successor: str
    date: date | None
    note: str


class AgencyBook:
    """Resolves printed names; made once, asked often."""

    def __init__(self, data: Mapping[str, Any], regions: RegionBook):
        """`data` is what `fixtures/agencies.json` holds."""
        self._regions = regions
        self._national = [_national(row) for row in data["national"]]
        self._by_name = {agency.name: agency for agency in self._national}
        self._by_alias: defaultdict[str, list[Agency]] = defaultdict(list)
        for agency in self._national:
            for alias in agency.aliases:
                self._by_alias[alias].append(agency)
        self._successions: Sequence[Mapping[str, Any]] = data["successions"]
        self._local_successions: Sequence[Mapping[str, Any]] = data["local_successions"]
        self._day: date | None = None
        self._edits = AgencyEdits()
        self._stems = department_stems(data["fields"], data["suffixes"])
        self._whole: Mapping[str, str] = data["whole"]
        self._branches: Mapping[str, str] = data["branches"]
        self._party: Mapping[str, str] = data["party"]
        self._local: Mapping[str, Mapping[str, str]] = data["local"]
        self._frames = name_frames(data)
        self._frames.setdefault("", set()).update(self._stems.values())
        self._short_frames = short_frames(data)
        self._firms = FirmBook(data, regions)
        self._zones = {
            name.removeprefix(WHOLE_NAME): code
            for code, names in self._local.items()
            for name in names.values()
            if name.startswith(WHOLE_NAME)
        }
        self._joint = tuple(stem for names in self._local.values() for stem in names if "、" in stem)
        self._areas = AreaBook(data["areas"], regions)

    def all(self) -> list[Agency]:
        """The bodies that exist whatever documents say: those of the centre."""
        return list(self._national)

    def successions(self) -> list[Succession]:
        """Which of the centre's bodies took over from which."""
        whole = [
            Succession(agency.name, agency.successor, agency.valid_to, "")
            for agency in self._national
            if agency.successor
        ]
        return whole + [Succession(row["from"], row["to"], _day(row["date"]), row["note"]) for row in self._successions]

    def local_successions(self, region: Region) -> list[Succession]:
        """Which body of a region took over from which, if the region had them."""
        owner = Owner.of(region)
        return [
            Succession(owner.fill(row["from"]), owner.fill(row["to"]), _day(row["date"]), row["note"])
            for row in self._local_successions
        ]

    def on(self, day: date | None) -> "AgencyBook":
        """This book as one reads it in a document of `day`: a short form means the body that it was then."""
        if day == self._day:
            return self
        book = copy.copy(self)
        book._day = day
        return book

    def edited(self, edits: AgencyEdits) -> "AgencyBook":
        """This book with what editors decided over it."""
        book = copy.copy(self)
        book._edits = edits
        return book

    def resolve(self, name: str, region: Region | None, on: date | None = None) -> Resolution:
        """What `name`, printed in a document of `region` (null: of the centre), means; `on` is the document's day.

        省X is the province's, 市X the city's or the municipality's; an unknown body of theirs gets the
        region's name in front, any other unknown name stays as it is written.
        """
        if on:
            return self.on(on).resolve(name, region)
        text = "".join(name.split())
        return self._edits.here(text, region) or self._edits.over(self._resolve(text, region), text, region)

    def _resolve(self, text: str, region: Region | None) -> Resolution:
        if len(text) > LONGEST_NAME:
            return Resolution(text, False, False, None, "")
        found = self._known(text, region)
        if found is None and (base := BRACKETED.sub("", text)) != text and base:
            found = self._known(base, region)
        if found is None and GROUP.search(self._without_region(text)):
            return self._group(text, region)
        if found is None and len(text) > 2 and text[-1] in STRAY:
            found = self._known(text[:-1], region)
        return found or self._unknown(text, region)

    def is_joint(self, name: str) -> bool:
        """Whether a name that holds a 、 is that of one body: 市科委、中关村管委会."""
        return name.endswith(self._joint) and len(name) <= LONGEST_NAME

    def _without_region(self, text: str) -> str:
        """各市人民政府 of 山东省各市人民政府."""
        lead = self._regions.lead(text)
        return text[lead[1] :] if lead and lead[0].level != NATIONAL else text

    def _known(self, text: str, region: Region | None) -> Resolution | None:
        if agency := self._by_name.get(text.removeprefix("中华人民共和国")):
            return _of_centre(agency.name)
        if found := self._firm(text, region) or self._official(text):
            return found
        if body := self._areas.body(text):
            return Resolution(body[0], True, False, body[1].code, body[1].level)
        place = self._regions.named(text, region)
        if place and len(text) > 1 and place.level != NATIONAL:  # 杭州市、宁波市人民政府
            return Resolution(government_of(place), True, False, place.code, place.level)
        alias = self._named(text)
        if alias and (region is None or _is_central(text)):
            return _of_centre(alias.name)
        if found := self._of_ministry(text):
            return found
        for owner, stem in self._owners(text, region):
            if canonical := self._expand(owner, stem):
                return Resolution(self._of_its_day(canonical, text, stem, owner), True, False, owner.code, owner.level)
        return _of_centre(alias.name) if alias else None

    def _firm(self, text: str, region: Region | None) -> Resolution | None:
        """A company, a branch or a zone that has a name of its own wherever it is printed."""
        found = (text, self._regions.get(self._zones[text])) if text in self._zones else self._firms.find(text, region)
        if found is None:
            return None
        name, place = found
        return Resolution(name, True, False, place.code if place else None, place.level if place else NATIONAL)

    def _official(self, text: str) -> Resolution | None:
        """The official name of a region's body, wherever the region stands in it: 中共浙江省委宣传部."""
        for prefix, rest in self._short_frames:
            if text.startswith(prefix) and text.endswith(rest):
                short = text[len(prefix) : len(text) - len(rest)]
                region = self._regions.named(short)
                if region and region.short_name == short:
                    return Resolution(text, True, False, region.code, region.level)
        for prefix, frames in self._frames.items():
            found = self._regions.lead(text[len(prefix) :]) if text.startswith(prefix) else None
            if found is None or found[0].level not in WITH_ORGANS:
                continue
            region, end = found
            if not text[len(prefix) : len(prefix) + end].endswith(region.name):
                continue  # 贵安新区 is more than 贵阳市
            stem = text[len(prefix) + end :].replace(region.official, "{name}")
            local = self._local_names(Owner.of(region))
            if (stem in frames and stem not in local) or stem in local.values():
                canonical = (prefix + "{name}" + stem).format(name=region.official)
                return Resolution(canonical, True, False, region.code, region.level)
        return None

    def _named(self, alias: str) -> Agency | None:
        """The body of the centre that a short form means on the book's day; without one, the last that it meant."""
        bodies = self._by_alias.get(alias, [])
        if len(bodies) > 1 and self._day:
            bodies = [body for body in bodies if body.existed(self._day)] or bodies
        return next((body for body in bodies if body.valid_to is None), bodies[-1] if bodies else None)

    def _of_its_day(self, canonical: str, printed: str, stem: str, owner: Owner) -> str:
        """The name before a renaming that the book's day lies before, unless the later one is printed."""
        if self._day is None:
            return canonical
        for row in self._local_successions:
            # 省委编办 was the party's already
            became = row["from"].startswith("{party}") or not stem.startswith("委")
            if not (row.get("rename") and became and owner.fill(row["to"]) == canonical):
                continue
            later = row["to"].rpartition("}")[2].removesuffix("委员会")
            if self._day < (_day(row["date"]) or LOCAL_REFORM) and later not in printed:
                return owner.fill(row["from"])
        return canonical

    def _of_ministry(self, text: str) -> Resolution | None:
        """A ministry's bureau (交通运输部水运局), or the centre's branch in a region."""
        for end in range(len(text) - 2, 1, -1):
            head, rest = text[:end], text[end:]
            agency = self._by_name.get(head) or self._named(head)
            if agency is None:
                continue
            academy = agency.name.endswith("科学院")
            if academy and not rest.endswith("研究所"):  # 中科院某地自动化所
                rest = re.sub("所$", "研究所", rest)
            region = self._regions.leading(rest)
            if region is not None:
                return Resolution(agency.name + rest, True, False, region.code, region.level)
            if academy or head == agency.name or _is_central(head):
                known = BUREAU_OF_MINISTRY.match(rest) or (academy and rest.endswith("研究所"))
                return _of_centre(agency.name + rest) if known else None
        return None

    def _owners(self, text: str, region: Region | None) -> Iterable[tuple[Owner, str]]:
        """Ways to read a name as an owner and a stem, the surest first."""
        here = (self._areas.named(region.name) or Owner.of(region)) if region else None
        if here and self._expand(here, text):  # 市场监管局 is not 市 and 场监管局
            yield here, text
        if area := self._areas.lead(text, region):
            yield area[0], text[area[1] :]
        if league := YOUTH_LEAGUE.match(text):
            owner = self._owner_named(league["owner"], region)
            if owner:
                yield owner, "团委"
        if found := self._regions.lead(text, region):
            owner_region, end = found
            yield Owner.of(owner_region, named_short=text[:end].endswith(owner_region.short_name)), text[end:]
        if word := LEVEL_WORD.match(text):
            owner = self._owner_named(word[0], region)
            if owner:
                yield owner, text[word.end() :]

    def _owner_named(self, word: str, region: Region | None) -> Owner | None:
        """The region that 省, 市, 自治区 or a name means in a document of `region`."""
        if (named := self._regions.named(word)) and len(word) > 1:
            return Owner.of(named)
        found = self._regions.enclosing(word, region)
        if found is None or (word == "区" and found is not region):
            return None
        return self._areas.named(found.name) or Owner.of(found)

    def _expand(self, owner: Owner, stem: str) -> str | None:
        """The full name of an owner's body, if the stem is known."""
        if named := self._local_name(owner, stem):
            if named.startswith(WHOLE_NAME):
                return named.removeprefix(WHOLE_NAME)
            return f"中共{owner.name}{named}" if stem.startswith("委") else owner.name + named
        pattern = (self._branches.get(stem) if owner.named_short else None) or self._whole.get(stem)
        if pattern:
            return owner.fill(pattern)
        if stem.startswith(("委", "党委")):
            rest = stem.removeprefix("党").removeprefix("委")
            if rest in ("", "员会"):
                return f"中共{owner.name}委员会"
            return owner.party + self._party[rest] if rest in self._party else None
        if full := self._stems.get(stem):
            return owner.name + full
        if stem in COMMITTEES or stem in COMMITTEES.values():
            return owner.name + COMMITTEES.get(stem, stem)
        if government := GOVERNMENT.match(stem):  # 市政府国资委
            full = self._expand(owner, stem[government.end() :]) or ""
            if full.startswith(owner.name):
                return f"{owner.name}人民政府{full.removeprefix(owner.name).removeprefix('人民政府')}"
        return None

    def _local_name(self, owner: Owner, stem: str) -> str | None:
        """What the owner, or the cities of its province, call a body otherwise than the rule has it."""
        return self._local_names(owner).get(stem)

    def _local_names(self, owner: Owner) -> Mapping[str, str]:
        if owner.area or owner.code is None:
            return {}
        of_cities = self._local.get(owner.code[:PROVINCE_DIGITS], {}) if owner.level == "city" else {}
        return {**of_cities, **self._local.get(owner.code, {})}

    def _group(self, text: str, region: Region | None) -> Resolution:
        """An unnamed set of a region's bodies: 各市人民政府 is 山东省各市人民政府."""
        if (lead := self._regions.lead(text)) and lead[0].level != NATIONAL:
            return Resolution(text, True, True, lead[0].code, lead[0].level)
        if region is None:
            return Resolution(text, True, True, None, NATIONAL)
        owner = Owner.of(region)
        if area := self._areas.lead(text, region):  # 兵团有关部门
            owner, end = area
            return Resolution(owner.name + text[end:], True, True, owner.code, owner.level)
        word = LEVEL_WORD.match(text)
        if word and not OF_ITS_LEVEL.match(text) and (named := self._owner_named(word[0], region)):
            owner, text = named, text[word.end() :]
        return Resolution(owner.name + text, True, True, owner.code, owner.level)

    def _unknown(self, text: str, region: Region | None) -> Resolution:
        if region and region.level != PROVINCE and region.name.endswith("市") and (zone := city_zone(text)):
            return Resolution(region.short_name.removesuffix("市") + zone, False, False, region.code, region.level)
        text = written_out(text)
        if lead := self._regions.lead(text.removeprefix(PARTY), region):
            level = "county" if DISTRICT_GOVERNMENT.match(text, lead[1]) else lead[0].level
            return Resolution(text, False, False, lead[0].code, level)
        for owner, stem in self._owners(text, region):
            organ = stem.startswith(("委", "党委")) and len(stem) > 2
            stem = re.sub(r"^政府(?=.)", "人民政府", stem)
            body = owner.party + stem.removeprefix("党").removeprefix("委") if organ else owner.name + stem
            return Resolution(body, False, False, owner.code, owner.level)
        if region and region.name.endswith("市"):
            if DISTRICT_GOVERNMENT.match(text):
                return Resolution(region.name + text, False, False, region.code, "county")
            if DISTRICT.match(text):
                return Resolution(f"{region.name}{text}人民政府", False, False, region.code, "county")
            if ZONE_COMMITTEE.match(text):
                return Resolution(region.name + text, False, False, region.code, region.level)
        return Resolution(text, False, False, None, "")


def _national(row: Mapping[str, Any]) -> Agency:
    return Agency(
        name=row["name"],
        aliases=tuple(row["aliases"]),
        region_code=None,
        level=NATIONAL,
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successor=row["successor"],
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _of_centre(name: str) -> Resolution:
    return Resolution(name, True, False, None, NATIONAL)


def _is_central(text: str) -> bool:
    """Whether a short name is the centre's even in a province's document (工信部, 国家发改委; not 发改委)."""
    return text.startswith(("国家", "国务院", "中央", "中国", "中共", "全国", "最高")) or text.endswith(
        ("部", "总局", "总署", "监会", "央行", "中宣", "国铁集团")
    )
