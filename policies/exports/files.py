"""Records as files of the formats that are offered, written as they are read."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from policies.exports.citations import STYLES, Citation, Style
from policies.exports.docx import write_table
from policies.exports.jsonlines import json_lines
from policies.exports.kinds import KINDS, POLICIES, TARGETS, Kind, cells, shown_columns
from policies.exports.spreadsheets import csv_lines
from policies.exports.xlsx import write_xlsx

BLOCK = 64 * 1024  # bytes
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: rows of a kind, for a user, with addresses under the site's `root`."""

    kind: Kind
    rows: QuerySet
    user: Any
    root: str

    def stream(self) -> Iterator[Any]:
        return self.kind.stream(self.rows, self.user)

    @property
    def head(self) -> list[str]:
        return [*(column.label for column in shown_columns(self.kind)), "网址"]

    def cells(self) -> Iterator[list[Any]]:
        return cells(self.kind, self.stream(), self.root)


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its ending: `write` gives a selection's file piece by piece; `kinds` are those that it is for."""

    ending: str
    label: str
    mime: str
    write: Callable[[Selection], Iterator[bytes]]
    kinds: tuple[str, ...] = tuple(KINDS)


def _encoded(lines: Callable[[Selection], Iterator[str]]) -> Callable[[Selection], Iterator[bytes]]:
    return lambda selection: (line.encode() for line in lines(selection))


def _csv(selection: Selection) -> Iterator[str]:
    return csv_lines(selection.head, selection.cells())


def _json(selection: Selection) -> Iterator[str]:
    return json_lines(selection.kind, selection.stream(), selection.root)


def _xlsx(file: IO[bytes], selection: Selection) -> None:
    write_xlsx(file, selection.kind.label, selection.head, selection.cells())


def _docx(file: IO[bytes], selection: Selection) -> None:
    write_table(file, selection.stream(), selection.root)


def _cited(style: Style) -> Callable[[Selection], Iterator[str]]:
    def lines(selection: Selection) -> Iterator[str]:
        today = timezone.localdate()
        return (style.write(Citation.of(policy, selection.root, today)) for policy in selection.stream())

    return lines


def _filed(write: Callable[[IO[bytes], Selection], None]) -> Callable[[Selection], Iterator[bytes]]:
    """What is written to a file first, which its format demands; the file is on disk and goes when it is read."""

    def blocks(selection: Selection) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            write(file, selection)
            file.seek(0)
            while block := file.read(BLOCK):
                yield block

    return blocks


FORMATS = {
    made.ending: made
    for made in (
        Format("csv", "CSV", "text/csv; charset=utf-8", _encoded(_csv)),
        Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _filed(_xlsx)),
        Format("jsonl", "JSON Lines", "application/jsonl; charset=utf-8", _encoded(_json)),
        Format("docx", "Word", WORD, _filed(_docx), (TARGETS.name,)),
        *(Format(one.ending, one.label, one.mime, _encoded(_cited(one)), (POLICIES.name,)) for one in STYLES),
    )
}  # fmt: skip


def formats_of(kind: Kind) -> list[Format]:
    return [made for made in FORMATS.values() if kind.name in made.kinds]


def root_of(request: Any) -> str:
    """The address of the site that a request came to."""
    return request.build_absolute_uri("/").rstrip("/")


def download(made: Format, selection: Selection, name: str) -> StreamingHttpResponse:
    """The selection as a file named `name`, sent as it is written."""
    response = StreamingHttpResponse(made.write(selection), content_type=made.mime)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{made.ending}")
    return response
