"""The time that a statistical fact is of: 2022, 2022年末, 2022-12, 2023-01/2023-10."""

import re
from dataclasses import dataclass

SPAN = r"[—–~-]|——|至|到"
PARTED = r"(?P<part>上半年|下半年|前三季度|[一1](?:至|[—–~-])[三3]季度|第?[一二三四]季度)"
UPTO = r"前(?P<upto>\d{1,2})个月"
TITLE_TIME = re.compile(
    rf"(?P<year>(?:19|20)\d\d)年?(?:(?:(?P<first>\d{{1,2}})月?(?:{SPAN}))?(?P<month>\d{{1,2}})月|{PARTED}|{UPTO})?"
)
TIME = re.compile(
    rf"(?P<year>(?:19|20)\d\d年)?(?:(?P<first>\d{{1,2}})月?(?:{SPAN}))?(?P<month>\d{{1,2}})月份?(?:末|底)?"
    rf"|(?P<parted>(?:19|20)\d\d年)?(?:{PARTED}|{UPTO})"
    r"|(?P<ending>(?:19|20)\d\d)?(?:年末|年底)|(?P<whole>全年|当年(?!价))|(?P<only>(?:19|20)\d\d)年"
)
PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip
LOOKS_BACK = re.compile(r"[上去比较自从由与]$|[上去]年$")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year that a bulletin is about, and the time of its facts where they name none."""

    year: int
    default: str

    @classmethod
    def of_title(cls, title: str) -> "Calendar | None":
        """2023年1—10月份…运行情况 → 2023, 2023-01/2023-10; None where the title has no year."""
        found = TITLE_TIME.search(re.sub(r"\s+", "", title))
        if found is None:
            return None
        year = int(found["year"])
        if found["part"]:
            return cls(year, _part(year, found["part"]))
        if found["upto"]:
            return cls(year, _months(year, 1, int(found["upto"])))
        if found["month"]:
            return cls(year, _months(year, int(found["first"] or found["month"]), int(found["month"])))
        return cls(year, str(year))

    def time_in(self, words: str) -> str | None:
        """The time that the words before a number name; 比上年末 and 较2020年 name none."""
        named = None
        for found in TIME.finditer(words):
            if not LOOKS_BACK.search(words, max(found.start() - 2, 0), found.start()):
                named = self._read(found)
        return named

    def _read(self, found: re.Match[str]) -> str:
        if found["month"]:
            year = int(found["year"][:4]) if found["year"] else self.year
            return _months(year, int(found["first"] or found["month"]), int(found["month"]))
        if found["part"] or found["upto"]:
            year = int(found["parted"][:4]) if found["parted"] else self.year
            return _part(year, found["part"]) if found["part"] else _months(year, 1, int(found["upto"]))
        if found["whole"]:
            return str(self.year)
        if found["only"]:
            return found["only"]
        return f"{found['ending'] or self.year}年末"


def _part(year: int, part: str) -> str:
    """三季度, 第三季度 and 一至三季度 (the same as 前三季度)."""
    quarters = "前三季度" if part[1] in "至—–~-" else part.removeprefix("第")
    return _months(year, *PARTS[quarters])


def _months(year: int, first: int, last: int) -> str:
    if (first, last) == (1, 12):
        return str(year)
    return f"{year}-{last:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"
