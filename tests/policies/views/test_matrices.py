"""Numbers over two axes; agencies together."""

from policies.models import Agency, AgencyName
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


def test_few_are_not_drawn_as_many():
    drawn = matrix({("甲", 1): 1, ("乙", 1): 2}, [Place("甲", "甲"), Place("乙", "乙")], [Place(1, "1")])
    assert [row.cells[0].shade for row in drawn.rows] == [1, 2]


def test_labels_leave_out_the_region_and_are_short_but_tell_apart(db):
    agencies = [
        Agency.objects.create(name=name) for name in ("青川省财政厅", f"云海{'长' * 9}监管局", f"山阳{'长' * 9}监管局")
    ]
    AgencyName.objects.bulk_create(AgencyName(agency=agencies[2], name=name) for name in ("山阳局", "长" * 20))
    one, two, _ = (agency.pk for agency in agencies)
    drawn = together(agencies, {(one, one): 9, (one, two): 5, (two, one): 5, (two, two): 5}, "青川省")
    assert [line.label for line in drawn.lines] == ["财政厅", "云海长长长…长长长监管局", "山阳局"]
    assert max(len(line.label) for line in drawn.lines) == LONGEST
    assert [(square.number, square.own) for square in drawn.lines[0].squares] == [(9, True), (5, False), (0, False)]
    assert drawn.lines[0].squares[1].shade == 4
