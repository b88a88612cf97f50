"""Which region a document belongs to, and on which level it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parsing.agencies import AgencyBook
from ingest.parsing.docnumbers import letters
from ingest.parsing.regions import NATIONAL, PROVINCE, Region, RegionBook

NATIONAL_COLUMN = "国策要论"  # the digest's column of the centre's documents
BEFORE_REGION = re.compile(
    r"^(?:中共|中国[（(](?=[^（）()]{2,6}[）)])|[“”\"《]|关于印发|关于|\d{4}年度?(?:[\d一二三四—–-]{1,5}(?:月份?|季度)|上半年|前三季度)?)+"
)
COUNTY_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:(?:浦东|滨海)新区|自治县|(?<![新发园术范税验作])区|[县旗])"
    r"(?:人民政府|人大常委会|人民代表大会|委员会|管理委员会|[\u4e00-\u9fff]{2,12}[局委办])"
)
PUBLIC_BODY = re.compile(r"[部委厅局署办]|委员会|办公室|人民政府")
NATIONAL_NAME = re.compile(
    r"(?:中共中央|国务院|国家|全国|最高人民|中央|中华人民共和国|中国(?:人民银行|证券监督|银行保险|民用航空|气象局))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """national, province, city, county or none, with the region of the three in the middle."""

    level: str
    region: Region | None = None


def region_of_title(title: str, regions: RegionBook) -> Region | None:
    """The region that a title begins with, once 中共, 关于印发 and a year are off; the nation for 中国…"""
    text = re.sub(r"\s", "", title)
    return next((found for part in text.split("——") if (found := regions.leading(BEFORE_REGION.sub("", part)))), None)


def region_by_hints(number: str | None, source: str | None, note: str, regions: RegionBook) -> Region | None:
    """The region that the number's letters (沪府办发), the source or the note's first words tell."""
    code = letters(number)
    if len(code) > 1 and (found := regions.named(code[0])):
        return found
    for text in (source or "", *re.split(r"[，。]", note)[:3]):
        found = regions.leading(text.strip())
        if found and found.level != NATIONAL:
            return found
    return None


def place_of(
    title: str,
    kind: str,
    title_region: Region | None,
    hinted: Region | None,
    issuers: Sequence[str],
    column: str | None,
    agencies: AgencyBook,
    regions: RegionBook,
) -> Place:
    """The level and region, from the title's region, else from who issued it.

    A document stands where its issuer stands: 温州市…条例 of the province's congress is the province's; a new
    area that only a province holds stands below it, as a city, or a municipality's as a county.
    A report is its makers': none unless a public body made it.
    """
    if kind == "report":
        return _place_of_maker(issuers[0], agencies, regions) if issuers else Place("none")
    found = [agencies.resolve(name, None) for name in issuers]
    central = any(own.level == NATIONAL for own in found)
    of_title = title_region if title_region and title_region.level != NATIONAL else None
    led = bool(found) and found[0].known and found[0].level == NATIONAL
    if led and (of_title is None or all(own.level == NATIONAL for own in found)):
        return Place(NATIONAL)
    of_issuer = next((regions.get(own.region_code) for own in found if own.level not in ("", NATIONAL)), None)
    region = of_issuer if _related(of_issuer, of_title, regions) else of_title
    region = region or of_issuer or (None if central else hinted)
    if region is not None:
        if region.level == PROVINCE and any(_of_new_area(name, regions) for name in issuers or [title]):
            return Place("county" if region.name.endswith("市") else "city", region)
        return Place("county" if any(_of_county(name, regions) for name in issuers) else region.level, region)
    if title_region or central or column == NATIONAL_COLUMN or any(NATIONAL_NAME.match(name) for name in issuers):
        return Place(NATIONAL)
    return Place("none")


def _related(one: Region | None, other: Region | None, regions: RegionBook) -> bool:
    """Whether one of two regions lies in the other."""
    return bool(one and other) and any(
        (above := regions.parent(low)) is not None and (above.code == high.code or regions.parent(above) == high)
        for low, high in ((one, other), (other, one))
        if low and high
    )


def _place_of_maker(name: str, agencies: AgencyBook, regions: RegionBook) -> Place:
    """A public body's place, also for what belongs to one (水利部水文中心); none for institutes and firms,
    known ones too."""
    for end in [len(name), *(match.end() for match in PUBLIC_BODY.finditer(name))]:
        found = agencies.resolve(name[:end], None)
        if found.known and not found.group and found.level:
            region = regions.get(found.region_code)
            return Place(found.level, region if found.level != NATIONAL else None)
    return Place("none")


def _of_new_area(name: str, regions: RegionBook) -> bool:
    """Whether a name begins with a new area that stands for its province: 河北雄安新区, 两江新区."""
    text = BEFORE_REGION.sub("", re.sub(r"\s", "", name))
    lead = regions.lead(text)
    return lead is not None and text[: lead[1]].endswith("新区")


def _of_county(name: str, regions: RegionBook) -> bool:
    """Whether a body's name goes on, after its region's, with a county's or a district's: 上海市浦东新区…"""
    lead = regions.lead(name)
    return lead is not None and bool(COUNTY_BODY.match(name[lead[1] :]))
