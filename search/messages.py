"""What a search has to say about a query besides its hits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What was not understood or not found; [start, end) is the part of the typed text it speaks of."""

    text: str
    start: int
    end: int
