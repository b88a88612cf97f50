"""Days and spans of years as Chinese documents print them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

EARLIEST, LATEST = 1949, 2199  # years that a policy may speak of
AHEAD = 31  # days: a day without its year that lies further ahead of the issue is last year's

FULL_WIDTH = {0xFF10 + n: str(n) for n in range(10)}
DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0}

DAY = re.compile(
    r"""
    (?: (?P<year> (?<!\d)\d{4} | [〇○零O一二三四五六七八九]{4} ) \s{0,2} 年 \s{0,2} )?
    (?P<month> (?<!\d)\d{1,2} | [一二三四五六七八九十]{1,2} ) \s{0,2} 月 \s{0,2}
    (?P<day> \d{1,2} | [一二三四五六七八九十]{1,3} ) \s{0,2} 日
    """,
    re.VERBOSE,
)
NUMERIC_DAY = re.compile(r"(?<![\d.])(?P<year>\d{4})(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.])")
YEARS = re.compile(
    r"""
    (?P<first> (?<!\d)\d{4} | [〇○零O一二三四五六七八九]{4} ) \s{0,2} 年? \s{0,2}
    [-—–－―~～至到]{1,2} \s{0,2}
    (?P<last> \d{4}(?!\d) | [〇○零O一二三四五六七八九]{4} )
    """,
    re.VERBOSE,
)
MISREAD_ONE = re.compile(r"(?<=[年月\d])[lI](?=[月日\d])")
FIVE_YEARS = re.compile(r"(?<![一二三四五六七八九])十(?P<plan>[一二三四五六七八])(?:个五年|五)")
ELEVENTH = 2006  # first year of 十一五; every plan since takes five


@dataclass(frozen=True, slots=True)
class Day:
    """A day found at [start, end) of a text."""

    start: int
    end: int
    value: date


def small_number(text: str) -> int | None:
    """15, 十五, 二十三 as a number below 100, or a run of Chinese digits (一二八: 128); None for neither."""
    text = unicodedata.normalize("NFKC", text)
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if ten:
        if any(c not in DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
            return None
        return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
    if text and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    return None


def find_days(text: str, reference: date | None = None) -> Iterator[Day]:
    """The days that a text names, in its order: 2023年3月3日, 二〇二三年三月三日, 2023-03-03.

    A day without its year (2月24日) counts only with a `reference`, the day of the issue, and takes
    its year, or the one before where that would lie far ahead.
    """
    text = _plain_digits(text)
    found = [*DAY.finditer(text), *NUMERIC_DAY.finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        year = small_number(match["year"]) if match["year"] else None
        month, day = small_number(match["month"]), small_number(match["day"])
        if month is None or day is None:
            continue
        value = _day(year, month, day) if year is not None else _nearest(month, day, reference)
        if value:
            yield Day(match.start(), match.end(), value)


def parse_date(text: str, reference: date | None = None) -> date | None:
    """The first day that `find_days` finds, if any."""
    return next((found.value for found in find_days(text, reference)), None)


def parse_period(title: str) -> tuple[int, int] | None:
    """The years that a title states: （2023—2027年） or “十四五”; None if it states none."""
    text = _plain_digits(title)
    for match in YEARS.finditer(text):
        first, last = small_number(match["first"]), small_number(match["last"])
        if first and last and EARLIEST <= first < last <= LATEST:
            return first, last
    plan = FIVE_YEARS.search(text)
    if plan:
        begin = ELEVENTH + 5 * (DIGITS[plan["plan"]] - 1)
        return begin, begin + 4
    return None


def _plain_digits(text: str) -> str:
    """Full-width digits as ASCII ones, and 8月l日 as 8月1日; every offset stays."""
    return MISREAD_ONE.sub("1", text.translate(FULL_WIDTH))


def _nearest(month: int, day: int, reference: date | None) -> date | None:
    if reference is None:
        return None
    value = _day(reference.year, month, day)
    if value and (value - reference).days > AHEAD:
        return _day(reference.year - 1, month, day)
    return value


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
