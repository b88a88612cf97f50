"""Lines as parsing sees them, and which of them a page broke in the middle of a sentence.

A page-broken line ends without final punctuation and is at least a printed line long; short ones are
headings, signatures and the like.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from ingest.parsing.text import Piece

_MARKUP = re.compile(r"[\s\u200b\ufeff]*(?:#{1,6}\s+|[-*+•·>]\s+(?=\S))?")
_FINAL = frozenset("。！？；：…!?;:")
_OPEN = frozenset("，、,（(“‘《〈【[〔—")
CLOSERS = "”’\"')）]】〕」』》〉"
_BRACKETS = {"）": "（", ")": "(", "〕": "〔", "]": "[", "】": "【"}
_NOTE_WORDS = re.compile(r"单位|牵头|负责|配合|参与|通过|公布|施行|下同|分工|注[:：]")
_LONGEST_NOTE = 800

# In full-width characters.  A printed line of a digest holds some 38.
PRINTED_LINE = 24
LONGEST_HEADING = 36


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its Markdown: `pieces` are its words with their columns, `text` their sum.

    `bold_end` is where in `text` a bold run that began within the line's first characters ends, or 0.
    """

    number: int
    text: str
    pieces: tuple[Piece, ...]
    bold_end: int = 0

    def cut(self, start: int, end: int | None = None) -> list[Piece]:
        """The pieces of text[start:end]."""
        return cut(self.pieces, start, len(self.text) if end is None else end)


def read_line(raw: str, number: int) -> Line:
    """A raw line as `Line`: heading marks, bullets, `**` and outer white space left out."""
    markup = _MARKUP.match(raw)
    start = markup.end() if markup else 0
    end = len(raw.rstrip())
    if "**" not in raw:
        text = raw[start:end]
        return Line(number, text, (Piece(number, start, text),) if text else ())
    pieces: list[Piece] = []
    bold_end, length, marks, column = 0, 0, 0, start
    while column < end:
        mark = raw.find("**", column, end)
        stop = end if mark < 0 else mark
        part = raw[column:stop]
        if not pieces:
            column += len(part) - len(part.lstrip())
            part = part.lstrip()
        if part:
            pieces.append(Piece(number, column, part))
            length += len(part)
        if mark >= 0:
            marks += 1
            if marks == 2 and not bold_end:
                bold_end = length
        column = stop + 2
    return Line(number, "".join(p.text for p in pieces), tuple(pieces), bold_end)


def cut(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """The pieces of [start, end) of the text that `pieces` make, with their columns."""
    found: list[Piece] = []
    offset = 0
    for piece in pieces:
        low, high = max(start - offset, 0), min(end - offset, len(piece.text))
        if low < high:
            found.append(Piece(piece.line, piece.column + low, piece.text[low:high]))
        offset += len(piece.text)
        if offset >= end:
            break
    return found


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without white space at either end."""
    text = text_of(pieces)
    return cut(pieces, len(text) - len(text.lstrip()), len(text.rstrip()))


def width(text: str) -> float:
    """How wide a text prints, in full-width characters."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def is_finished(text: str) -> bool:
    """Whether a text ends as a sentence does: with final punctuation, or with a note in brackets after it."""
    text = text.rstrip()
    bare = text.rstrip(CLOSERS)
    if not text:
        return True
    if bare and bare[-1] in _FINAL:
        return True
    return bool(_NOTE_WORDS.search(_closing_bracket(text)))


def _closing_bracket(text: str) -> str:
    """The bracketed words that `text` ends with, if it ends with a bracket."""
    tail = text[-_LONGEST_NOTE:]
    if tail[-1] not in _BRACKETS:
        return ""
    depth = 0
    for index in range(len(tail) - 1, -1, -1):
        if tail[index] in _BRACKETS:
            depth += 1
        elif tail[index] in _BRACKETS.values():
            depth -= 1
            if not depth:
                return tail[index:]
    return tail


def is_broken(text: str, longest_whole: float = PRINTED_LINE) -> bool:
    """Whether a page broke this line: unfinished, and either ending in the open or too long to be whole."""
    text = text.rstrip()
    if is_finished(text):
        return False
    return text[-1] in _OPEN or width(text[:200]) >= longest_whole
