"""Text joined over lines, that still knows on which line each of its characters stands."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters of one line; `column` is the 0-based place of the first in it."""

    line: int
    column: int
    text: str


class JoinedText:
    """Pieces of lines as one string: pieces that a page broke are joined directly, real
    paragraphs by a newline.  Offsets are those of `text`."""

    __slots__ = ("_bounds", "_pieces", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece] = ()):
        self._starts: list[int] = []
        self._pieces: list[Piece] = []
        self._bounds: list[list[int]] = []  # of each piece's line: where it starts and ends
        parts: list[str] = []
        offset = 0
        for piece in pieces:
            on_same_line = self._pieces and self._pieces[-1].line == piece.line
            self._bounds.append(self._bounds[-1] if on_same_line else [offset, offset])
            self._starts.append(offset)
            self._pieces.append(piece)
            parts.append(piece.text)
            offset += len(piece.text)
            self._bounds[-1][1] = offset
        self.text = "".join(parts)

    @classmethod
    def of_line(cls, text: str, line: int = 1) -> "JoinedText":
        """A text that stands on one line."""
        return cls([Piece(line, 0, text)])

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def pieces(self) -> list[Piece]:
        return list(self._pieces)

    def quote(self, start: int, end: int, anchor: int) -> tuple[int, str]:
        """The line that holds offset `anchor`, and the words of [start, end) on it.

        A quote never leaves its line: what a page broke is quoted by its part.
        """
        index = max(bisect_right(self._starts, anchor) - 1, 0)
        first, last = self._bounds[index]
        return self._pieces[index].line, self.text[max(start, first) : min(end, last)].strip()
