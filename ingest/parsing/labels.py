"""The labels that provisions begin with: 第三条, 一、, （一）, 1., ①, ——; read from the start of a line.

Styles and what they look like (GB/T 9704 and the law on legislation order them 编, 章, 节, 条, 款, 项, 目;
plans and notices 一、, （一）, 1., （1）; guides and standards 1, 1.1, 1.1.2).

A label is `doubtful` when it may be words of a sentence (一、二类水质, 3.5G网络) and `slipped` when the print has lost
a part of it, the dot of `3 推进…` or the mark of `二 重点任务`: whoever reads one should see that its number is
due.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

PART, CHAPTER, DIVISION, ROMAN, HAN, ARTICLE = "part", "chapter", "division", "roman", "han", "article"
HAN_PAREN, ARABIC, DECIMAL, ARABIC_PAREN = "han_paren", "arabic", "decimal", "arabic_paren"
CIRCLED, DASH = "circled", "dash"

LEVELS = {
    PART: 1,
    CHAPTER: 2,
    DIVISION: 3,
    ROMAN: 3,
    HAN: 4,
    ARTICLE: 5,
    HAN_PAREN: 6,
    ARABIC: 7,
    DECIMAL: 7,
    ARABIC_PAREN: 8,
    CIRCLED: 9,
    DASH: 10,
}

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ONE_CHARACTER = re.compile(r"[⑴-⒇⒈-⒛㈠-㈩]")  # ⑴ is （1）, ⒈ is 1., ㈠ is （一）

_HAN = "零〇○一二两三四五六七八九十百千"
_STATUTE = re.compile(  # a dash is a 一 misread
    rf"""第\s?(?P<number>[{_HAN}][{_HAN}－—-]{{,6}}(?:\s[{_HAN}]{{1,3}})?|\d{{1,4}})\s?
         (?P<unit>[编編篇章节節条條]|部分)
         (?:之(?P<sub>[{_HAN}]{{1,3}}))?""",
    re.VERBOSE,
)
_HAN_POINT = re.compile(rf"([{_HAN}]{{1,4}})\s?[、.．]\s?")
_HAN_LOST = re.compile(rf"([{_HAN}]{{1,3}})\s+(?=\S)")
_HAN_HALF_BRACKET = re.compile(rf"([{_HAN}]{{1,3}})[）)]\s?")
_HAN_BRACKETS = re.compile(rf"[（(]\s?([{_HAN}]{{1,4}})\s?[）)]\s?[、.．]?\s?")
_REFERS_TO_POINTS = re.compile(
    rf"[（(][{_HAN}]{{1,4}}[）)](?:[、至到和或及]\s?[（(]|项(?:规定|所列|情形|[的中、和或至]))"
)
_ARABIC_POINT = re.compile(r"(\d{1,3})\s?[.．、](?=\D|$)\s*")
_DECIMAL = re.compile(
    r"(?P<above>\d{1,2}(?:[.．][1-9]\d?){0,2})[.．](?P<number>[1-9]\d?)(?![.．\d])\s?、?(?:\s+(?=\S)|(?=[\u4e00-\u9fff“《]))"
)
_ROMAN = re.compile(r"([Ⅰ-Ⅻ])\s?[、.．]\s?(?![Ⅰ-Ⅻ])")
_ARABIC_CLASH = re.compile(r"(\d{1,2})[.．、](?=\d{1,2}[GDK][^\d.])")  # 3.5G网络: the third item, or a number
_ARABIC_LOST = re.compile(r"(\d{1,3})(?:\s+(?=[\u4e00-\u9fff“《A-Za-z])|(?=[\u4e00-\u9fff“《]))")
_ARABIC_BRACKETS = re.compile(r"(?:[（(]\s?(\d{1,3})\s?[）)]|(\d{1,2})[）)])\s?[、.．]?\s?")
_DASHES = re.compile(r"(?:[—―─]{2,4}|-{2,4}|[—―─－](?=[^\s\d—―─－\-]))\s?(?=[^\s—―─－\-])")

# 5 个, 3年: a number that counts, though 1 人工智能 may label
_MEASURES = frozenset("个家项年月日万亿千百米吨元条种类批人名次倍级类座台套户部所处时分秒天周度省市县区亩公千座位%％°℃")

STATUTE_STYLES = {
    "编": PART,
    "編": PART,
    "篇": PART,
    "部分": PART,
    "章": CHAPTER,
    "节": DIVISION,
    "節": DIVISION,
    "条": ARTICLE,
    "條": ARTICLE,
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a text; `end` is where what follows it begins."""

    style: str
    number: int
    text: str
    end: int
    sub: int = 0  # the N of 第三条之N
    above: tuple[int, ...] = ()  # the 2, 3 of 2.3.N
    slipped: bool = False
    doubtful: bool = False

    @property
    def level(self) -> int:
        return LEVELS[self.style]


