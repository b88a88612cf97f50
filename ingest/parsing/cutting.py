"""The body cut into documents, guided by the contents list.

A document begins at its 编者按, or at its title where it has none, and ends at its （来源：…） line.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ingest.parsing.contents import Contents, Entry
from ingest.parsing.docnumbers import is_announcement, is_number_line
from ingest.parsing.documents import Cutting, Document
from ingest.parsing.furniture import SourceLine, is_editor_note, source_at
from ingest.parsing.listing import NO_TITLE, place_in_contents
from ingest.parsing.titles import (
    DOCUMENT_TYPE,
    OF_ISSUE,
    Run,
    bare_key,
    complete,
    is_label,
    is_title_like,
    key,
    likeness,
    runs,
    tidy,
    unguided,
)
from ingest.records import Segment, WarningRecord

ALIKE = 0.6  # least likeness of a printed title and its entry
CERTAIN = 0.9  # one holds the other
BEGINNING = 3  # characters that a wrapped title's first line surely has
LETTERHEAD = 40  # characters of a line such as 某某人民政府令
UNMARKED_LINES = 10  # of a note whose 编者按 is lost
NOTE_LINES = 60  # lines of an editor's note, at most, before its title


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a document begins, as far as its first lines tell."""

    start: int
    note: bool
    run: Run | None
    entry: Entry | None


def cut(lines: Sequence[str], contents: Contents, columns: Mapping[int, str], names: AbstractSet[str]) -> Cutting:
    """The documents that follow the contents list.

    `lines` are the file's with page furniture and column headings blanked; `columns` tells
    on which lines those headings stood; `names` are the bodies of the masthead, whose portraits end the issue.
    """
    return _Cutter(lines, contents, columns, names).cut()


def _may_begin(words: str, beginnings: AbstractSet[str]) -> bool:
    """Whether a line's words are a listed title's first ones; a line shorter than those is let through."""
    return words[:BEGINNING] in beginnings or 0 < len(words) < BEGINNING


def _first_from(numbers: Sequence[int], number: int) -> int | None:
    """The first of the ordered `numbers` that is not below `number`."""
    index = bisect_left(numbers, number)
    return numbers[index] if index < len(numbers) else None


