"""Coverage: every non-blank line of a file lies in exactly one segment."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from ingest.records import Coverage, Segment

BLANK = re.compile(r"\s")


def characters(line: str) -> int:
    """A line's characters without white space."""
    return len(BLANK.sub("", line))


def cut_out(segment: Segment, removed: Sequence[int]) -> list[Segment]:
    """What is left of a segment without the lines `removed`, which are in order."""
    parts: list[Segment] = []
    start = segment.start_line
    first, last = bisect_left(removed, segment.start_line), bisect_right(removed, segment.end_line)
    for number in removed[first:last]:
        if start < number:
            parts.append(Segment(segment.kind, start, number - 1, segment.order))
        start = number + 1
    if start <= segment.end_line:
        parts.append(Segment(segment.kind, start, segment.end_line, segment.order))
    return parts


def cover(lines: Sequence[str], segments: Iterable[Segment]) -> Coverage:
    """The count over all lines; a line in no segment, or in two, is not kept and is named as unassigned."""
    ordered = sorted(segments, key=lambda s: (s.start_line, s.end_line))
    held = [0] * (len(lines) + 1)
    for segment in ordered:
        for number in range(segment.start_line, segment.end_line + 1):
            held[number] += 1
    total = kept = 0
    unassigned: list[int] = []
    for number, line in enumerate(lines, 1):
        count = characters(line)
        total += count
        if held[number] == 1:
            kept += count
        elif count:
            unassigned.append(number)
    return Coverage(total, kept, unassigned, ordered)
