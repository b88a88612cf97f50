"""A file that is one document: a title, then the text."""

import re
from collections.abc import Sequence

from ingest.parsing.docnumbers import is_announcement, is_number_line, is_order_head
from ingest.parsing.documents import Document
from ingest.parsing.errors import ParsingError
from ingest.parsing.furniture import SourceLine, is_editor_note, source_at
from ingest.parsing.kinds import ARTICLE, SECTION
from ingest.parsing.titles import DOCUMENT_TYPE, Run, complete, is_label, is_title_like, key, runs, tidy, unguided

MARKDOWN_TITLE = re.compile(r"\s{0,3}#\s+\S")
FIELD = re.compile(
    r"\s*[\[【]?(?:索\s?引\s?号|发文机关|发文机构|发布机构|发布单位|主题分类|主题词|成文日期|发布日期|发布时间|公开日期|生成日期|发文字号|文\s{0,2}号|名\s{0,2}称|信息来源|有效性|效力状态|分类|时效性)[\]】]?\s*[:：]"
)
LETTERHEAD = re.compile(r"[\u4e00-\u9fff\s]{4,40}文\s?件\s*$")
ABOVE = 12  # printed lines that may stand above a title
ORDER_LINES = 40  # printed lines within which the title stands that an order names
QUOTED_TITLE = re.compile(r"《([^《》]{2,100})》")
FEWEST_LABELS = 2
EXCERPT = 20  # characters of a line in a message


def read_single(lines: Sequence[str]) -> Document:
    """The document that the whole file is; page furniture is blanked in `lines`.

    Raises ParsingError where the file has no title, no text, or more than one document.
    """
    printed = [number for number, line in enumerate(lines, 1) if line.strip()]
    if not printed:
        raise ParsingError("文件里没有文字。")
    sources = [source for number in printed if (source := source_at(lines, number)) and source.sure]
    notes = [number for number in printed if is_editor_note(lines[number - 1])]
    if len(sources) > 1 or len(notes) > 1:
        raise ParsingError(
            f"文件里有 {max(len(sources), len(notes))} 篇文件（按“编者按”和“（来源：…）”行计），"
            "却没有刊头和“本期要目”：不是完整的一期，也不是单篇文件，没有读入。"
        )
    order = _order(lines, printed)
    run = order or _title(lines, printed)
    labels = sum(1 for number in printed if ARTICLE.match(lines[number - 1]) or SECTION.match(lines[number - 1]))
    if run is None or not (
        labels >= FEWEST_LABELS or DOCUMENT_TYPE.search(tidy(run.text)) or is_announcement(run.text)
    ):
        raise ParsingError(_neither(lines, printed[0], labels))
    document = Document(printed[0], tidy(run.text), run.start, run.end, order=1)
    document.order_start = printed[0] if order else 0
    if notes and notes[0] < run.start:
        document.note_end = max(number for number in printed if number < run.start)
    _end(document, printed[-1], sources[-1] if sources else None)
    if not any(number for number in printed if document.body_start <= number <= document.body_end):
        raise ParsingError(f"只读到标题“{document.title}”（第 {run.start} 行），没有正文。")
    return document


def _order(lines: Sequence[str], printed: Sequence[int]) -> Run | None:
    """The title of what an order at the file's beginning puts in force, where it is printed under the order."""
    following = lines[printed[1] - 1] if len(printed) > 1 else ""
    if not is_order_head(lines[printed[0] - 1], following):
        return None
    named: set[str] = set()
    for number in printed[1:ORDER_LINES]:
        line = lines[number - 1]
        if named and is_title_like(line):
            found = next((run for run in reversed(runs(lines, number)) if key(run.text) in named), None)
            if found:
                return found
        named |= {key(title) for title in QUOTED_TITLE.findall(line)}
    return None


def _title(lines: Sequence[str], printed: Sequence[int]) -> Run | None:
    """The title: Markdown's first heading, or the first lines that read as one."""
    for number in printed[:ABOVE]:
        if MARKDOWN_TITLE.match(lines[number - 1]):
            text = lines[number - 1].lstrip(" #")
            found = [Run(number, number, text), *runs_after(lines, number, text)]
            return complete(found, 0)
    first = _below_letterhead(lines, printed)
    return unguided(runs(lines, first)) if first else None


def runs_after(lines: Sequence[str], number: int, text: str) -> list[Run]:
    """The title of line `number` lengthened by the lines below it."""
    return [Run(number, run.end, f"{text} {run.text}") for run in runs(lines, number + 1)]


def _below_letterhead(lines: Sequence[str], printed: Sequence[int]) -> int | None:
    """The line on which a title may begin: below letterhead, number and fields, or below an editor's note."""
    note = is_editor_note(lines[printed[0] - 1])
    for number in printed[1:] if note else printed[:ABOVE]:
        line = lines[number - 1]
        if is_announcement(line):
            return number
        if FIELD.match(line) or LETTERHEAD.match(line) or is_number_line(line):
            continue
        if is_label(line):
            return None
        if is_title_like(line):
            return number
        if not note:
            return None
    return None


def _end(document: Document, last: int, source: SourceLine | None) -> None:
    document.end = document.body_end = last
    if source and source.end == last:
        document.source = source
        document.body_end = last if source.inline else source.start - 1


def _neither(lines: Sequence[str], first: int, labels: int) -> str:
    """Why the file is taken for nothing, and what was looked for."""
    excerpt = lines[first - 1].strip()[:EXCERPT]
    text = "没有“第一条”“一、”之类的条款" if not labels else f"只有 {labels} 处“第一条”“一、”之类的条款"
    return (
        "无法识别这个文件：没有找到一期刊物的刊头（“第N期”）和“本期要目”；"
        f"也不像单篇政策文件：开头（第 {first} 行“{excerpt}”）不是条例、规划、通知之类的标题，{text}。"
    )
