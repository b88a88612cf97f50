"""Numbers over two axes; agencies together."""

from policies.models import Agency
from policies.views.matrices import Place, matrix
from policies.views.togetherness import LONGEST, together


def test_cells_are_shaded_by_their_share_and_lead_somewhere_where_there_is_something():
    drawn = matrix(
        {("甲", 2023): 8, ("甲", 2024): 1, ("乙", 2023): 5},
        [Place("甲", "甲"), Place("乙", "乙")],
        [Place(2023, "2023"), Place(2024, "2024")],
        lambda row, column: f"?{row}={column}",
    )
    assert [[(cell.number, cell.shade, cell.address) for cell in row.cells] for row in drawn.rows] == [
        [(8, 4, "?甲=2023"), (1, 1, "?甲=2024")],
        [(5, 3, "?乙=2023"), (0, 0, "")],
    ]
    assert [row.total for row in drawn.rows] == [9, 5]


def test_totals_are_given_where_cells_overlap_and_nothing_is_drawn_of_nothing():
    overlapping = {("甲", 1): 2, ("甲", 2): 2}
    drawn = matrix(overlapping, [Place("甲", "甲")], [Place(1, "1"), Place(2, "2")], totals={"甲": 3})
    assert drawn.rows[0].total == 3
    assert matrix({}, [], []).rows == []


def test_labels_leave_out_the_region_and_are_cut():
    agencies = [Agency(pk=1, name="青川省财政厅"), Agency(pk=2, name="云海" * 9)]
    drawn = together(agencies, {(1, 1): 9, (1, 2): 2, (2, 1): 2, (2, 2): 2}, "青川省")
    assert drawn.lines[0].label == "财政厅"
    assert len(drawn.lines[1].label) == LONGEST
    assert drawn.lines[1].label.endswith("…")
    assert [(square.number, square.own) for square in drawn.lines[0].squares] == [(9, True), (2, False)]
    assert drawn.lines[0].squares[1].shade == 4
