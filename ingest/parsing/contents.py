"""本期要目: the columns, page numbers and titles that an issue lists."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.parsing.furniture import is_editor_note
from ingest.parsing.titles import CONTINUATION, DOCUMENT_TYPE, is_title_like, key, tidy
from ingest.records import ContentsEntry

HEADING = re.compile(r"[\s#*【\[〖■]*(?P<own>本期)?(?:要目|目录|导读|内容|目次)[】\]〗:：*\s]*$")
COLUMNS = {"国策要论", "地方新政", "产业镜像", "前沿观察"}
COLUMN_ORNAMENT = re.compile(r"^(?:[一二三四五六七八九十]、)?[^\w]*|[^\w]+$")
LONGEST_COLUMN = 6
COLUMN_SHAPE = re.compile(rf"[\u4e00-\u9fff]{{2,{LONGEST_COLUMN}}}$")
BULLET = r"[\s\-*•·●◆+—–]*"
PAGE_FIRST = re.compile(
    BULLET
    + r"""
    [（(\[]? (?:[pP]\.?\s?)? (?P<page>\d{1,3}) [）)\]]?
    (?: \s*[.．、:：/|](?: \s+ | (?!\d) ) | \s+ | (?=[\u4e00-\u9fff“《（(])(?![年月日个项条家类]) )
    (?P<title>\S.*)
    """,
    re.VERBOSE,
)
PAGE_LAST = re.compile(
    BULLET
    + r"""
    (?P<title>\S.*?)
    (?: \s*[.…·．。—–_]{2,}\s* | \s+ | \s*[（(/]\s?[pP]?\s? | \s*[pP]\.?\s? )
    (?P<page>\d{1,3}) \s? [）)]? \s*$
    """,
    re.VERBOSE,
)
LED_BY_COLUMN = re.compile(
    rf"(?P<column>\W{{0,4}}(?:{'|'.join(sorted(COLUMNS))})\W{{0,2}}?)\s?[：:|｜\s]\s*(?P<title>\S.*)"
)
MARK = re.compile(r"\s*(?:[•·●◆■□▲*+-]|[—–]{1,2}|\d{1,2}[.、．)])\s*(?=\S)")
LONGEST = 100  # characters of a line of the list
LONGEST_TITLE = 150  # characters of a title, wrapped lines and all
WRAPPED = 4  # lines without a page number that one title may take


@dataclass(slots=True)
class Entry:
    """One entry with the line that it begins on."""

    record: ContentsEntry
    line: int


@dataclass(slots=True)
class Contents:
    """The list: its entries, and the lines from its heading to its last."""

    start_line: int
    end_line: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def columns(self) -> set[str]:
        """The names of its columns, and those that the digest always has."""
        return COLUMNS | {entry.record.column for entry in self.entries if entry.record.column}


def find_heading(lines: Sequence[str], own_only: bool = False) -> int | None:
    """The line of 本期要目 (or, unless `own_only`, of a plain 目录), None if there is none."""
    for number, line in enumerate(lines, 1):
        if len(line) <= LONGEST:
            match = HEADING.match(re.sub(r"\s", "", line))
            if match and (match["own"] or not own_only):
                return number
    return None


def column_name(line: str) -> str:
    """A column's name without the ornaments that it is printed with."""
    return COLUMN_ORNAMENT.sub("", re.sub(r"\s", "", line))


def read_contents(lines: Sequence[str], heading: int) -> Contents:
    """The list that stands under line `heading`; without entries where nothing there may be a title."""
    candidates = _candidates(lines, heading)
    first = sum(1 for _, text in candidates if PAGE_FIRST.match(text))
    last = sum(1 for _, text in candidates if not PAGE_FIRST.match(text) and PAGE_LAST.match(text))
    reader = _PageFirst if first >= last else _PageLast
    contents = reader(heading, candidates).read()
    if contents.entries and not _counted_anew(candidates):
        return contents
    return _Pageless(heading, candidates).read()


def _candidates(lines: Sequence[str], heading: int) -> list[tuple[int, str]]:
    """The lines under the heading that may still belong to the list, with full-width digits made plain."""
    found: list[tuple[int, str]] = []
    for number in range(heading + 1, len(lines) + 1):
        text = lines[number - 1].strip()
        if not text:
            continue
        if len(text) > LONGEST or is_editor_note(text) or re.search(r"。(?!。)", text.rstrip("。")):
            break
        text = "".join(unicodedata.normalize("NFKC", c) if c.isdecimal() else c for c in text)
        led = LED_BY_COLUMN.match(text)
        found += [(number, led["column"]), (number, led["title"])] if led else [(number, text)]
    return found


def _counted_anew(candidates: list[tuple[int, str]]) -> bool:
    """Whether the numbers count the titles of each column, and are no pages: 1 stands below more than one."""
    firsts = [
        match
        for (_, above), (_, text) in pairwise(candidates)
        if column_name(above) in COLUMNS and (match := PAGE_FIRST.match(text)) and int(match["page"]) == 1
    ]
    return len(firsts) > 1


class _Reader:
    """Goes through the candidates once; `read` gives the list as far as it goes."""

    def __init__(self, heading: int, candidates: list[tuple[int, str]]):
        self.contents = Contents(heading, heading)
        self.candidates = candidates
        self.column = ""
        self.seen: set[str] = set()
        self.keys: list[str] = []  # of the titles, as compared

    def _add(self, line: int, end: int, page: str | None, title: str) -> None:
        record = ContentsEntry(self.column, int(page) if page else None, tidy(title))
        self.contents.entries.append(Entry(record, line))
        self.keys.append(key(record.title))
        self.contents.end_line = end

    def _add_words(self, line: int, text: str) -> None:
        """The last title goes on below its line."""
        record = self.contents.entries[-1].record
        record.title = tidy(f"{record.title} {text}")
        self.keys[-1] = key(record.title)
        self.contents.end_line = line

    def _is_page(self, page: str) -> bool:
        """Pages never fall."""
        entries = self.contents.entries
        return not entries or int(page) >= (entries[-1].record.page or 0)

    def _begins_body(self, text: str) -> bool:
        """Whether the line repeats a listed title, or a column: then the list has ended."""
        words = key(text)
        return column_name(text) in self.seen or (
            len(words) >= 4 and any(title.startswith(words) for title in self.keys)
        )

    def _enter_column(self, line: int, name: str) -> None:
        self.column = name
        self.seen.add(name)


class _PageFirst(_Reader):
    """- 01 标题, its wrapped lines below it."""

    def read(self) -> Contents:
        for index, (line, text) in enumerate(self.candidates):
            match = self._entry(text)
            name = column_name(text)
            if match:
                self._add(line, line, match["page"], match["title"])
            elif name not in self.seen and (name in COLUMNS or self._is_new_column(index, name)):
                self._enter_column(line, name)
            elif not self._continues(index) or self._begins_body_for_good(index):
                break
            elif self.contents.entries:
                self._add_words(line, text)
        return self.contents

    def _entry(self, text: str) -> re.Match[str] | None:
        match = PAGE_FIRST.match(text)
        return match if match and self._is_page(match["page"]) else None

    def _is_new_column(self, index: int, name: str) -> bool:
        line, text = self.candidates[index]
        apart = index == 0 or self.candidates[index - 1][0] < line - 1
        follower = self.candidates[index + 1][1] if index + 1 < len(self.candidates) else ""
        return bool(apart and COLUMN_SHAPE.match(name) and not CONTINUATION.match(text) and self._entry(follower))

    def _entry_follows(self, index: int) -> bool:
        return any(self._entry(text) for _, text in self.candidates[index + 1 : index + 1 + WRAPPED])

    def _continues(self, index: int) -> bool:
        """A line without a number: part of a title if more entries follow or if it leans on the last one."""
        line, text = self.candidates[index]
        if not self.contents.entries:
            return self._entry_follows(index)
        if len(self.contents.entries[-1].record.title) + len(text) > LONGEST_TITLE:
            return False
        leans = line == self.contents.end_line + 1 or CONTINUATION.match(text) or text[0] in "（(的"
        return self._entry_follows(index) or bool(leans)

    def _begins_body_for_good(self, index: int) -> bool:
        return self._begins_body(self.candidates[index][1]) and not self._entry_follows(index)


class _PageLast(_Reader):
    """标题……01, with its wrapped lines above the number."""

    def read(self) -> Contents:
        pending: list[str] = []
        first_line = 0
        for line, text in self.candidates:
            match = PAGE_LAST.match(text)
            name = column_name(text)
            if match and self._is_page(match["page"]):
                self._add(first_line if pending else line, line, match["page"], " ".join([*pending, match["title"]]))
                pending = []
            elif not pending and name not in self.seen and (name in COLUMNS or COLUMN_SHAPE.match(name)):
                self._enter_column(line, name)
            elif self._begins_body(text) or len(pending) == WRAPPED:
                break
            else:
                first_line = first_line if pending else line
                pending.append(text)
        return self.contents


class _Pageless(_Reader):
    """- 标题, without any page number: marks tell where titles begin, or else how titles end."""

    def read(self) -> Contents:
        marked = any(MARK.match(text) for _, text in self.candidates)
        wrapped = 0
        for index, (line, text) in enumerate(self.candidates):
            name = column_name(text)
            begins = MARK.match(text)
            title = text[begins.end() :] if begins else text
            if name not in self.seen and (name in COLUMNS or self._is_new_column(index, name)):
                self._enter_column(line, name)
            elif self._begins_body(title) or not is_title_like(title):
                break
            elif self.contents.entries and not begins and (marked or self._goes_on(line, title)):
                wrapped += 1
                if wrapped == WRAPPED:
                    break
                self._add_words(line, title)
            elif begins or not marked:
                self._add(line, line, None, title)
                wrapped = 0
            else:
                break
        return self.contents

    def _is_new_column(self, index: int, name: str) -> bool:
        """Whether a line is too short for a title, and the next one is not; but 行动计划 may end the title above it."""
        apart = index == 0 or self.candidates[index - 1][0] < self.candidates[index][0] - 1
        follower = self.candidates[index + 1][1] if index + 1 < len(self.candidates) else ""
        short = bool(COLUMN_SHAPE.match(name)) and len(key(follower)) > LONGEST_COLUMN
        return short and (apart or not DOCUMENT_TYPE.search(name))

    def _goes_on(self, line: int, text: str) -> bool:
        """Whether a line right below a title that does not end as titles do ends it."""
        above = self.contents.entries[-1].record.title
        open_title = line == self.contents.end_line + 1 and not DOCUMENT_TYPE.search(above)
        return bool(CONTINUATION.match(text)) or (open_title and bool(DOCUMENT_TYPE.search(text)))
