"""The whole way of a file: read, parse, check, load; what command and worker both do."""

import hashlib
from collections.abc import Callable, Collection

from django.contrib.auth.models import User
from django.db import transaction

from ingest.bounding import bounded
from ingest.checking import CheckError, check
from ingest.gazetteer import gazetteer
from ingest.loading import LoadingError, LoadReport, OtherVersionError, Outcome, find_loaded, load
from ingest.loading.printed import keep_pages
from ingest.models import Run
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import ParsingError, parse_lines
from ingest.reading import Reading, ReadingError, read
from ingest.records import ParsedFile
from policies.actions.publish import publish as publish_subject

Step = Run.Step
OnStep = Callable[[Step, dict[str, int]], None]  # a step as it begins, with what was counted so far
INGEST_ERRORS = (ReadingError, ParsingError, CheckError, LoadingError)


class IngestError(Exception):
    """A file that was not ingested; the message is Chinese and says why, and nothing was written."""


class NewVersionError(IngestError):
    """A file that holds another version of what is in the base; `there` says what that is."""

    def __init__(self, message: str, there: str):
        super().__init__(message)
        self.there = there


def ingest(
    content: bytes,
    filename: str,
    *,
    replace: bool = False,
    compared: Collection[str] | None = None,
    publish: bool = False,
    once: bool = False,
    dry_run: bool = False,
    user: User | None = None,
    on_step: OnStep = lambda step, counts: None,
    on_loaded: Callable[[LoadReport], None] = lambda report: None,
) -> LoadReport:
    """Bring a file into the knowledge base, or find that it is there.

    Bytes that are there are not read again, unless `replace`.  `publish` makes the result visible to
    readers.  With `once` both happen the first time alone: bytes that a load brought before, be they GONE since, are
    left as people left them.  With `dry_run` the load is rolled back: the report says what would have happened.
    `user` is who uploaded it.
    `on_step` hears of each step as it begins, with what was counted so far; `on_loaded` is called in
    the transaction of the load, so that what it writes stands or falls with it.

    Raises IngestError; its NewVersionError for other bytes of what is there, without `replace`, or where that came from
    another source than those `compared` (sha256), or is published and not `user`'s to replace.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            report = None if replace else find_loaded(sha256, once=once)
            if report:
                _finish(report, publish and not once, dry_run, on_loaded)
                return report
        reading, known, parsed = _parsed(content, filename, on_step)
        on_step(Step.LOAD, {"provisions": sum(len(policy.provisions) for policy in parsed.policies)})
        with transaction.atomic():
            report = load(
                parsed,
                reading,
                filename=filename,
                sha256=sha256,
                gazetteer=known,
                replace=replace,
                compared=compared,
                once=once,
                user=user,
            )
            new = report.outcome in (Outcome.LOADED, Outcome.REPLACED)
            if new:
                keep_pages(reading, content, sha256)
            _finish(report, publish and (new or not once), dry_run, on_loaded)
    except OtherVersionError as error:
        raise NewVersionError(str(error), error.there) from error
    except INGEST_ERRORS as error:
        raise IngestError(str(error)) from error
    return report


def _parsed(content: bytes, filename: str, on_step: OnStep) -> tuple[Reading, Gazetteer, ParsedFile]:
    """What is to be loaded: read, and parsed by what is known, within bounds, and found sound."""
    on_step(Step.READ, {})
    with bounded():
        reading = read(content, filename)
    on_step(Step.PARSE, {"lines": len(reading.lines)})
    known = gazetteer()
    with bounded():
        parsed = parse_lines(reading.lines, known)
    on_step(Step.CHECK, {"policies": len(parsed.policies)})
    check(parsed)
    return reading, known, parsed


def _finish(report: LoadReport, publish: bool, dry_run: bool, on_loaded: Callable[[LoadReport], None]) -> None:
    """What belongs into the transaction of the load."""
    if publish:
        for subject in report.subjects:
            publish_subject(subject, user=None)
    on_loaded(report)
    if dry_run:
        transaction.set_rollback(True)
