"""By when: the years that a text sets for what it promises.

    到2025年（底）  2026年底前  力争2027年  2024年，…  2023—2025年  到“十四五”末  “十五五”期间
    年内  到年底  今年（底前）  明年  三年内  用3年左右时间     where it is known which year the policy speaks in
    全年  上半年  三季度  6月底前                       where the policy is one of that year alone

Years that are looked back to (较2020年, 截至2022年底, 自2024年起, 〔2022〕25号) set none.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.parsing.present import NOWHEN, Present

YEAR = r"(?:(?:19|20)\d\d|二[〇零]\S\S)"
YEAR_WORDS = re.compile(
    rf"""
    (?<![\d.]) (?P<year> {YEAR}) (?: 年? (?: ——|[—–~-]|至|到) (?P<last> {YEAR}) )? 年
    | [“"]? (?P<plan> 十[一二三四五六七]) 五 (?![一二三四五六七八九十百千万个项家名]) [”"]?
      (?P<when> (?:规划)? (?:期末|末|期间|时期|期内|以来) )?
    """,
    re.VERBOSE,
)
RELATIVE = re.compile(
    r"""
    (?<![\d年每当来去一二两三四五六七八九十数半]) (?P<within>
        年内 | (?:年底|年末)之?前 | (?<![截止以]) [到至]年[底末] (?!之?前)
      )
    | (?<![\d年每较比]) (?P<part> 全年(?!龄) | [上下]半年 | 第?[一二三四]季度 | \d{1,2}月(?:底|末|\d{1,2}日)之?前 )
    | (?P<this> 今年 | 本年度? ) (?P<end> 年?底之?前 | 年?末之?前 | 年?底 | 年?末 | 年?内 )?
    | (?P<next> 明年 ) (?:年?底之?前|年?底)?
    | (?:(?<![^，。；：（、\n])|用|力争|争取|在|通过|经过|未来|今后|计划)(?:力争|争取|再?用)?
      (?P<years> [二两三四五六] | [2-6] ) 年 (?:左右)? (?: 内(?![部无未没不]) | (?:左右)?的?(?:时间|努力) )
    """,
    re.VERBOSE,
)
NOT_NOW = re.compile(r"以来|前|同期|[一二三四]季度以来|1[—–~-]")
BASE_OF_NOW = re.compile(r"(?:比|较|与|同|自|从|截至|截止)$")
YEAR_COUNTS = {**{str(n): n for n in range(2, 7)}, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

LED_TO = re.compile(r"(?:到|至|力争|确保|争取|在|于|预计|计划|拟|实现)$")
CUT_OFF = re.compile(r"(?:截至|截止到?|截至到)$")
BASE = re.compile(r"(?:比|较|与|同|以|自|从|由|相对于?|高于|按照?|根据)$")
NO_DEADLINE_AFTER = re.compile(r"相比|为基|基础上|以来|以后|起|开始|印发|发布|公布|修订|版|同期")
BASE_AFTER = re.compile(r"的\d")  # 2023年的30%, but not 提高到2027年的60%
WAY_TO = re.compile(r"[到至]$")
SINCE = re.compile(r"以来|起至今")
DAY = re.compile(r"\d{1,2}月\d{1,2}日")
END = re.compile(r"(?:年?底|末|\d{1,2}月底?|\d{1,2}月\d{1,2}日|上半年|中)?(?:之?前|以前|年?底|末)")
FIVE_YEARS_BEFORE = 1955  # the n-th plan of five years ends n times five years later (from the third on)
EARLIEST = 1949
REACH = 150  # characters of a sentence within which 年底前 is of the year told before it
PLAN_NUMBERS = {"十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16, "十七": 17}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A year that governs what follows; `kind` tells how firmly.

    until: 到2025年, 2025年底前.  bare: 2024年, which may also be the past.  period: 2023—2025年,
    “十四五”期间.  cutoff: 截至2022年底, as a rule the past.  past: 2015年以来.
    """

    start: int
    end: int
    kind: str
    year: int
    year_from: int | None = None


