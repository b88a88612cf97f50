"""Varied copies of an issue: as long and built as it, about other places and matters, with other figures."""

import random
import re
from collections.abc import Iterator, Sequence

from ingest.parsing.gazetteer import Gazetteer
from policies.models import Issue

MATTERS = (
    "数据", "算力", "档案", "标准", "物流", "能源", "农业", "文化", "气象", "测绘", "水利", "海洋", "旅游", "教育",
    "医疗", "养老", "商贸", "金融", "交通", "林草",
)  # fmt: skip
YEARLY = 50  # issues of a year
FIRST_YEAR = 2040  # later than the samples and any true issue
HEAD = re.compile(r"\d{4}(年\d{1,2}月\d{1,2}日\s*第)\d+(期\s*总第)\d+期")
FIGURE = re.compile(r"\d+(?=\s*[%万亿个项家处台套])")
MATTER = re.compile(r"(?<!大)数据")  # the digest's own name stays


def copies(originals: Sequence[str], first: int, count: int) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of `count` copies from the number `first` on, the originals in turn."""
    provinces = [region.short_name for region in Gazetteer.from_fixtures().regions.all() if region.name.endswith("省")]
    for number in range(first, first + count):
        year, issue = FIRST_YEAR + number // YEARLY, number % YEARLY + 1
        text = _varied(originals[number % len(originals)], number, provinces)
        text = HEAD.sub(rf"{year}\g<1>{issue}\g<2>{number + 1}期", text)
        yield f"{year}-{issue:02}.txt", text.encode()


def unused() -> int:
    """The number of the first copy that the base does not hold, nor any later one."""
    last = Issue.objects.filter(year__gte=FIRST_YEAR).order_by("year", "number").last()
    return (last.year - FIRST_YEAR) * YEARLY + last.number if last else 0


def _varied(text: str, number: int, provinces: Sequence[str]) -> str:
    dice = random.Random(number)  # noqa: S311 nothing secret is drawn
    places = dict(zip(provinces, [*provinces[number % len(provinces) :], *provinces], strict=False))
    matter = MATTERS[number // len(provinces) % len(MATTERS)]
    text = re.sub("|".join(places), lambda found: places[found[0]], text)
    text = MATTER.sub(matter, text)
    return FIGURE.sub(lambda found: str(dice.randrange(1, 10 ** len(found[0]))), text)
