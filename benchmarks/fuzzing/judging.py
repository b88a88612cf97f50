"""What must hold of any file that is read: its records satisfy what they promise, or it is refused in Chinese."""

import json
import math
import re
from collections.abc import Iterator
from itertools import chain

from ingest.archives import ArchiveError
from ingest.checking import CheckError, check
from ingest.intake import Intake
from ingest.parsing.errors import ParsingError
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.reading import Reading, ReadingError, read
from ingest.reading.pdf import pdf_lines
from ingest.reading.pdf.document import TOO_LARGE, read_document
from ingest.reading.plain import CONTROL
from ingest.reading.signatures import binary_format
from ingest.records import Extracted, ParsedFile, PolicyRecord, ProvisionRecord, as_json

REFUSALS = (ReadingError, ParsingError, CheckError, ArchiveError)
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
BROKEN_PROMISES = {"unassigned", "misquoted"}  # warnings of the parser about itself
LONGEST_MESSAGE = 500  # characters
RECORDS = ("targets", "responsibilities", "obligations", "references", "observations")


class BrokenPromiseError(Exception):
    """Something that must hold of every parse does not."""


def judge(content: bytes, name: str, kind: str, gazetteer: Gazetteer) -> tuple[str, int]:
    """What became of a file, `parsed` or `refused`, and the characters that were read from it.

    Raises BrokenPromiseError, or what the program raises and should not.
    """
    try:
        if kind == "zip":
            return _judge_archive(content, name, gazetteer)
        reading = _read(content, name)
        parsed = parse_lines(reading.lines, gazetteer)
        check(parsed)
    except REFUSALS as error:
        _judge_message(str(error))
        return "refused", 0
    for broken in broken_promises(parsed, reading.lines):
        raise BrokenPromiseError(broken)
    return "parsed", sum(map(len, reading.lines))


def _read(content: bytes, name: str) -> Reading:
    """As `ingest.reading.read`, but a PDF in this process: to start one for each costs half a second."""
    if binary_format(content) != "pdf":
        return read(content, name)
    try:
        lines, pages = read_document(content)
    except MemoryError as error:
        raise ReadingError(TOO_LARGE) from error
    if len(lines) != len(pages):
        raise BrokenPromiseError(f"{len(lines)} lines on {len(pages)} pages")
    return Reading(lines, "", "pdf", pages)


def judge_alone(content: bytes) -> str:
    """`refused` where a PDF that does not end in this process is stopped in its own, as the program reads it."""
    try:
        pdf_lines(content)
    except ReadingError as error:
        _judge_message(str(error))
        return "refused"
    return "hangs"


def _judge_archive(content: bytes, name: str, gazetteer: Gazetteer) -> tuple[str, int]:
    """An archive as an upload takes it: its good members are judged as files, the others refused by name."""
    intake = Intake()
    intake.add(name, content)
    for refused in intake.refused:
        _judge_message(refused.reason)
    found = [judge(file.content, file.name, "", gazetteer) for file in intake.good]
    parsed = any(outcome == "parsed" for outcome, _ in found)
    return "parsed" if parsed else "refused", sum(characters for _, characters in found)


def _judge_message(message: str) -> None:
    if not CHINESE.search(message) or len(message) > LONGEST_MESSAGE or CONTROL.search(message):
        raise BrokenPromiseError(f"message {message[:200]!r}")


def broken_promises(parsed: ParsedFile, lines: list[str]) -> Iterator[str]:
    """What does not hold of a parse of these lines, in words."""
    yield from (
        f"warning {warning.code}: {warning.message}" for warning in parsed.warnings if warning.code in BROKEN_PROMISES
    )
    yield from (f"warning at line {warning.line}" for warning in parsed.warnings if not 0 <= warning.line <= len(lines))
    coverage = parsed.coverage
    if coverage.kept != coverage.characters:
        yield f"coverage {coverage.kept} of {coverage.characters}"
    if any(CONTROL.search(line) or len(line.splitlines()) > 1 for line in lines):
        yield "control characters"
    if not all(1 <= policy.start_line <= policy.end_line <= len(lines) for policy in parsed.policies):
        yield "a policy outside of the text"
    for policy in parsed.policies:
        yield from _of_outline(policy)
        yield from _of_records(policy)
    try:
        json.dumps(as_json(parsed), ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        yield f"no JSON: {error}"


def _of_outline(policy: PolicyRecord) -> Iterator[str]:
    """Each provision is named once and lies in its policy, a child in its parent, siblings one after the other."""
    eids = [provision.eid for provision in policy.provisions]
    if len(set(eids)) < len(eids) or not all(eids):
        yield f"eids {sorted(eid for eid in eids if eids.count(eid) > 1)[:3]}"
    by_eid = {provision.eid: provision for provision in policy.provisions}
    for provision in policy.provisions:
        if not policy.start_line <= provision.start_line <= provision.end_line <= policy.end_line:
            yield f"{provision.path} outside of its policy"
        parent = by_eid.get(provision.eid.rpartition("__")[0])
        if "/" in provision.path and "__" in provision.eid and parent is None:
            yield f"{provision.eid} without a parent"
        if parent and not parent.start_line <= provision.start_line <= provision.end_line <= parent.end_line:
            yield f"{provision.path} outside of its parent"


def _of_records(policy: PolicyRecord) -> Iterator[str]:
    """Each record stands in its policy, in a provision that there is, and its values are numbers."""
    records: list[Extracted] = list(chain.from_iterable(getattr(policy, name) for name in RECORDS))
    places: dict[str, list[ProvisionRecord]] = {}  # what the text numbers twice stands twice under one path
    for provision in policy.provisions:
        places.setdefault(provision.path, []).append(provision)
    for record in records:
        name = type(record).__name__
        if not policy.start_line <= record.line <= policy.end_line:
            yield f"{name} at line {record.line}, outside of its policy"
        within = (place.start_line <= record.line <= place.end_line for place in places.get(record.path or "", ()))
        if record.path is not None and not any(within):
            yield f"{name} at line {record.line} in {record.path}, which is not there"
        if not record.quote.strip():
            yield f"{name} without words"
        values = (getattr(record, value, None) for value in ("value", "value_max", "yoy"))
        if not all(value is None or math.isfinite(value) for value in values):
            yield f"{name} with an endless value"
    printed = [("table", table.line, table.end_line) for table in policy.tables]
    printed += [("figure", figure.line, figure.line) for figure in policy.figures]
    for name, line, end_line in printed:
        if not policy.start_line <= line <= end_line <= policy.end_line:
            yield f"{name} at line {line}, outside of its policy"
