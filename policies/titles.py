"""Which document a title is of: 《浙江省公共数据条例（征求意见稿）》 and 《公共数据条例》 of Zhejiang are one.

A title is taken apart into what the document is called (`key`), the region that it names, and its stage.
Equal keys alone say little; who compares them looks at regions, stages and days too.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NATION = "100000"
REPUBLIC = "中华人民共和国"
SHORTEST = 4  # characters that must be left when a region's name is taken off the front
LONGEST_KEY = 300
SPOKEN_OF = ("71", "81", "82")  # 台湾同胞 and 香港居民 are whom mainland titles speak of, no places of theirs
BELOW = re.compile(r"(?:00)+$")  # 330000 lies around 3301…

SPACES_AND_QUOTES = re.compile(r"[\s“”\"'‘’「」『』]+")
DASHES = re.compile(r"[—–‐‑−~〜-]+")
MARKS = re.compile(r"[《》〈〉<>]")
BRACKETED = re.compile(r"\((?P<words>[^()]{1,20})\)")
DRAFT = re.compile(r"征求意见|草案|送审|讨论稿|审议稿|公示稿")
TRIAL = re.compile(r"^(?:试行|暂行)$")
AMENDED = re.compile(r"^(?:(?P<year>\d{4})年?)?(?:第[一二三四五六七八九十]次)?(?:修订|修正|修改|修订版|修订本|版|本)$")
PERIOD = re.compile(r"(?P<first>\d{4})年?[-至](?P<last>\d{4})年?")  # 2023年至2027年 as 2023-2027
UNBRACKETED_DRAFT = re.compile(r"(?:修订草案|草案)?(?:征求意见稿|送审稿|审议稿)$|(?<=条例)(?:修订)?草案$")
# What a notice brings, not the notice: 关于印发《…》的通知, 关于印发…的通知, 关于《…》公开征求意见的公告.
BROUGHT = (
    re.compile(r"关于[^《》]{0,8}?(?:印发|发布|公布|颁布|转发|征求)[^《》]{0,12}《(?P<what>.+)》"),
    re.compile(r"关于(?:对|就)?《(?P<what>.+)》[^《》]{0,12}征求[^《》]{0,12}$"),
    re.compile(r"关于[^《》]{0,8}?(?:印发|发布|公布|颁布|转发)(?P<what>[^《》]{4,})的(?:通知|公告|通告|决定)$"),
    re.compile(r"关于[^《》]{0,8}?征求(?P<what>[^《》]{4,})意见的(?:通知|公告|函)$"),
)
ISSUER = re.compile(r"^(?:[^《》]{0,60}?[院厅委局府部会办处署行央社室构])?关于(?P<what>.{4,})$")


class Stage(StrEnum):
    """How far a document has come, as its title says."""

    FINAL = ""
    TRIAL = "trial"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart.

    `places` are codes of the regions that the name at the front of the document's own name may mean, and
    `issuer_places` those before it, in its issuer's name; both empty without one.  `year` is that of an
    edition: （2021年修订）, （2024年本）.
    """

    key: str
    places: frozenset[str]
    issuer_places: frozenset[str]
    stage: Stage
    year: int | None = None


class TitleReader:
    """Takes titles apart; made from (code, name, short name) of all regions, asked often."""

    def __init__(self, regions: Iterable[tuple[str, str, str]]):
        names: defaultdict[str, set[str]] = defaultdict(set)
        for code, name, short in regions:
            if code != NATION:
                names[name].add(code)
                if not code.startswith(SPOKEN_OF):
                    names[short].add(code)
        self._names = {name: frozenset(codes) for name, codes in names.items() if name}
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def read(self, title: str) -> Title:
        text, stage, year = _without_stage(fold(title))
        text, places = self._without_place(text)
        issuer_places: frozenset[str] = frozenset()
        brought = next(filter(None, (pattern.search(text) for pattern in BROUGHT)), None)
        if brought:
            text, inner, inner_year = _without_stage(brought["what"])
            stage, year = inner or stage, inner_year or year
        issued = ISSUER.match(text)
        if issued:
            text = issued["what"]
        if brought or issued:
            text, inner_places = self._without_place(text)
            places, issuer_places = inner_places, places
        key = MARKS.sub("", text).replace(REPUBLIC, "")  # 实施《中华人民共和国水法》办法 is 实施《水法》办法
        return Title(key[:LONGEST_KEY], places, issuer_places, stage, year)

    def _without_place(self, text: str) -> tuple[str, frozenset[str]]:
        """The text after the regions that it begins with (浙江省杭州市…), and the codes of the last of them."""
        if text.startswith(REPUBLIC) and len(text) > len(REPUBLIC) + 1:
            return text.removeprefix(REPUBLIC), frozenset({NATION})
        places: frozenset[str] = frozenset()
        while name := self._leading(text):
            around = tuple(BELOW.sub("", code) for code in places)
            if places and not any(code.startswith(around) for code in self._names[name]):
                break  # a region elsewhere is what the title is about
            places = self._names[name]
            text = text.removeprefix(name)
        return text, places

    def _leading(self, text: str) -> str | None:
        fitting = (text[:length] for length in self._lengths if length + SHORTEST <= len(text))
        return next((name for name in fitting if name in self._names), None)


def fold(title: str) -> str:
    """A title without what printing varies: width of characters, spaces, quotation marks, dashes, 年 of periods."""
    text = SPACES_AND_QUOTES.sub("", unicodedata.normalize("NFKC", title)).lower()
    return PERIOD.sub(r"\g<first>-\g<last>", DASHES.sub("-", text))


def _without_stage(text: str) -> tuple[str, Stage, int | None]:
    """The title without the brackets, or the end, that say its stage or the year of its edition, and those two.

    Other brackets (2023-2027) stay.
    """
    stage, year = Stage.FINAL, None

    def judge(found: re.Match[str]) -> str:
        nonlocal stage, year
        words = found["words"]
        if DRAFT.search(words):
            stage = Stage.DRAFT
        elif TRIAL.match(words):
            stage = stage or Stage.TRIAL
        elif amended := AMENDED.match(words):
            year = int(amended["year"]) if amended["year"] else year
        else:
            return found[0]
        return ""

    text = BRACKETED.sub(judge, text)
    shorter = UNBRACKETED_DRAFT.sub("", text)
    return (shorter, Stage.DRAFT, year) if shorter and shorter != text else (text, stage, year)
