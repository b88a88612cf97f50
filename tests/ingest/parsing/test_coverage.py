from ingest.parsing.coverage import cover, cut_out
from ingest.records import Segment

LINES = ["甲 乙", "", "丙\u3000丁", "戊"]


def test_white_space_does_not_count():
    coverage = cover(LINES, [Segment("title", 1, 4)])
    assert (coverage.characters, coverage.kept, coverage.unassigned_lines) == (5, 5, [])


def test_a_line_in_no_segment_or_in_two_is_not_kept():
    coverage = cover(LINES, [Segment("title", 1, 3), Segment("provision", 3, 3)])
    assert (coverage.kept, coverage.unassigned_lines) == (2, [3, 4])


def test_segments_are_in_the_order_of_the_lines():
    coverage = cover(LINES, [Segment("page", 4, 4), Segment("title", 1, 3)])
    assert [segment.kind for segment in coverage.segments] == ["title", "page"]


def test_cutting_lines_out_leaves_the_rest_with_its_order():
    parts = cut_out(Segment("provision", 1, 6, 2), [1, 3, 4, 9])
    assert [(part.kind, part.start_line, part.end_line, part.order) for part in parts] == [
        ("provision", 2, 2, 2),
        ("provision", 5, 6, 2),
    ]
    assert cut_out(Segment("title", 3, 3), [3]) == []
