"""Finding quotes again in the paragraphs that they were taken from."""

from collections.abc import Sequence


class QuoteFinder:
    """Finds quotes in the paragraphs of one clause; asked in the order of the text, it tells equal ones apart."""

    def __init__(self, paragraphs: Sequence[str]):
        self._paragraphs = paragraphs
        self._index = self._start = 0

    def next(self, quote: str) -> tuple[int, int] | None:
        """Paragraph (0-based) and offset of the next `quote`; None, and nothing passed over, where there is none."""
        start = self._start
        for index in range(self._index, len(self._paragraphs)):
            place = self._paragraphs[index].find(quote, start)
            if place >= 0:
                self._index, self._start = index, place + len(quote)
                return index, place
            start = 0
        return None
