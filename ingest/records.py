"""The records that parsing returns: what one issue, or one single document, says.

The names are those of the models, the API and the exports.  Lines are 1-based lines of the text
as read.  Dates are `datetime.date`, values `float` or `int`; `as_json` turns a whole parse into
what `manage.py parse` prints.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

Number = int | float


@dataclass(slots=True)
class ContentsEntry:
    """One line of 本期要目."""

    column: str
    page: int | None
    title: str


@dataclass(slots=True)
class IssueRecord:
    """The masthead and the contents list."""

    year: int | None = None
    number: int | None = None
    total_number: int | None = None
    published_on: date | None = None
    cover_title: str | None = None
    publisher: str | None = None
    contents: list[ContentsEntry] = field(default_factory=list)


@dataclass(slots=True)
class ProvisionRecord:
    """One node of a policy's outline; `text` up to its first child, `tail` after its last.

    `topics` are slugs of what its own words speak of.
    """

    path: str
    eid: str
    type: str
    label: str | None
    heading: str | None
    text: str
    tail: str | None
    start_line: int
    end_line: int
    topics: list[str] = field(default_factory=list)

    def words(self) -> str:
        """All its own words: heading, text and tail."""
        return "\n".join(part for part in (self.heading, self.text, self.tail) if part)


@dataclass(slots=True)
class Extracted:
    """What every extracted row carries: where it stands, its words, which rule found it, how surely."""

    path: str | None
    line: int
    quote: str
    rule: str = field(kw_only=True)
    confidence: float = field(kw_only=True, default=1.0)


@dataclass(slots=True)
class TargetRecord(Extracted):
    indicator: str
    op: str
    value: Number
    unit: str
    value_max: Number | None = None
    year: int | None = None
    year_from: int | None = None


@dataclass(slots=True)
class AgencyMention:
    """An agency in a responsibility; `known` says whether the gazetteer knew its name."""

    name: str
    canonical: str
    role: str
    group: bool = False
    known: bool = True


@dataclass(slots=True)
class ResponsibilityRecord(Extracted):
    agencies: list[AgencyMention]


@dataclass(slots=True)
class ObligationRecord(Extracted):
    subject: str
    modality: str


@dataclass(slots=True)
class ReferenceRecord(Extracted):
    title: str | None
    provision: str | None = None


@dataclass(slots=True)
class ObservationRecord(Extracted):
    indicator: str
    when: str | None
    value: Number | None = None
    unit: str | None = None
    yoy: Number | None = None
    yoy_unit: str | None = None


@dataclass(slots=True)
class TableRecord:
    line: int
    end_line: int
    number: str | None
    title: str | None
    unit: str | None
    header: list[str]
    rows: list[list[str]]


@dataclass(slots=True)
class FigureRecord:
    line: int
    number: str | None
    title: str


@dataclass(slots=True)
class PolicyRecord:
    """One document of an issue, or the single document of a file."""

    order: int
    column: str | None
    title: str
    kind: str
    level: str
    start_line: int
    end_line: int
    region: str | None = None
    region_code: str | None = None
    doc_number: str | None = None
    issuers: list[str] = field(default_factory=list)
    status: str = "unknown"
    adopted_on: date | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    period: tuple[int, int] | None = None
    source: str | None = None
    editor_note: str | None = None
    topics: list[str] = field(default_factory=list)
    page: int | None = None
    provisions: list[ProvisionRecord] = field(default_factory=list)
    targets: list[TargetRecord] = field(default_factory=list)
    responsibilities: list[ResponsibilityRecord] = field(default_factory=list)
    obligations: list[ObligationRecord] = field(default_factory=list)
    references: list[ReferenceRecord] = field(default_factory=list)
    tables: list[TableRecord] = field(default_factory=list)
    figures: list[FigureRecord] = field(default_factory=list)
    observations: list[ObservationRecord] = field(default_factory=list)


@dataclass(slots=True)
class WarningRecord:
    """A doubt of the machine's; `message` is Chinese and speaks to an editor."""

    code: str
    line: int
    message: str
    order: int | None = None


@dataclass(slots=True)
class Segment:
    """A run of lines that belongs to one place; `order` is its policy's, where it has one."""

    kind: str
    start_line: int
    end_line: int
    order: int | None = None


@dataclass(slots=True)
class Coverage:
    """Counts of non-blank characters: all of the file's, and those that lie in a segment."""

    characters: int
    kept: int
    unassigned_lines: list[int]
    segments: list[Segment]


@dataclass(slots=True)
class ParsedFile:
    """Everything a file says; `issue` is None for a single document."""

    issue: IssueRecord | None
    policies: list[PolicyRecord]
    warnings: list[WarningRecord]
    coverage: Coverage


def as_json(record: Any) -> Any:
    """A record as dictionaries, lists, numbers and strings; dates as ISO strings."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: as_json(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, (list, tuple)):
        return [as_json(item) for item in record]
    if isinstance(record, date):
        return record.isoformat()
    return record