class _Cutter:
    def __init__(self, lines: Sequence[str], contents: Contents, columns: Mapping[int, str], names: AbstractSet[str]):
        self.lines = lines
        self.contents = contents
        self.columns = columns
        self.names = {key(name) for name in names}
        self.free = list(contents.entries)
        self.keys = {id(entry): key(entry.record.title) for entry in contents.entries}
        self.cutting = Cutting()
        body = range(contents.end_line + 1, len(lines) + 1)
        self.sources = {number: source for number in body if (source := source_at(lines, number))}
        self.sure = [number for number, source in self.sources.items() if source.sure]
        self.notes = {number for number in body if is_editor_note(lines[number - 1])}
        self.note_lines = sorted(self.notes)
        self.titles = self._listed_titles(body)
        self.hard = sorted(self.notes | self.titles.keys())

    def _listed_titles(self, body: range) -> dict[int, Entry]:
        """The lines where a title begins that the contents list has too."""
        wanted = {bare_key(entry.record.title): entry for entry in self.contents.entries}
        beginnings = {title[:BEGINNING] for title in wanted}
        found: dict[int, Entry] = {}
        for number in body:
            line = self.lines[number - 1]
            if (is_title_like(line) or is_announcement(line)) and _may_begin(key(line), beginnings):
                for run in runs(self.lines, number):
                    entry = wanted.get(bare_key(run.text))
                    if entry:
                        found[number] = entry
        return found

    # -- walking ---------------------------------------------------------------------------------

    def cut(self) -> Cutting:
        place = self._next_line(self.contents.end_line + 1)
        column: str | None = None
        while place:
            if place in self.columns:
                column = self.columns[place]
                place = self._next_line(place + 1)
                continue
            opening = self._opening(place)
            if opening:
                document = self._document(opening)
                document.column, column = column, None
                self.cutting.documents.append(document)
                place = self._next_line(document.end + 1)
                continue
            resume = self._next_hard(place + 1)
            if resume is None:
                self._back_matter(place)
                break
            self._stray(place, resume - 1)
            place = resume
        place_in_contents(self.cutting, self.contents, self.free)
        return self.cutting

    def _next_line(self, number: int) -> int | None:
        """The first line from `number` that is not blank, or held a column's heading."""
        for candidate in range(number, len(self.lines) + 1):
            if candidate in self.columns or self.lines[candidate - 1].strip():
                return candidate
        return None

    def _next_hard(self, number: int) -> int | None:
        """The next line that surely opens a document: 编者按, or a title that is still looked for."""
        return _first_from(self.hard, number)

    def _next_sure_source(self, number: int) -> int | None:
        return _first_from(self.sure, number)

    def _take(self, entry: Entry) -> None:
        """Look for this entry's title no longer."""
        self.free.remove(entry)
        self.hard = [line for line in self.hard if line in self.notes or self.titles[line] is not entry]

    # -- openings --------------------------------------------------------------------------------

    def _opening(self, place: int) -> _Opening | None:
        """The document that begins on line `place`, None if none does."""
        if place in self.notes:
            return self._opening_with_note(place)
        first = place
        if is_number_line(self.lines[place - 1]) and place not in self.titles:
            first = self._next_line(place + 1) or place
        found = runs(self.lines, first)
        run, entry = self._guided(found)
        if entry:
            return _Opening(place, False, run, entry)
        run = unguided(found)
        if run and self._is_unlisted(run):
            return _Opening(place, False, run, None)
        return self._opening_with_unmarked_note(place)

    def _opening_with_unmarked_note(self, place: int) -> _Opening | None:
        """A few paragraphs right above a listed title are its editor's note, though 编者按 is not printed."""
        title = self._next_hard(place)
        source = self._next_sure_source(place)
        if title is None or title in self.notes or (source is not None and source < title):
            return None
        between = [number for number in range(place, title) if self.lines[number - 1].strip()]
        if len(between) > UNMARKED_LINES or any(is_label(self.lines[number - 1]) for number in between):
            return None
        if any(number in self.columns for number in range(place, title)):
            return None
        run, entry = self._guided(runs(self.lines, title))
        order = len(self.lines[place - 1].strip()) <= LETTERHEAD and is_title_like(self.lines[place - 1])
        return _Opening(place, not order, run, entry) if entry else None

    def _opening_with_note(self, place: int) -> _Opening | None:
        """Its title is the listed one among the lines after the note, or else the first that looks like one."""
        ends = (self._next_sure_source(place), _first_from(self.note_lines, place + 1), len(self.lines) + 1)
        last = min(number - 1 for number in ends if number)
        best: tuple[float, Run, Entry] | None = None
        fallback: Run | None = None
        paragraph = "：" in self.lines[place - 1] or ":" in self.lines[place - 1]
        seen = 0
        for number in range(place + 1, last + 1):
            line = self.lines[number - 1]
            if not line.strip():
                continue
            seen += 1
            if seen > NOTE_LINES or is_label(line):
                break
            if not is_title_like(line):
                paragraph = True
                continue
            found = runs(self.lines, number)
            if not found:
                continue
            score, run, entry = self._best(found)
            if entry and score >= ALIKE and (best is None or score > best[0]):
                best = score, run, entry
                if score >= CERTAIN:
                    break
            if fallback is None and paragraph:
                fallback = unguided(found)
        if best:
            return _Opening(place, True, best[1], best[2])
        return _Opening(place, True, fallback, None) if seen else None

    def _best(self, found: Sequence[Run]) -> tuple[float, Run, Entry | None]:
        """The run and the free entry that are most alike."""
        score, chosen, entry = 0.0, 0, None
        for index, run in enumerate(found):
            words = key(run.text)
            for candidate in self.free:
                alike = likeness(words, self.keys[id(candidate)])
                if alike > score:
                    score, chosen, entry = alike, index, candidate
                if score == 1:
                    return score, complete(found, chosen), entry
        return score, complete(found, chosen), entry

    def _guided(self, found: Sequence[Run]) -> tuple[Run | None, Entry | None]:
        if not found:
            return None, None
        score, run, entry = self._best(found)
        return run, entry if score >= ALIKE else None

    def _is_unlisted(self, run: Run) -> bool:
        """A title that the contents list lacks: it ends as titles do, and a source line ends its document."""
        source = self._next_sure_source(run.end + 1)
        following = self._next_hard(run.end + 1)
        closed = source is not None and (following is None or source < following)
        return closed and bool(DOCUMENT_TYPE.search(run.text))

    # -- one document ----------------------------------------------------------------------------

    def _document(self, opening: _Opening) -> Document:
        run, entry = opening.run, opening.entry
        if entry:
            self._take(entry)
        document = Document(
            start=opening.start,
            title=tidy(run.text) if run else "",
            title_start=run.start if run else 0,
            title_end=run.end if run else 0,
            entry=entry,
        )
        if opening.note:
            document.note_end = self._note_end(opening.start, run.start if run else opening.start + 1)
        if run and any("。" in line for line in self.lines[document.above - 1 : run.start - 1]):
            document.order_start = document.above
        self._find_end(document)
        self._prefer_listed(document)
        if document.source is None:
            name = document.title or NO_TITLE
            self._warn("no-source-line", document.end, f"“{name}”没有“（来源：…）”行，结尾可能不全。")
        return document

    def _prefer_listed(self, document: Document) -> None:
        """Below the notice that issues it a document's own heading, where the contents list has that, is its title."""
        if document.entry is None or document.title_start in self.titles or not OF_ISSUE.search(document.title):
            return
        listed = bare_key(document.entry.record.title)
        for number in range(document.title_end + 1, document.body_end + 1):
            if self.titles.get(number) is document.entry:
                own = next(run for run in runs(self.lines, number) if bare_key(run.text) == listed)
                document.notice, document.title = document.title, tidy(own.text)
                return

    def _note_end(self, start: int, title: int) -> int:
        """The note's last line: before the title, or before the letterhead of an order that stands above it."""
        told = False
        for number in range(start, title):
            line = self.lines[number - 1].strip()
            if told and 0 < len(line) <= LETTERHEAD and (is_title_like(line) or is_number_line(line)):
                return self._last_printed(start, number - 1)
            told = told or "。" in line
        return self._last_printed(start, title - 1)

    def _find_end(self, document: Document) -> None:
        for number in range(max(document.body_start, document.title_end + 1), len(self.lines) + 1):
            source = self.sources.get(number)
            if source and self._closes(source):
                document.source = source
                document.end = source.end
                document.body_end = source.end if source.inline else source.start - 1
                return
            if number in self.notes or self._is_other_title(number) or self._is_portrait(number):
                document.end = document.body_end = self._last_printed(document.start, number - 1)
                return
        document.end = document.body_end = self._last_printed(document.start, len(self.lines))

    def _closes(self, source: SourceLine) -> bool:
        """Whether a source line ends its document, and is not that of a picture in it."""
        following = self._next_line(source.end + 1)
        if following is None or following in self.columns or following in self.notes:
            return True
        if key(self.lines[following - 1]) in self.names or self._is_other_title(following):
            return True
        if self._opening(following):
            return True
        later, opening = self._next_sure_source(following), self._next_hard(following)
        return source.sure and (later is None or (opening is not None and opening < later))

    def _is_other_title(self, number: int) -> bool:
        return number in self.titles and self.titles[number] in self.free

    def _is_portrait(self, number: int) -> bool:
        """Whether the back matter begins here: a body of the masthead introduces itself, and no document follows."""
        line = self.lines[number - 1]
        return (
            len(line) <= 60
            and key(line) in self.names
            and self._next_hard(number) is None
            and self._next_sure_source(number) is None
        )

    def _last_printed(self, first: int, last: int) -> int:
        """The last line of [first, last] that is not blank, at least `first`."""
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        return last

    # -- what lies between -----------------------------------------------------------------------

    def _back_matter(self, place: int) -> None:
        if not self.cutting.documents:
            self._stray(place, len(self.lines))
            return
        self.cutting.segments.append(Segment("back_matter", place, len(self.lines)))

    def _stray(self, start: int, end: int) -> None:
        end = self._last_printed(start, end)
        self.cutting.segments.append(Segment("page", start, end))
        self._warn("stray-lines", start, f"第 {start}—{end} 行不属于任何一篇文件，没有读入。")

    def _warn(self, code: str, line: int, message: str) -> None:
        self.cutting.warnings.append(WarningRecord(code, line, message))
