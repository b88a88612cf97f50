"""From a file's lines to everything it says: the one entry to parsing."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest.parsing.checking import check
from ingest.parsing.contents import LONGEST, Contents, column_name, find_heading, read_contents
from ingest.parsing.coverage import cover, cut_out
from ingest.parsing.cutting import cut
from ingest.parsing.documents import Document
from ingest.parsing.errors import ParsingError
from ingest.parsing.facts import read_facts
from ingest.parsing.furniture import page_lines
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.indicator_tables import find_table_targets
from ingest.parsing.masthead import NUMBER, TOTAL, journal_names, organisations, read_masthead
from ingest.parsing.obligations import find_obligations
from ingest.parsing.observations import find_observations
from ingest.parsing.outline import build_outline
from ingest.parsing.present import present_of
from ingest.parsing.references import find_references
from ingest.parsing.responsibilities import find_responsibilities
from ingest.parsing.single import read_single
from ingest.parsing.targets import find_targets
from ingest.parsing.topics import TopicReader
from ingest.records import IssueRecord, ParsedFile, PolicyRecord, Segment, WarningRecord

MASTHEAD_LINES = 200  # within which a plain 目录 may be an issue's
MASTHEAD_FIELDS = {
    "published_on": "出版日期",
    "total_number": "总第N期",
    "publisher": "主编",
    "cover_title": "封面标题",
}


@dataclass(slots=True)
class _Laid:
    """A file laid out: its documents, what lies around them, and `lines` with the furniture blanked."""

    lines: list[str]
    issue: IssueRecord | None
    documents: list[Document]
    segments: list[Segment]
    furniture: list[int]
    warnings: list[WarningRecord] = field(default_factory=list)


def parse_lines(lines: Sequence[str], gazetteer: Gazetteer) -> ParsedFile:
    """Everything that an issue, or a single document, says.

    `lines` are those of ingest.reading, in order, the first being line 1.  Raises ParsingError for a
    text that is neither, or that lacks what tells which issue it is.
    """
    contents = _contents(lines)
    laid = _lay_out_issue(lines, contents) if contents else _lay_out_single(lines)
    published = laid.issue.published_on if laid.issue else None
    policies = [_read_policy(laid, document, published, gazetteer) for document in laid.documents]
    policies.sort(key=lambda policy: policy.order)
    parsed = ParsedFile(laid.issue, policies, laid.warnings, cover(lines, laid.segments))
    parsed.warnings += check(parsed, lines)
    return parsed


def _contents(lines: Sequence[str]) -> Contents | None:
    """The issue's contents list; None for a file that shows no sign of being an issue."""
    heading = find_heading(lines, own_only=True)
    masthead = lines[: heading or MASTHEAD_LINES]
    numbered = any(NUMBER.search(line) for line in masthead if len(line) <= LONGEST)
    if heading is None and numbered:
        plain = find_heading(lines[:MASTHEAD_LINES])
        if plain and any(NUMBER.search(line) for line in lines[:plain] if len(line) <= LONGEST):
            heading = plain
    if heading is None:
        if any(TOTAL.search(line) and NUMBER.search(line) for line in masthead if len(line) <= LONGEST):
            raise ParsingError("有刊头（“第N期 总第N期”），但没有找到“本期要目”，无法切分各篇文件，没有读入。")
        return None
    if not numbered:
        raise ParsingError(f"第 {heading} 行有“本期要目”，但前面没有刊头：没有读到“第N期”，不知道是哪一期，没有读入。")
    contents = read_contents(lines, heading)
    if not contents.entries:
        raise ParsingError(f"第 {heading} 行有“本期要目”，但下面没有读到标题，没有读入。")
    return contents