def find_deadlines(text: str, present: Present = NOWHEN) -> list[Deadline]:
    """The deadlines and looks back of a compact text, in its order."""
    deadlines = [
        deadline
        for found in YEAR_WORDS.finditer(text)
        if (deadline := _of_plan(text, found) if found["plan"] else _of_year(text, found))
    ]
    if present.year or present.period:
        relative = (_relative(text, found, present, deadlines) for found in RELATIVE.finditer(text))
        deadlines = sorted([*deadlines, *filter(None, relative)], key=lambda deadline: deadline.start)
    return deadlines


def year_number(printed: str) -> int | None:
    digits = printed.translate(HAN_DIGITS)
    return int(digits) if digits.isdigit() and digits.isascii() else None


def _relative(text: str, found: re.Match[str], present: Present, told: list[Deadline]) -> Deadline | None:
    """今年 and 三年内 counted from the year that the policy speaks in; 较今年 and 今年以来 set none.

    年底前 is the end of the year that its sentence tells, if it tells one; `told` are the years that are.
    全年 and 6月底前 are so too, but only where the policy is of one year.
    """
    start, end = found.span()
    if found["years"]:
        last = present.after(YEAR_COUNTS[found["years"]])
        return Deadline(start, end, "until", last) if last else None
    if not present.year or BASE_OF_NOW.search(text, max(start - 2, 0), start) or NOT_NOW.match(text, end):
        return None
    if found["next"]:
        return Deadline(_lead(text, start), end, "until", present.year + 1)
    if found["part"] and not present.yearly:
        return None
    if found["within"] or found["part"]:
        before = bisect_left(told, start, key=lambda deadline: deadline.start) - 1
        if before >= 0 and start - told[before].end <= REACH and "。" not in text[told[before].end : start]:
            return Deadline(start, end, "until", told[before].year)
        return Deadline(start, end, "until", present.year)
    return Deadline(_lead(text, start), end, "until" if found["end"] else "bare", present.year)


def _of_plan(text: str, found: re.Match[str]) -> Deadline | None:
    """到“十四五”末 is 2025; “十四五”期间 is 2021 to 2025; the name of the plan alone is none."""
    last = FIVE_YEARS_BEFORE + PLAN_NUMBERS[found["plan"]] * 5
    start, end = found.span()
    when = (found["when"] or "").removeprefix("规划")
    if when == "以来":
        return Deadline(start, end, "past", last)
    if when in ("期末", "末"):
        return Deadline(_lead(text, start), end, "until", last)
    if when:
        return Deadline(start, end, "period", last, last - 4)
    return None


def _of_year(text: str, found: re.Match[str]) -> Deadline | None:
    start, end = found.span()
    year = year_number(found["last"] or found["year"])
    first = year_number(found["year"])
    if year is None or first is None or first < EARLIEST:
        return None
    before, after = text[max(start - 4, 0) : start], text[end : end + 8]
    if SINCE.match(after):
        return Deadline(start, end, "past", year)
    if CUT_OFF.search(before):
        return Deadline(start, end, "cutoff", year)
    if found["last"]:
        return Deadline(start, end, "period", year, first) if first < year else None
    if BASE.search(before) or NO_DEADLINE_AFTER.match(after):
        return None
    if BASE_AFTER.match(after) and not WAY_TO.search(before):
        return None
    ending = END.match(text, end)
    if ending:
        return Deadline(_lead(text, start), ending.end(), "until", year)
    if DAY.match(after):
        return None
    if LED_TO.search(before):
        return Deadline(_lead(text, start), end, "until", year)
    return Deadline(start, end, "bare", year)


def _lead(text: str, start: int) -> int:
    """Where 到 or 力争到 before the year begins."""
    low = max(start - 6, 0)
    lead = re.search(r"(?:力争|确保|争取|预计|计划)?(?:到|至|在|于)?$", text[low:start])
    return low + lead.start() if lead else start
