"""Extracting again what is loaded: the stored lines, read with what the gazetteer and the editors say today."""

from collections.abc import Callable

from django.db import transaction

from ingest.bounding import bounded
from ingest.checking import check
from ingest.loading import LoadReport, load
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.pipeline import INGEST_ERRORS, IngestError
from ingest.reading import Reading
from policies.history import recording
from policies.models import Action, Source


def reextract(
    source: Source,
    known: Gazetteer,
    *,
    dry_run: bool = False,
    on_loaded: Callable[[LoadReport], None] = lambda report: None,
) -> bool:
    """Load a source's lines anew, editors' decisions kept, as one action; whether any row changed.

    With `dry_run` it is tried and rolled back.  `on_loaded` is called in the transaction of the load.
    Raises IngestError, with nothing written.
    """
    lines = source.lines()
    subject = source.issues.first() or source.policies.order_by("order").first()
    try:
        with bounded():
            parsed = parse_lines(lines, known)
        check(parsed)
        with transaction.atomic():
            with recording(Action.Verb.REEXTRACT, f"{subject}（{source}）", user=None) as action:
                report = load(
                    parsed,
                    Reading(lines, source.encoding, source.format),
                    filename=source.filename,
                    sha256=source.sha256,
                    gazetteer=known,
                    replace=True,
                )
            on_loaded(report)
            if dry_run:
                transaction.set_rollback(True)
    except INGEST_ERRORS as error:
        raise IngestError(str(error)) from error
    return action.pk is not None
