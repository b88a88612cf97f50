"""Documents and the entries of 本期要目: who belongs to whom, in which order, and what is missing."""

from collections.abc import Mapping, Sequence

from ingest.parsing.contents import Contents, Entry
from ingest.parsing.documents import Cutting, Document
from ingest.parsing.titles import key, likeness
from ingest.records import WarningRecord

FITTING = 0.3  # least likeness where nothing else is left for a document and an entry
NO_TITLE = "（标题缺失）"


def place_in_contents(cutting: Cutting, contents: Contents, free: list[Entry]) -> None:
    """Give every document its order and column, and warn of what the list and the body do not share.

    `free` are the entries that no document's title matched; order is the place in the list, documents
    that it lacks follow the last.
    """
    places = {id(entry): place for place, entry in enumerate(contents.entries)}
    _assign_what_is_left(cutting, contents.entries, places, free)
    extra = len(contents.entries)
    column: str | None = None
    for document in cutting.documents:
        if document.entry:
            document.order = places[id(document.entry)] + 1
            column = document.entry.record.column or document.column or column
        else:
            extra += 1
            document.order = extra
            document.title = document.title or NO_TITLE
            column = document.column or column
            _warn(cutting, "document-not-listed", document.start, f"要目中没有列出“{document.title}”。")
        document.column = column
    for entry in free:
        title = entry.record.title
        _warn(cutting, "contents-without-body", entry.line, f"要目列出的“{title}”在正文中没有找到。")


def _assign_what_is_left(
    cutting: Cutting, entries: Sequence[Entry], places: Mapping[int, int], free: list[Entry]
) -> None:
    """A document and an entry that alone are left between the same neighbours belong together."""
    documents = cutting.documents
    for index, document in enumerate(documents):
        before = documents[index - 1].entry if index else None
        after = documents[index + 1].entry if index + 1 < len(documents) else None
        alone = (before or not index) and (after or index + 1 == len(documents))
        if document.entry or not alone:
            continue
        low = places[id(before)] + 1 if before else 0
        high = places[id(after)] if after else len(entries)
        between = [entry for entry in entries[low:high] if entry in free]
        cut_off = not document.title and after is None  # the file ends in it: it is the next that is listed
        if between and (len(between) == 1 or cut_off):
            _assign(cutting, document, between[0], free)


def _assign(cutting: Cutting, document: Document, entry: Entry, free: list[Entry]) -> None:
    listed = entry.record.title
    if not document.title:
        document.title = listed
        _warn(cutting, "title-missing", document.start, f"正文没有印出标题，按要目取作“{listed}”。")
    elif likeness(key(document.title), key(listed)) >= FITTING:
        message = f"正文标题“{document.title}”与要目中的“{listed}”不同。"
        _warn(cutting, "title-differs", document.start, message)
    else:
        return
    document.entry = entry
    free.remove(entry)


def _warn(cutting: Cutting, code: str, line: int, message: str) -> None:
    cutting.warnings.append(WarningRecord(code, line, message))
