"""Every value that words can be read to print: more than the quantities in them, for an editor's to be found there.

智算中心12个   12           3.5万架   3.5, 35000     百分之五十   50
约一半         0.5, 50      翻两番    2, 4, 300      六成         6, 60
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import prod

from ingest.parsing.compact import CompactText
from ingest.parsing.numbers import ARABIC, ROUND, WELL_FORMED_HAN, number_value
from ingest.parsing.text import JoinedText
from ingest.parsing.units import known_units

HAN_POINT = re.compile(rf"(?:{WELL_FORMED_HAN.pattern})点[零〇一二三四五六七八九]{{1,4}}|{WELL_FORMED_HAN.pattern}")
HAN_SUM = re.compile(r"[零一二两三四五六七八九十百千]+[万亿][零一二两三四五六七八九十百千万亿]+")
SUMMAND = re.compile(r"零?(?P<number>[^万亿]+)(?P<times>[万亿]?)")
BARE = re.compile(r"(?<![\d一二两三四五六七八九十百千万])[百千万](?!分)")  # 百个, 千亿元
TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
HALF = re.compile(r"半(?![年月导岛径程球])")
TENTHS = re.compile(r"成(?P<rest>[一二三四五六七八九])?")  # 六成五
DOUBLED = re.compile(r"翻(?=[番倍])")  # 翻番, 翻倍: once


def printed_values(words: str) -> set[Decimal]:
    """The values that a quote prints, each number times the 万 behind it too, and what 成, 番, 倍 and 半 make of it."""
    text = CompactText(JoinedText.of_line(words)).text
    found = set[Decimal]()
    for value, end in _numbers(text):
        found |= {value, *_scaled(text, value, end)}
    if HALF.search(text):
        found |= {Decimal("0.5"), Decimal(50)}
    return found


def _numbers(text: str) -> Iterator[tuple[Decimal, int]]:
    """Numbers with their ends: those that the number grammar reads, 两万五千 as one, and 翻番's once."""
    for pattern in (re.compile(ARABIC), HAN_POINT):
        for match in pattern.finditer(text):
            value = number_value(match[0])
            if value is not None:
                yield Decimal(str(value)), match.end()
    for match in HAN_SUM.finditer(text):
        whole = _whole(match[0])
        if whole is not None:
            yield whole, match.end()
    for match in BARE.finditer(text):
        yield Decimal(ROUND[match[0]]), match.end()
    for match in DOUBLED.finditer(text):
        yield Decimal(1), match.end()


def _whole(printed: str) -> Decimal | None:
    """25000 of 两万五千; None where a part of it is no number."""
    parts = [(number_value(part["number"]), part["times"]) for part in SUMMAND.finditer(printed)]
    if any(value is None for value, _ in parts):
        return None
    return sum((Decimal(value or 0) * TIMES.get(times, 1) for value, times in parts), Decimal(0))


def _scaled(text: str, value: Decimal, end: int) -> Iterator[Decimal]:
    """The same amount as it is said in another unit."""
    if multiplier := known_units().multiplier(text, end):
        yield value * prod(TIMES[char] for char in multiplier)
    if tenths := TENTHS.match(text, end):
        rest = Decimal(str((tenths["rest"] and number_value(tenths["rest"])) or 0))
        yield from (value * 10 + rest, value + rest / 10)
    following = text[end : end + 1]
    if following == "番" and value < 10:
        yield from (Decimal(2) ** value, (Decimal(2) ** value - 1) * 100)
    elif following == "倍":
        yield from (value * 100, value + 1)
