"""The outline of one document: from its body lines to nodes, provisions, tables, figures and segments.

`RECORDS.md` says what the types, labels, paths and eids are.  A second provision of the same eid (two lists
（一）… under one article) gets `-2`, a third `-3`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.parsing.adverts import is_advert
from ingest.parsing.entries import read_entries
from ingest.parsing.gaps import numbering_warnings
from ingest.parsing.growth import Growth
from ingest.parsing.misread import repaired
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.settling import settle
from ingest.parsing.tables import find_figure, find_tables
from ingest.records import FigureRecord, ProvisionRecord, Segment, TableRecord, WarningRecord


@dataclass(slots=True)
class Body:
    """What the lines of one document hold.  `segments` have no order yet; they cover every non-blank line once."""

    outline: Outline
    provisions: list[ProvisionRecord] = field(default_factory=list)
    tables: list[TableRecord] = field(default_factory=list)
    figures: list[FigureRecord] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    warnings: list[WarningRecord] = field(default_factory=list)


def build_outline(lines: Sequence[str], start: int, end: int, kind: str) -> Body:
    """Read lines start..end (1-based, inclusive) of `lines` as the body of one document of `kind`.

    The body begins after the title and ends before the （来源：…） line; a range without text gives an
    empty Body.  `kind` is a policy's kind: law, plan, measures, notice, statistics, report, news or other.
    """
    tables = find_tables(lines, start, end)
    kinds, figures = _sort_lines(lines, start, end, tables)
    growth = Growth(kind)
    for entry in read_entries(lines, [number for number, name in kinds.items() if name == "provision"], kind):
        growth.add(entry)
    outline = Outline(settle(growth.root, kind))
    _take_in(outline, [(t.line, t.end_line) for t in tables] + [(f.line, f.line) for f in figures])
    return Body(
        outline,
        [_record(node) for node in outline.walk()],
        tables,
        figures,
        _segments(kinds, tables),
        numbering_warnings(outline),
    )


def _sort_lines(
    lines: Sequence[str], start: int, end: int, tables: Iterable[TableRecord]
) -> tuple[dict[int, str], list[FigureRecord]]:
    """The segment kind of every non-blank line, in order, and the figures among them."""
    in_table = {number for table in tables for number in range(table.line, table.end_line + 1)}
    kinds: dict[int, str] = {}
    figures: list[FigureRecord] = []
    for number in range(start, end + 1):
        line = lines[number - 1]
        if not line.strip():
            continue
        if number in in_table:
            kinds[number] = "table"
        elif is_advert(line):
            kinds[number] = "advert"
        elif figure := find_figure(line, number):
            figures.append(figure)
            kinds[number] = "figure"
        else:
            kinds[number] = "provision"
    return kinds, figures


def _take_in(outline: Outline, spans: Iterable[tuple[int, int]]) -> None:
    """Let provisions reach over the tables and figures that stand at their end."""
    nodes = list(outline.walk())
    starts = [node.start_line for node in nodes]
    for first, last in spans:
        place = bisect_left(starts, first)
        node = nodes[place - 1] if place else None
        while node:
            node.end_line = max(node.end_line, last)
            node = node.parent


def _record(node: Node) -> ProvisionRecord:
    return ProvisionRecord(
        path=node.path,
        eid=node.eid,
        type=node.type,
        label=node.label,
        heading=repaired(node.heading.text) if node.heading else None,
        text=node.text.text,
        tail=node.tail.text if node.tail else None,
        start_line=node.start_line,
        end_line=node.end_line,
    )


def _segments(kinds: dict[int, str], tables: Iterable[TableRecord]) -> list[Segment]:
    """Runs of lines of one kind; every table and figure is one of its own."""
    firsts = {table.line for table in tables}
    segments: list[Segment] = []
    for number, kind in kinds.items():
        last = segments[-1] if segments else None
        if last and last.kind == kind and kind != "figure" and number not in firsts:
            last.end_line = number
        else:
            segments.append(Segment(kind, number, number))
    return segments
