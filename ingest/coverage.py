"""Coverage of a stored text: how much of it belongs to a place."""

from ingest.parsing.coverage import cover
from ingest.records import Coverage, Segment
from policies.models import Source


def coverage_of(source: Source) -> Coverage:
    """Counted again from the text's lines and what they were assigned to."""
    return cover(source.lines(), [Segment(**segment) for segment in source.segments])