def han_number(text: str) -> int:
    """二十一 → 21, 一百零三 → 103, 二〇二三 → 2023, 12 → 12."""
    text = text.replace(" ", "")
    if text.isdecimal():
        return int(text)
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text if char in _DIGITS) or 0)
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit


def read_label(text: str) -> Label | None:
    """The label that `text` begins with, if any.  `text` has no leading white space or Markdown."""
    if not text:
        return None
    first = text[0]
    if _ONE_CHARACTER.match(first):
        written = read_label(unicodedata.normalize("NFKC", first))
        return replace(written, end=len(text) - len(text[1:].lstrip(" 、.．"))) if written else None
    if first == "第":
        return _statute(text)
    if first in "（(":
        return _bracketed(text)
    if first.isdecimal():
        return _arabic(text)
    if first in _CIRCLED:
        rest = len(text) - len(text[1:].lstrip(" 、.．"))
        return Label(CIRCLED, _CIRCLED.index(first) + 1, first, rest)
    if first in _HAN:
        return _han(text)
    if roman := _ROMAN.match(text):
        return Label(ROMAN, int(unicodedata.numeric(first)), first, roman.end())
    match = _DASHES.match(text)
    return Label(DASH, 0, "——", match.end()) if match else None


def _statute(text: str) -> Label | None:
    match = _STATUTE.match(text)
    if not match:
        return None
    style = STATUTE_STYLES[match["unit"]]
    label = re.sub(r"[－—-]", "一", re.sub(r"\s", "", match[0]))
    end = len(text) - len(text[match.end() :].lstrip())
    return Label(
        style, han_number(re.sub(r"[－—-]", "一", match["number"])), label, end, sub=han_number(match["sub"] or "零")
    )


def _bracketed(text: str) -> Label | None:
    match = _HAN_BRACKETS.match(text)
    if match:
        if _REFERS_TO_POINTS.match(text):
            return None
        return Label(HAN_PAREN, han_number(match[1]), f"（{match[1]}）", match.end())
    match = _ARABIC_BRACKETS.match(text)
    return Label(ARABIC_PAREN, int(match[1]), f"（{int(match[1])}）", match.end()) if match else None


def _arabic(text: str) -> Label | None:
    match = _ARABIC_POINT.match(text)
    if match:
        return Label(ARABIC, int(match[1]), str(int(match[1])), match.end())
    match = _DECIMAL.match(text)
    if match:
        above = tuple(map(int, re.split(r"[.．]", match["above"])))
        number, counts = int(match["number"]), len(above) == 1 and text[match.end()] in _MEASURES
        label = ".".join(map(str, (*above, number)))
        return Label(DECIMAL, number, label, match.end(), above=above, doubtful=counts)
    match = _ARABIC_CLASH.match(text)
    if match:
        return Label(ARABIC, int(match[1]), str(int(match[1])), match.end(), doubtful=True)
    match = _ARABIC_BRACKETS.match(text)
    if match:
        return Label(ARABIC_PAREN, int(match[2]), f"（{int(match[2])}）", match.end())
    match = _ARABIC_LOST.match(text)
    if not match:
        return None
    counts = text[match.end()] in _MEASURES
    return Label(ARABIC, int(match[1]), str(int(match[1])), match.end(), slipped=True, doubtful=counts)


def _han(text: str) -> Label | None:
    match = _HAN_POINT.match(text)
    if match:  # 一、二类水质 begins like 三、一体化推进: only the number that is due tells them apart
        in_a_row = text[match.end() : match.end() + 1] in tuple(_HAN)
        return Label(HAN, han_number(match[1]), match[1], match.end(), doubtful=in_a_row)
    match = _HAN_HALF_BRACKET.match(text)
    if match:
        return Label(HAN_PAREN, han_number(match[1]), f"（{match[1]}）", match.end(), slipped=True)
    if text.startswith("一一") and text[2:3] not in tuple(_HAN):  # ——, misread
        return Label(DASH, 0, "——", 2, slipped=True)
    match = _HAN_LOST.match(text)
    return Label(HAN, han_number(match[1]), match[1], match.end(), slipped=True) if match else None