def _lay_out_issue(lines: Sequence[str], contents: Contents) -> _Laid:
    issue = read_masthead(lines, contents)
    if issue.number is None:
        raise ParsingError("刊头的期号读不懂：“第N期”里没有一个正整数，不知道是哪一期，没有读入。")
    if issue.year is None:
        raise ParsingError("刊头没有出版日期或年份：读到了“第N期”，但不知道是哪一年，没有读入。")
    first = contents.end_line
    columns = {
        number: name
        for number, line in enumerate(lines, 1)
        if number > first and len(line) <= LONGEST and (name := column_name(line)) in contents.columns
    }
    pages = {number for number in page_lines(lines, journal_names(lines, contents)) if number > first}
    blanked = ["" if number in pages or number in columns else line for number, line in enumerate(lines, 1)]
    cutting = cut(blanked, contents, columns, organisations(lines, contents))
    if not cutting.documents:
        raise ParsingError(
            f"要目列出 {len(contents.entries)} 篇文件，正文中一篇也没有找到（共 {len(lines)} 行），"
            "文件可能被截断，没有读入。"
        )
    segments = [
        Segment("masthead", 1, contents.start_line - 1),
        Segment("contents", contents.start_line, contents.end_line),
    ]
    furniture = sorted(pages | columns.keys())
    for segment in cutting.segments:
        segments += cut_out(segment, furniture)
    segments += _furniture_segments(pages, columns, cutting.documents)
    for warning in cutting.warnings:
        about = _document_at(cutting.documents, warning.line)
        warning.order = about.order if about else None
    warnings = [*_masthead_warnings(issue, contents), *cutting.warnings]
    return _Laid(blanked, issue, cutting.documents, segments, furniture, warnings)


def _lay_out_single(lines: Sequence[str]) -> _Laid:
    pages = page_lines(lines, set())
    blanked = ["" if number in pages else line for number, line in enumerate(lines, 1)]
    document = read_single(blanked)
    return _Laid(blanked, None, [document], _furniture_segments(pages, {}, [document]), sorted(pages))


def _document_at(documents: Sequence[Document], line: int) -> Document | None:
    """The document that a line lies in; `documents` are in the order of the file."""
    index = bisect_right(documents, line, key=lambda document: document.start) - 1
    return documents[index] if index >= 0 and line <= documents[index].end else None


def _furniture_segments(pages: set[int], columns: Mapping[int, str], documents: Sequence[Document]) -> list[Segment]:
    """Page numbers and running heads; a column's name is its heading only between documents."""
    inside = {number for number in columns if _document_at(documents, number)}
    found = [Segment("page", number, number) for number in sorted(pages | inside)]
    return found + [Segment("column", number, number) for number in sorted(columns.keys() - inside - pages)]


def _masthead_warnings(issue: IssueRecord, contents: Contents) -> list[WarningRecord]:
    missing = [name for field_, name in MASTHEAD_FIELDS.items() if getattr(issue, field_) is None]
    if not missing:
        return []
    return [WarningRecord("masthead-incomplete", contents.start_line, f"刊头没有读到：{'、'.join(missing)}。")]


def _read_policy(laid: _Laid, document: Document, published: date | None, gazetteer: Gazetteer) -> PolicyRecord:
    """One document's facts, outline and extracted rows; its segments and warnings go to `laid`."""
    policy = read_facts(laid.lines, document, published, gazetteer.on(published))
    body = build_outline(laid.lines, document.body_start, document.body_end, policy.kind)
    policy.provisions = body.provisions
    policy.tables = body.tables
    policy.figures = body.figures
    region = gazetteer.regions.get(policy.region_code)
    present = present_of(policy, published)
    in_tables = find_table_targets(laid.lines, body.tables, body.outline, policy.kind, present)
    policy.targets = sorted(
        find_targets(body.outline, policy.kind, present) + in_tables, key=lambda target: target.line
    )
    policy.observations = find_observations(body.outline, policy.title) if policy.kind == "statistics" else []
    agencies = gazetteer.agencies.on(policy.issued_on or policy.adopted_on or published)
    policy.responsibilities = find_responsibilities(body.outline, region, agencies, policy.kind)
    policy.obligations = find_obligations(body.outline, region) if policy.kind == "law" else []
    policy.references = find_references(body.outline, policy.title)
    reader = TopicReader(gazetteer.topics)
    for provision in policy.provisions:
        provision.topics = reader.topics_in(provision.words())
    spoken_of = [provision.topics for provision in policy.provisions if provision.words()]
    policy.topics = reader.find(policy.title, spoken_of)
    for segment in [*_frame(document), *body.segments]:
        segment.order = policy.order
        laid.segments += cut_out(segment, laid.furniture)
    for warning in body.warnings:
        warning.order = policy.order
        laid.warnings.append(warning)
    return policy


def _frame(document: Document) -> list[Segment]:
    """The editor's note, the title and the source line of a document."""
    frame: list[Segment] = []
    if document.note_end:
        frame.append(Segment("editor_note", document.start, document.note_end))
    if document.title_start and not document.order_start:
        frame.append(Segment("title", document.above, document.title_end))
    if document.source and not document.source.inline:
        frame.append(Segment("source", document.source.start, document.source.end))
    return frame
