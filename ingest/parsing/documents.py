"""The documents of a file: where each stands, and what lies between them."""

from dataclasses import dataclass, field

from ingest.parsing.contents import Entry
from ingest.parsing.furniture import SourceLine
from ingest.records import Segment, WarningRecord


@dataclass(slots=True)
class Document:
    """One document's lines; title lines are 0 where no title is printed, `note_end` is 0 without a note.

    `notice` is the title of the covering notice where `title` is the heading below it of what it issues.
    `order_start` is where the order stands that puts the document in force, if one stands above the
    title: then the body begins with it.
    """

    start: int
    title: str
    title_start: int
    title_end: int
    notice: str = ""
    note_end: int = 0
    order_start: int = 0
    body_end: int = 0
    end: int = 0
    source: SourceLine | None = None
    entry: Entry | None = None
    order: int = 0
    column: str | None = None

    @property
    def above(self) -> int:
        """The line after the note, or the first; the title's own unless something stands above it."""
        return self.note_end + 1 if self.note_end else self.start

    @property
    def body_start(self) -> int:
        return self.order_start or max(self.title_end, self.note_end, self.start - 1) + 1


@dataclass(slots=True)
class Cutting:
    """The documents in the order of the file, the lines between them, and what is doubtful."""

    documents: list[Document] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    warnings: list[WarningRecord] = field(default_factory=list)
