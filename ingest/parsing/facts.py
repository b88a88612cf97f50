"""The facts of one policy: kind, place, number, issuers, status, days, period, source."""

from collections.abc import Sequence
from datetime import date

from ingest.parsing.dates import parse_period
from ingest.parsing.docnumbers import find_number
from ingest.parsing.documents import Document
from ingest.parsing.enactment import read_enactment
from ingest.parsing.furniture import EDITOR_NOTE, INLINE_SOURCE
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.head import DocumentText, paragraphs
from ingest.parsing.issuers import find_issuers
from ingest.parsing.kinds import kind_of, status_of
from ingest.parsing.places import place_of, region_by_hints, region_of_title
from ingest.parsing.titles import tidy
from ingest.records import PolicyRecord

WITHOUT_PERIOD = ("statistics", "report")  # their years say what they are about


def read_facts(lines: Sequence[str], document: Document, published: date | None, gazetteer: Gazetteer) -> PolicyRecord:
    """The policy's record without its outline; `published` is the day of the issue."""
    regions, agencies = gazetteer.regions, gazetteer.agencies
    text = document_text(lines, document, published)
    kind = kind_of(text.title, text.body)
    number = find_number(text.title, text.head, text.note)
    title_region = region_of_title(text.title, regions)
    hinted = region_by_hints(number, text.source, text.note, regions)
    issuers = find_issuers(text, kind, number, title_region or hinted, agencies, regions)
    place = place_of(text.title, kind, title_region, hinted, issuers, document.column, agencies, regions)
    status = status_of(kind, text.title, text.note)
    enactment = read_enactment(text, status == "draft")
    return PolicyRecord(
        order=document.order,
        column=document.column,
        title=document.title,
        kind=kind,
        level=place.level,
        start_line=document.start,
        end_line=document.end,
        region=place.region.name if place.region else None,
        region_code=place.region.code if place.region else None,
        doc_number=number,
        issuers=issuers,
        status=status,
        adopted_on=enactment.adopted_on,
        issued_on=enactment.issued_on,
        effective_on=enactment.effective_on,
        period=None if kind in WITHOUT_PERIOD else parse_period(document.title),
        source=text.source,
        editor_note=text.note or None,
        page=document.entry.record.page if document.entry else None,
    )


def document_text(lines: Sequence[str], document: Document, published: date | None) -> DocumentText:
    """The document's words as the facts are read from them."""
    apart = document.title_start and not document.order_start  # else the body begins with what stands above
    above = lines[document.above - 1 : document.title_start - 1] if apart else []
    body = list(lines[document.body_start - 1 : document.body_end])
    if body and document.source and document.source.inline:
        body[-1] = INLINE_SOURCE.sub(r"\g<before>", body[-1])
    return DocumentText(
        title=document.notice or document.title,
        above=above,
        note=_note(lines[document.start - 1 : document.note_end]) if document.note_end else "",
        body=body,
        source=tidy(document.source.name) if document.source else None,
        published=published,
    )


def _note(lines: Sequence[str]) -> str:
    """The editor's note without its heading; paragraphs by newline."""
    heading = EDITOR_NOTE.match(lines[0])
    first = heading["text"] if heading else lines[0]
    return paragraphs(line.strip() for line in [first or "", *lines[1:]] if line.strip())
