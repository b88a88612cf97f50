"""Every value that words can be read to print: more than the quantities in them, for an editor's to be found there.

智算中心12个   12           3.5万架   3.5, 35000     百分之五十   50
约一半         0.5, 50      翻两番    2, 4, 300      六成         6, 60
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import prod

import cn2an

from ingest.parsing.compact import CompactText
from ingest.parsing.numbers import ARABIC, ROUND, WELL_FORMED_HAN, number_value
from ingest.parsing.text import JoinedText
from ingest.parsing.units import known_units

HAN_POINT = re.compile(rf"(?:{WELL_FORMED_HAN.pattern})点[零〇一二三四五六七八九]{{1,4}}|{WELL_FORMED_HAN.pattern}")
HAN_RUN = re.compile(r"[零一二两三四五六七八九十百千万亿]{2,}")
BARE = re.compile(r"(?<![\d一二两三四五六七八九十百千万])[百千万](?!分)")  # 百个, 千亿元
TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
HALF = re.compile(r"半(?![年月导岛径程球])")
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
    for match in HAN_RUN.finditer(text):
        value = _whole(match[0])
        if value is not None:
            yield Decimal(value), match.end()
    for match in BARE.finditer(text):
        yield Decimal(ROUND[match[0]]), match.end()
    for match in DOUBLED.finditer(text):
        yield Decimal(1), match.end()


def _whole(printed: str) -> int | None:
    """25000 of 两万五千; None for what is no number as a whole, such as 万三."""
    try:
        return int(cn2an.cn2an(printed, "smart"))
    except ValueError:
        return None


def _scaled(text: str, value: Decimal, end: int) -> Iterator[Decimal]:
    """The same amount as it is said in another unit."""
    if multiplier := known_units().multiplier(text, end):
        yield value * prod(TIMES[char] for char in multiplier)
    following = text[end : end + 1]
    if following == "成":
        half = number_value(text[end + 1]) if text[end + 1 : end + 2] in tuple("一二三四五六七八九") else None
        yield from (value * 10 + (half or 0), value + Decimal(half or 0) / 10)  # 六成五
    elif following == "番" and value < 10:
        yield from (Decimal(2) ** value, (Decimal(2) ** value - 1) * 100)
    elif following == "倍":
        yield from (value * 100, value + 1)
