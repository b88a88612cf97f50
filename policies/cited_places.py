"""Places in a document as citations print them: 第十七条第二款第（三）项, 前款, 前两条."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import cn2an

NUMERAL = r"[一二三四五六七八九十百零〇两\d]{1,6}"
UNIT = re.compile(
    rf"第(?P<open>（)?(?P<number>{NUMERAL})(?(open)）)(?P<kind>[编章节条款项目])(?:之(?P<sub>{NUMERAL}))?"
)
BACK = re.compile(r"前(?P<count>[一二两三四五]|数)?(?P<kind>[条款项])")
ORDER = "编章节条款项目"


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """`units`: 条 → 17 or 3_1, as eids number them.  `back`: (款, 1) for 前款, counted from where it is said."""

    units: Mapping[str, str] = field(default_factory=dict)
    back: tuple[str, int] | None = None


def read_place(printed: str) -> CitedPlace:
    """The first place that the words name; of 第八条、第九条 that is 第八条."""
    back = BACK.match(printed)
    at = back.end() if back else 0
    units: dict[str, str] = {}
    rank = ORDER.index(back["kind"]) if back else -1
    while (unit := UNIT.match(printed, at)) and ORDER.index(unit["kind"]) > rank:
        number = numeral(unit["number"])
        units[unit["kind"]] = f"{number}_{numeral(unit['sub'])}" if unit["sub"] else str(number)
        rank, at = ORDER.index(unit["kind"]), unit.end()
    if back is None:
        return CitedPlace(units)
    count = back["count"]
    return CitedPlace(units, (back["kind"], numeral(count) if count and count != "数" else 1))


@lru_cache(maxsize=2048)
def numeral(printed: str) -> int:
    """二十三, 一百〇五, 23 as a number; 0 for what is none."""
    if printed.isascii():
        return int(printed)
    try:
        return int(cn2an.cn2an(printed, "smart"))
    except ValueError:
        return 0
