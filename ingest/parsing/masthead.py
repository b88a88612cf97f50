"""The masthead: an issue's year, numbers, day, cover title and publisher."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from ingest.parsing.contents import Contents
from ingest.parsing.dates import EARLIEST, LATEST, find_days, small_number
from ingest.parsing.titles import LONGEST, key, likeness, runs, tidy
from ingest.records import IssueRecord

NUMERAL = r"\s{0,2}([0-9０-９一二三四五六七八九十〇○]{1,4})\s{0,2}"
NUMBER = re.compile(rf"(?<!总)(?<!总\s)第{NUMERAL}期")
TOTAL = re.compile(rf"总\s{{0,2}}(?:第{NUMERAL}期|期\s{{0,2}}第?{NUMERAL}期?)")
BARE_TOTAL = re.compile(rf"总{NUMERAL}期")
YEAR = re.compile(r"(?<!\d)([12]\d{3})\s{0,2}年")
PUBLISHER = re.compile(
    r"(?P<role>主\s{0,4}编|主\s{0,4}办|编\s{0,4}印)\s{0,2}(?:单\s{0,2}位|机\s{0,2}构)?(?:\s*[:：]\s*|\s+|$)(?P<name>.*)"
)
BODIES = re.compile(r"(?:联合主编|学术支持|支持单位|协办|主编|主办|编印)(?:单位|机构)?[:：]?")
STAFF = re.compile(r"(?:联合主编|学术支持|编委会|总编辑|主编|主办|声明[:：])")
ORGANISATION = re.compile(r"[\u4e00-\u9fff（）()]{4,40}(?:院|会|所|室|盟|中心|公司|集团|局|厅|部|社)$")
COVER_LINES = 3  # that a cover title may be wrapped over


def read_masthead(lines: Sequence[str], contents: Contents) -> IssueRecord:
    """The issue's fields from the lines before its contents list; None for what is not printed there."""
    head = [_spaced(line) if len(line) <= LONGEST else "" for line in lines[: contents.start_line - 1]]
    issue = IssueRecord(contents=[entry.record for entry in contents.entries])
    issue.published_on = _day(head)
    issue.number = _number(head, NUMBER)
    issue.total_number = _number(head, TOTAL) or _number(head, BARE_TOTAL)
    issue.year = issue.published_on.year if issue.published_on else _year(head)
    issue.publisher = _publisher(head)
    issue.cover_title = _cover_title(head, contents)
    return issue


def journal_names(lines: Sequence[str], contents: Contents) -> set[str]:
    """What the cover prints twice, the digest's name, which pages repeat at their top; without spaces."""
    head = [re.sub(r"\s", "", line) for line in lines[: contents.start_line - 1]]
    printed = Counter(head[: _staff(head)])
    return {line for line, times in printed.items() if 3 <= len(line) <= 20 and times > 1 and not NUMBER.search(line)}


def organisations(lines: Sequence[str], contents: Contents) -> set[str]:
    """The bodies that the masthead names, whose portraits make up the back matter; without spaces."""
    bare = (
        BODIES.sub("", re.sub(r"\s", "", line)) for line in lines[: contents.start_line - 1] if len(line) <= LONGEST
    )
    return {name for name in bare if ORGANISATION.match(name)}


def _spaced(line: str) -> str:
    return " ".join(line.split())


def _day(head: Sequence[str]) -> date | None:
    return next((day.value for line in head for day in find_days(line)), None)


def _number(head: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    for line in head:
        match = pattern.search(line)
        if match:
            return small_number(next(g for g in match.groups() if g)) or None
    return None


def _year(head: Sequence[str]) -> int | None:
    """The year printed beside the number: 2023年第48期."""
    for line in head:
        match = YEAR.search(line)
        if match and NUMBER.search(line) and EARLIEST <= int(match[1]) <= LATEST:
            return int(match[1])
    return None


def _publisher(head: Sequence[str]) -> str | None:
    for role in ("主编", "主办", "编印"):
        for index, line in enumerate(head):
            match = PUBLISHER.match(line)
            if match and re.sub(r"\s", "", match["role"]) == role:
                name = match["name"] or next((later for later in head[index + 1 :] if later), "")
                return re.sub(r"\s", "", name) or None
    return None


def _cover_title(head: Sequence[str], contents: Contents) -> str | None:
    """The cover's title: one that the contents list has too, or what stands under the first day and number."""
    cover = head[: _staff(head)]
    titles = [key(entry.record.title) for entry in contents.entries]
    best, chosen = 0.8, None
    for number, line in enumerate(cover, 1):
        if not line:
            continue
        for run in runs(cover, number):
            score = max((likeness(key(run.text), title) for title in titles), default=0.0)
            if score > best:
                best, chosen = score, tidy(run.text)
    return chosen or _under_the_number(cover)


def _staff(head: Sequence[str]) -> int:
    """How many lines stand before the first that names publisher and staff."""
    return next((n for n, line in enumerate(head) if STAFF.match(re.sub(r"\s", "", line))), len(head))


def _under_the_number(cover: Sequence[str]) -> str | None:
    printed = [index for index, line in enumerate(cover) if NUMBER.search(line) or any(find_days(line))]
    if not printed:
        return None
    parts: list[str] = []
    repeated = {line for line, times in Counter(cover).items() if line and times > 1}
    for line in cover[printed[0] + 1 :]:
        if not line and not parts:
            continue
        if not line or line in repeated or len(parts) == COVER_LINES:
            break
        if NUMBER.search(line) or TOTAL.search(line) or any(find_days(line)):
            if parts:
                break
            continue
        parts.append(line)
    return tidy(" ".join(parts)) or None
