"""What editors decided of agencies, laid over what the gazetteer makes of a printed name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ingest.parsing.regions import NATIONAL, PROVINCE_DIGITS, Region
from ingest.parsing.resolution import Resolution

CITY_DIGITS = 4


@dataclass(frozen=True, slots=True)
class EditedAgency:
    """An agency as editors left it; `region_names` are the full and the short name of the place that it is of."""

    name: str
    region_code: str | None
    level: str
    group: bool = False
    region_names: tuple[str, ...] = ()

    @property
    def resolution(self) -> Resolution:
        return Resolution(self.name, True, self.group, self.region_code, self.level)


@dataclass(frozen=True, slots=True)
class AgencyEdits:
    """Editors' words: `names` that they gave to agencies, `denied` pairs of printed and full name, `merged` full
    names with the agency that each went into, and the agencies that they `vouched` for, by full name.
    """

    names: Mapping[str, tuple[EditedAgency, ...]] = field(default_factory=dict)
    denied: frozenset[tuple[str, str]] = frozenset()
    merged: Mapping[str, EditedAgency] = field(default_factory=dict)
    vouched: Mapping[str, EditedAgency] = field(default_factory=dict)

    def here(self, name: str, region: Region | None) -> Resolution | None:
        """The agency that editors call so in documents of `region` (null: of the centre): the nearest such one.

        An agency's name counts in its own region and in those inside it; one without a region is the centre's.
        """
        around = _around(region)
        near = [agency for agency in self.names.get(name, ()) if agency.region_code in around]
        return min(near, key=lambda agency: around.index(agency.region_code)).resolution if near else None

    def over(self, found: Resolution, name: str, region: Region | None) -> Resolution:
        """What the gazetteer `found` for a name, as editors left it.

        A name that it does not know may be that of an agency elsewhere, if only one has it and it names the place.
        """
        if (name, found.canonical) in self.denied:
            found = Resolution(name, False, False, region.code if region else None, region.level if region else "")
        elsewhere = [agency for agency in self.names.get(name, ()) if _tells_its_place(name, agency)]
        if not found.known and len(elsewhere) == 1:
            return elsewhere[0].resolution
        if agency := self.merged.get(found.canonical):
            return agency.resolution
        if agency := self.vouched.get(found.canonical):
            return replace(found, known=True, region_code=agency.region_code, level=agency.level)
        return found


def _around(region: Region | None) -> list[str | None]:
    """The codes of a region and of those around it, the nearest first; null for the centre."""
    if region is None or region.level == NATIONAL:
        return [None]
    code = region.code
    codes = (code, code[:CITY_DIGITS].ljust(6, "0"), code[:PROVINCE_DIGITS].ljust(6, "0"))
    return list(dict.fromkeys(codes))


def _tells_its_place(name: str, agency: EditedAgency) -> bool:
    return agency.region_code is None or any(word in name for word in agency.region_names)
