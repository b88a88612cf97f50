"""Quantities in Chinese prose: a number or a span of numbers, and its unit.

    25万个   12.5EFLOPS   百分之七十   三百二十家   1—2家   5%至8%   百个   千亿元   六成   1000余项

The text is a CompactText's.  Ordinals (第3), names (5G, IPv6, 1+N, 200G/400G) and years are no
quantities.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cn2an

from ingest.parsing.units import Unit, known_units

Number = int | float

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN = r"[零〇一二两三四五六七八九十百千万]{1,9}(?:点[零〇一二三四五六七八九]{1,4})?"
CANDIDATE = re.compile(rf"(?P<part>百分之|千分之)?(?P<number>{ARABIC}|{HAN})")
SPAN = re.compile(rf"(?P<dash>——|[—–~-]|至|到)(?P<part>百分之|千分之)?(?P<number>{ARABIC}|{HAN})")
DIGIT = "[一二三四五六七八九]"
HUNDREDS = f"[一二三四五六七八九两]百(?:{DIGIT}?十{DIGIT}?|零?{DIGIT})?"
WELL_FORMED_HAN = re.compile(  # 三百二十, not the enumerating 三五, the digits of a year or the slip 一百零二十
    rf"[一二三四五六七八九两]千(?:{HUNDREDS}|零?{DIGIT}?十{DIGIT}?|零?{DIGIT})?|{HUNDREDS}|{DIGIT}?十{DIGIT}?|[零一二两三四五六七八九]"
)
ROUND = {"百": 100, "千": 1000, "万": 10000}
PARTS = {"百分之": Unit("%", "share"), "千分之": Unit("‰", "share")}
NAME_BEFORE = re.compile(
    r"[A-Za-z+.×/〔\[=](?<!GDP)(?<!GNP)(?<!CPI)(?<!PPI)(?<!PMI)(?<!FDI)(?<!R&D)$|[A-Za-z]-$|第$|第\d+[、—-]$|十[一二三四五六七]$|每$|(?<![底之月年以])前$|(?<=[A-Za-z\d])[/.]$"
)
PER_MANY = re.compile(r"/(?:10{0,5}|[十百])?[千万亿](?![^，。；、）以左\n])")
VAGUE_BEFORE = re.compile(r"[数几上]$")  # 数百家, 上千个
NO_UNIT = Unit("", "none")
LONGEST = 15  # digits; what is longer is a telephone number or a serial


@dataclass(frozen=True, slots=True)
class Quantity:
    """[start, end) of the compact text; `value_max` where a span is printed.

    `numeral` is arabic, han or round (百家: one hundred); `more` is set by 余 and 多.
    """

    start: int
    end: int
    value: Number
    unit: Unit
    value_max: Number | None = None
    numeral: str = "arabic"
    more: bool = False


def find_quantities(text: str) -> Iterator[Quantity]:
    """All quantities of a compact text in their order; linear in its length."""
    done = 0
    for found in CANDIDATE.finditer(text):
        if found.start() < done:
            continue
        quantity = _quantity_at(text, found)
        if quantity is not None:
            done = quantity.end
            yield quantity


def number_value(printed: str) -> Number | None:
    """1,200 → 1200, 3.2 → 3.2, 三百二十 → 320; None for what is no single number (三五)."""
    if printed[0].isdigit():
        digits = printed.replace(",", "")
        if len(digits) > LONGEST:
            return None
        return float(digits) if "." in digits else int(digits)
    return _han_value(printed)


@lru_cache(maxsize=2000)
def _han_value(printed: str) -> Number | None:
    whole, _, fraction = printed.partition("点")
    if not WELL_FORMED_HAN.fullmatch(whole):
        return None
    value = cn2an.cn2an(whole if not fraction else printed, "smart")
    return float(value) if fraction else int(value)


def _quantity_at(text: str, found: re.Match[str]) -> Quantity | None:
    printed, part = found["number"], found["part"]
    start = found.start()
    arabic = printed[0].isdigit()
    if NAME_BEFORE.search(text, max(start - 6, 0), start) or (arabic and text.startswith(("+", "×"), found.end())):
        return None
    if part:
        value = number_value(printed)
        return None if value is None else _spanned(text, start, found.end(), value, PARTS[part], "arabic")
    if arabic:
        value = number_value(printed)
        return None if value is None else _with_unit(text, start, found.end(), value, "arabic")
    return _han_quantity(text, start, printed)


def _han_quantity(text: str, start: int, printed: str) -> Quantity | None:
    """三百二十家, 两万个, 百家, 百万台; 万 and 亿 behind a numeral belong to the unit as printed."""
    if VAGUE_BEFORE.search(text, max(start - 1, 0), start):
        return None
    if printed in ROUND:
        unit = known_units().match(text, start + 1)
        whole = unit is not None and unit.group == "money" and unit.text[0] in "万亿"  # 千亿元, not 千元
        if unit is None or not (unit.group == "count" or whole):
            return None
        return Quantity(start, start + 1 + len(unit.text), ROUND[printed], unit, numeral="round")
    numeral = printed.removesuffix("万")
    if not numeral:
        return None
    value = ROUND[numeral] if numeral in ROUND else number_value(numeral)
    if value is None:
        return None
    return _with_unit(text, start, start + len(numeral), value, "han")


def _with_unit(text: str, start: int, end: int, value: Number, numeral: str) -> Quantity | None:
    more = text[end : end + 1] in ("余", "多")
    unit_at = end + more
    unit = known_units().match(text, unit_at)
    if unit is None and not more:
        unit, unit_at, more = _late_more(text, end)
    if unit is not None:
        return _spanned(text, start, unit_at + len(unit.text), value, unit, numeral, more=more)
    multiplier = known_units().multiplier(text, end)
    upper = SPAN.match(text, end + len(multiplier))
    if upper is not None:
        return _span_without_first_unit(text, start, value, multiplier, upper, numeral)
    per = PER_MANY.match(text, end) if numeral == "arabic" and not more else None
    if per:  # 12/10万: of every hundred thousand
        return Quantity(start, per.end(), value, Unit(per[0], "share"), numeral=numeral)
    if numeral == "arabic" and not more:
        end += len(multiplier)
        if _stands_alone(text, end):
            return Quantity(start, end, value, Unit(multiplier, "none"), numeral=numeral)
    return None


def _late_more(text: str, end: int) -> tuple[Unit | None, int, bool]:
    """3万余个, 2000万多户: the unit is what is printed around 余."""
    multiplier = known_units().multiplier(text, end)
    at = end + len(multiplier)
    if multiplier and text[at : at + 1] in ("余", "多"):
        unit = known_units().match(text, at + 1)
        if unit is not None:
            return Unit(multiplier + unit.text, unit.group), at + 1 - len(multiplier), True
    return None, end, False


def _stands_alone(text: str, end: int) -> bool:
    """Whether a number without a unit ends a phrase, as an index does: PUE降至1.25以下。"""
    following = text[end : end + 2]
    return not following or following[0] in "，。；、）\n" or following in ("以上", "以下", "左右", "以内", "之间")


def _spanned(
    text: str, start: int, end: int, value: Number, unit: Unit, numeral: str, *, more: bool = False
) -> Quantity:
    """The quantity up to `end`, or on to the second end of 5%—8%, 3万至5万个."""
    upper = SPAN.match(text, end)
    if upper is not None and _span_allowed(text, start, upper):
        if upper["part"]:
            value_max, second, second_end = number_value(upper["number"]), PARTS[upper["part"]], upper.end()
        else:
            value_max = number_value(upper["number"])
            found = known_units().match(text, upper.end())
            second, second_end = found or NO_UNIT, upper.end() + len(found.text if found else "")
        if (
            value_max is not None
            and value_max > value
            and second.group == unit.group
            and second.text.endswith(unit.text)
        ):
            return Quantity(start, second_end, value, second, value_max, numeral, more)
    return Quantity(start, end, value, unit, None, numeral, more)


def _span_without_first_unit(
    text: str, start: int, value: Number, multiplier: str, upper: re.Match[str], numeral: str
) -> Quantity | None:
    """1—2家, 3万至5万个: one unit for both ends."""
    value_max = number_value(upper["number"])
    unit = known_units().match(text, upper.end())
    if (
        unit is None
        or not unit.text.startswith(multiplier)
        or value_max is None
        or value_max <= value
        or not _span_allowed(text, start, upper)
    ):
        return None
    return Quantity(start, upper.end() + len(unit.text), value, unit, value_max, numeral)


def _span_allowed(text: str, start: int, upper: re.Match[str]) -> bool:
    """从3个到5个 is a way, not a span: its second number alone counts."""
    return not (upper["dash"] in ("至", "到") and text[max(start - 1, 0) : start] in ("从", "由"))
