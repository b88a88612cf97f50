"""The digest's furniture in the body: 编者按, （来源：…）, column headings, page numbers, running heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parsing.dates import DAY

EDITOR_NOTE = re.compile(r"[\s#*【\[〔（(]*编\s{0,3}者\s{0,3}(?:按|的话)[】\]〕）)*\s]*(?:[:：]\s*(?P<text>.*))?$")
SOURCE = re.compile(
    r"""
    [\s*]* (?P<open>[（(【\[〔])? \s* (?:文章|信息|稿件|本文|内容)? 来\s?源 \s* [:：] \s*
    (?P<name>[^（）()【】]*(?:[（(][^（）()]*[)）][^（）()]*)*) (?P<close>[）)】\]〕])? [\s*]*$
    """,
    re.VERBOSE,
)
OPEN_SOURCE = re.compile(r"\s*[（(【\[〔]\s*(?:文章|信息|稿件|本文|内容)?来\s?源\s*[:：][^）)】\]〕]*$")
INLINE_SOURCE = re.compile(r"(?P<before>\S)\s*[（(]\s*来源\s*[:：]\s*(?P<name>[^（）()]{1,60})[）)]\s*$")
LONGEST_SOURCE = 200
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·~]{1,3}\s*\d{1,4}\s*[-—–－·~]{1,3}|第\s*\d{1,4}\s*页(?:\s*[,，/共]*\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
BARE_NUMBER = re.compile(r"\s*(\d{1,3})\s*$")
FEWEST_PAGES = 5  # bare numbers that count upwards before they are taken for page numbers
ISSUE_NUMBER = re.compile(r"(?:[12]\d{3}年)?总?第\d{1,4}期")
ORNAMENT = re.compile(r"[\W\d_]+")
COMMENT = re.compile(r"\s*<!--.*-->\s*$")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """（来源：name） on lines start to end; `sure` if it stands in brackets; `inline` at a paragraph's end."""

    start: int
    end: int
    name: str
    sure: bool
    inline: bool = False


def is_editor_note(line: str) -> bool:
    """Whether the line is 编者按, alone or with the note's first words after a colon."""
    return len(line) < 2000 and bool(EDITOR_NOTE.match(line))


def source_at(lines: Sequence[str], number: int) -> SourceLine | None:
    """The source line that begins on line `number`, on one line or broken into two."""
    text = lines[number - 1]
    inline = INLINE_SOURCE.search(text, max(len(text) - LONGEST_SOURCE, 0))
    if inline:
        sure = inline["before"] in "。！？；”）)"
        return SourceLine(number, number, inline["name"].strip(), sure, inline=True)
    if "来" not in text or len(text) > LONGEST_SOURCE:
        return None
    end = number
    if OPEN_SOURCE.match(text):
        for following in range(number + 1, min(number + 3, len(lines)) + 1):
            more = lines[following - 1].strip()
            if more:
                if len(more) <= LONGEST_SOURCE and more[-1] in "）)】]〕":
                    text, end = text.rstrip() + more, following
                break
    match = SOURCE.match(text)
    if not match or not match["name"].strip():
        return None
    return SourceLine(number, end, match["name"].strip(" *"), bool(match["open"]))


def page_lines(lines: Sequence[str], names: set[str]) -> set[int]:
    """The lines that hold a page number, a running head with one of the digest's `names`, or a markup comment."""
    found = {
        number
        for number, line in enumerate(lines, 1)
        if len(line) <= LONGEST_SOURCE
        and line.strip()
        and (PAGE_NUMBER.match(line) or COMMENT.match(line) or _is_running_head(line, names))
    }
    return found | _counting_numbers(lines)


def _is_running_head(line: str, names: set[str]) -> bool:
    """大数据发展动态, 2023年第48期, 总第159期: the digest's name or number and nothing else."""
    bare = re.sub(r"\s", "", line)
    rest = ISSUE_NUMBER.sub("", bare)
    for name in names:
        rest = rest.replace(name, "")
    return rest != bare and not ORNAMENT.sub("", DAY.sub("", rest))


def _counting_numbers(lines: Sequence[str]) -> set[int]:
    """Lines of a bare number, if they count upwards by one or two through the whole text."""
    bare = [(number, int(m[1])) for number, line in enumerate(lines, 1) if (m := BARE_NUMBER.match(line))]
    steps = [after - before for (_, before), (_, after) in pairwise(bare)]
    if len(bare) < FEWEST_PAGES or any(step not in (1, 2) for step in steps):
        return set()
    return {number for number, _ in bare}
