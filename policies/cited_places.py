"""Places in a document as citations print them: 第十七条第二款第（三）项, 第二、三款, 前款, 前两条."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NUMERAL = r"[一二三四五六七八九十百零〇两\d]{1,6}"
UNIT = re.compile(
    rf"""
    (?: 第?(?P<open>（) | 第 ) (?P<number>{NUMERAL}) (?(open)）)
    (?: [、至和]第?（?{NUMERAL}）? )*
    (?P<kind>[编章节条款项目]) (?:之(?P<sub>{NUMERAL}))?
    """,
    re.VERBOSE,
)
BACK = re.compile(r"[前上](?P<count>[一二两三四五]|数)?(?P<kind>[条款项])")
SEVERAL = re.compile(r"[、至和到]")
ORDER = "编章节条款项目"
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100}


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """`units`: 条 → 17 or 3_1, as eids number them.  `back`: (款, 1) for 前款, counted from where it is said."""

    units: Mapping[str, str] = field(default_factory=dict)
    back: tuple[str, int] | None = None


def read_place(printed: str) -> CitedPlace:
    """The first place that the words name; of 第八条、第九条 that is 第八条, of 第二、三款 第二款."""
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


def names_one_article(printed: str) -> bool:
    """Whether the words name one article and no more: 第十条第一款, not 第十条、第十二条 or 第十、十二条."""
    return printed.count("条") == 1 and not BACK.match(printed) and not SEVERAL.search(printed.partition("条")[0])


def numeral(printed: str) -> int:
    """二十三, 一百〇五, 二三, 23 as a number; 0 for what is none (十三十)."""
    if printed.isascii():
        return int(printed)
    if not POWERS.keys() & set(printed):
        return int("".join(str(DIGITS.get(char, char)) for char in printed))
    total, digit, least = 0, 0, 1000
    for char in printed:
        if power := POWERS.get(char):
            if power >= least:
                return 0
            total += (digit or 1) * power
            digit, least = 0, power
        elif char not in DIGITS or digit:
            return 0
        else:
            digit = DIGITS[char]
    return total + digit
