"""How the names of agencies are formed: what is no single body, whose a body is, and the frames of official names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.parsing.regions import Region

PARTY = "中共"
ZONES = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区"}
ZONE = re.compile(r"(?<=[一-龥]{2})(?<!各)(?:高新区|经开区)(?=管委会?$|管理委员会$)")
CITY_ZONE = re.compile(rf"市?(?P<zone>{'|'.join([*ZONES, *ZONES.values()])})(?:管委会?|管理委员会)$")
COMMITTEE = re.compile(r"管委会?$")
PLACE_GOVERNMENT = re.compile(r"([省市区县州旗])政府$")
WITHOUT_CONGRESS = ("盟", "地区")  # an office of the province governs there

# Unnamed sets of bodies.
GROUP = re.compile(
    r"""
      ^各(?!族) | ^有条件的 | ^[\d一二三四五六七八九十]+个                            # 各市人民政府, 11个设区市
    | (?:有关|相关|成员|责任|承办|主管|职能|所在|属地).{0,8}
      (?:部门|单位|机构|企业|院校|高校|政府|管委会|地区|地方|区县|方面|[省市县区州盟])
      (?:（(?:单位|部门|机构|企业)）)?$                                  # 省级有关部门（单位）, 有关市
    | ^(?:[省市区县州]|自治区|中央|国家)[级直属内].{0,12}(?:部门|单位|机关|国企)$      # 市级部门, 省直机关
    | ^(?:地方|属地|基层|[省市县区州盟旗乡镇街道园设地级、（）()]{2,12})
      (?:以上|各级|地方){0,3}(?:人民政府|政府|党委|管委会|部门)?$     # 市县人民政府, 县（市、区）政府
    | ^(?:街道|乡镇|镇街|乡|镇)(?:办事处|办|人民政府|政府)(?:（[^（）]{2,8}）)?$      # 街道办事处（镇政府）
    | ^(?:国家级|省级|市级)?(?:新区|园区|开发区|功能区|产业园区|保税区)(?:管委会?|管理委员会)?$
    | (?:企业|运营商|机构|院校|高校|高等学校|科研院所|行业协会|社会组织)$          # 基础电信企业
    """,
    re.VERBOSE,
)
OF_ITS_LEVEL = re.compile(r"[省市区县州][级直属内县州区]|自治区[级直属内]")  # 省级有关部门 keeps its 省


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose body it is: a region, or an area with a management of its own.

    `short` is the region's name as branches of the centre use it (浙江); `named_short` says that the
    document printed that one; `area` that it is no region, to which no region's local names apply.
    """

    name: str
    short: str
    code: str | None
    level: str
    named_short: bool = False
    area: bool = False

    @classmethod
    def of(cls, region: Region, named_short: bool = False) -> "Owner":
        return cls(region.official, region.short_name, region.code, region.level, named_short)

    @property
    def party(self) -> str:
        """Its party committee as in the names of that committee's organs: 中共浙江省委, 中共广西壮族自治区委员会."""
        return f"中共{self.name}" + ("委员会" if self.name.endswith("自治区") else "委")

    def fill(self, pattern: str) -> str:
        """A pattern of `fixtures/agencies.json` as the name of the owner's body."""
        return pattern.format(name=self.name, short=self.short, party=self.party)


def city_zone(text: str) -> str | None:
    """高新技术产业开发区管理委员会 of 高新区管委会 or 市高新区管委会: the one of the city whose document prints it."""
    found = CITY_ZONE.match(text)
    return f"{ZONES.get(found['zone'], found['zone'])}管理委员会" if found else None


def government_of(region: Region) -> str:
    """Who governs a region: its people's government, in a league or a prefecture an office."""
    return region.official + ("行政公署" if region.name.endswith(WITHOUT_CONGRESS) else "人民政府")


def written_out(text: str) -> str:
    """管委会 and 政府 of an unknown place as they are called in full."""
    text = ZONE.sub(lambda zone: ZONES[zone[0]], text)
    text = COMMITTEE.sub("管理委员会", text)
    return PLACE_GOVERNMENT.sub(r"\1人民政府", text)


def department_stems(fields: Iterable[Mapping[str, Any]], suffixes: Mapping[str, str]) -> dict[str, str]:
    """Every way to print a department without its region: 经信厅, 经济信息化厅 → 经济和信息化厅."""
    stems: dict[str, str] = {}
    shorts: dict[str, str] = {}
    for row in fields:
        name = row["name"]
        for suffix, full in suffixes.items():
            stems[name + suffix] = name + full
            for short in (*row["short"], name.replace("和", ""), name.replace("监督管理", "监管")):
                shorts.setdefault(short + suffix, name + full)
    return shorts | stems


def name_frames(data: Mapping[str, Any]) -> dict[str, set[str]]:
    """The official names of regions' bodies around the region's name: what stands before it, and what after it."""
    frames: dict[str, set[str]] = {PARTY: set()}
    organs = ["{party}" + organ for organ in data["party"].values()]
    for pattern in (*data["whole"].values(), *data["branches"].values(), *data["carriers"].values(), *organs):
        for party in (f"{PARTY}{{name}}委", f"{PARTY}{{name}}委员会"):
            prefix, _, rest = pattern.replace("{party}", party).partition("{name}")
            if "{short}" not in prefix + rest:
                frames.setdefault(prefix, set()).add(rest)
    return frames


def short_frames(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """As `name_frames`, of the bodies that use the region's short name: 浙江海事局."""
    patterns = (*data["whole"].values(), *data["branches"].values(), *data["carriers"].values())
    parts = (pattern.partition("{short}") for pattern in patterns)
    return [(prefix, rest) for prefix, found, rest in parts if found]
