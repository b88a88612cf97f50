"""A document as its facts are read: title, editor's note, what stands before the outline, signatures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice, zip_longest

from ingest.parsing.dates import DAY, parse_date
from ingest.parsing.joining import is_broken
from ingest.parsing.titles import is_label, key, likeness

HEAD_LINES = 30  # printed lines between title and outline that are looked at
LEAD_LINES = 8  # printed lines of a document without a note that may say who issued it, and when
SIGNATURE_LINES = 8  # that may stand above a signature's date
EDGE = 4  # lines at a document's end where a day without a name is its own
NOTE_LINES = 5  # that a note of adoption under the title may take
SHORT = 60  # characters of a signature's line
CONTENTS_HEADING = re.compile(r"[\s#*]*目\s*录[\s*]*$")
DATE_FIELD = re.compile(r"(?:发布|成文|印发|生成)?(?:日期|时间)\s*[:：]\s*")
ASIDE = re.compile(r"[（(][^（）()]{0,80}[）)]")
SENTENCE_END = re.compile(r"[。；！？\n]")
QUOTED = re.compile(r"《(?P<title>[^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》")
SHORT_NAME = re.compile(
    r"(?P<full>[\u4e00-\u9fff]{4,40})[（(](?:以下)?(?:统一)?简?称?[为：:]?\s*[“\"](?P<short>[^”\"]{2,20})[”\"][）)]"
)
MEETING = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}次会议")
SAME = 0.5  # least likeness of a title that a sentence quotes to the document's own


@dataclass(frozen=True, slots=True)
class Signature:
    """The short lines above a day that stands alone on its line, and the day, None if misprinted: after its issue.

    `at_edge`: it stands before the outline, or among the document's last lines.
    """

    lines: tuple[str, ...]
    day: date | None
    at_edge: bool


@dataclass(frozen=True)
class DocumentText:
    """One document's words: `above` its title, the editor's `note`, the lines of its `body`.

    `published` is the day of its issue, which completes days without a year.
    """

    title: str
    above: Sequence[str]
    note: str
    body: Sequence[str]
    source: str | None
    published: date | None

    @cached_property
    def head(self) -> list[str]:
        """The printed lines before the outline: number, adoption, signature, addressees, preamble."""
        found = [line.strip() for line in self.above if line.strip()]
        for line in self.body:
            if is_label(line) or CONTENTS_HEADING.match(line) or len(found) == HEAD_LINES:
                break
            if line.strip():
                found.append(line.strip())
        return list(_whole_notes(found))

    @cached_property
    def lead(self) -> str:
        """The editor's note, or the first paragraphs where there is none."""
        if self.note:
            return self.note
        printed = (line.strip() for line in self.body if line.strip())
        return paragraphs(islice(printed, LEAD_LINES))

    @cached_property
    def signatures(self) -> list[Signature]:
        """The days that stand alone on a line, with the short lines above each."""
        printed = [line.strip() for line in self.body if line.strip()]
        found = []
        for index, line in enumerate(printed):
            if len(line) > SHORT or ("日" not in line and "-" not in line):
                continue
            bare = DATE_FIELD.sub("", line).strip(" （()）*")
            match = DAY.search(bare)
            names, rest = (bare[: match.start()], bare[match.end() :]) if match else ("", bare)
            day = parse_date(bare)
            if day is None or rest.strip() or (names and len(names) < 2):
                continue
            above = [names.strip()] if names.strip() else list(_above(printed, index))
            at_edge = index < len(self.head) or index >= len(printed) - EDGE
            possible = self.published is None or day <= self.published
            found.append(Signature(tuple(above), day if possible else None, at_edge))
        return found

    @cached_property
    def short_names(self) -> dict[str, str]:
        """What the document calls bodies for short: 云溪港研院 of 云溪港口研究院（简称“云溪港研院”）."""
        text = "\n".join([self.note, *self.head, self.lead])
        return {match["short"]: match["full"] for match in SHORT_NAME.finditer(text)}

    def sentences(self) -> Iterator[str]:
        """The sentences of the lead, without asides in brackets."""
        for sentence in SENTENCE_END.split(ASIDE.sub("", self.lead)):
            if sentence.strip():
                yield sentence.strip()

    def own_title(self, sentence: str) -> tuple[int, int] | None:
        """Where a sentence names this document: 《its title》, or the title without marks."""
        own = key(ASIDE.sub("", self.title))
        for quoted in QUOTED.finditer(sentence):
            if likeness(key(quoted["title"]), own) >= SAME or own.endswith(key(quoted["title"])):
                return quoted.span()
        bare = re.sub(r"\s", "", ASIDE.sub("", self.title))
        place = sentence.find(bare)
        return (place, place + len(bare)) if bare and place >= 0 else None


def paragraphs(lines: Iterable[str]) -> str:
    """The lines by newline; what a page broke is joined again."""
    text = ""
    broken = True
    for line in lines:
        text += line if broken else f"\n{line}"
        broken = is_broken(line)
    return text


def _whole_notes(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with those joined that print one note: （2031年1月19日…第75号公布 / 自…起施行）, or of which one
    breaks off within 《…》 or before 第九次会议."""
    pending, parts = "", 0
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        pending, parts = pending + line, parts + 1
        if parts == NOTE_LINES or not (_is_open(pending) or MEETING.match(following)):
            yield pending
            pending, parts = "", 0
    if pending:
        yield pending


def _is_open(text: str) -> bool:
    if text[0] in "（(" and sum(map(text.count, "（(")) > sum(map(text.count, "）)")):
        return True
    return bool(DAY.match(text)) and text.count("《") > text.count("》")


def _above(printed: Sequence[str], index: int) -> Iterator[str]:
    """The short lines without a full stop right above printed[index], from the top."""
    start = index
    while start > 0 and index - start < SIGNATURE_LINES:
        line = printed[start - 1]
        if len(line) > SHORT or line[-1] in "。；：:;，" or is_label(line):
            break
        start -= 1
    yield from printed[start:index]
