"""Who is named together with whom, drawn as a square of squares."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies.models import Agency
from policies.views.matrices import shade

SIDE, STEP = 24, 26  # a square and the distance to its neighbour, in the drawing's units
LETTER = 13  # the width of a character of a label
LONGEST = 12  # characters of a label


@dataclass(frozen=True, slots=True)
class Square:
    number: int
    shade: int
    x: int
    own: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An agency's row: its number, its label, which may be short for its name, and its squares."""

    place: int
    agency: Agency
    label: str
    y: int
    squares: list[Square]


@dataclass(frozen=True, slots=True)
class Together:
    """The drawing: its lines, where the numbers of the columns stand, and its size."""

    lines: list[Line]
    columns: list[tuple[int, int]]
    width: int
    height: int
    labels: int


def together(agencies: list[Agency], counts: Mapping[tuple[int, int], int], prefix: str = "") -> Together:
    """`counts` by pairs of keys; `prefix`, the name of the region that goes without saying, is left out of labels."""
    labels = [_label(agency, prefix) for agency in agencies]
    left = LETTER * (max(map(len, labels), default=0) + 2) + STEP // 2
    most = max((number for (one, other), number in counts.items() if one != other), default=0)
    lines = [
        Line(
            place=row + 1,
            agency=agency,
            label=labels[row],
            y=(row + 1) * STEP,
            squares=[
                Square(
                    counts.get((agency.pk, other.pk), 0),
                    0 if agency == other else shade(counts.get((agency.pk, other.pk), 0), most),
                    left + column * STEP,
                    agency == other,
                )
                for column, other in enumerate(agencies)
            ],
        )
        for row, agency in enumerate(agencies)
    ]
    columns = [(place + 1, left + place * STEP + SIDE // 2) for place in range(len(agencies))]
    return Together(lines, columns, left + len(agencies) * STEP, (len(agencies) + 1) * STEP, left - 8)


def _label(agency: Agency, prefix: str) -> str:
    """Its name; where that is too long another that it goes by, or its two ends, which tell agencies apart."""
    name = agency.name.removeprefix(prefix) or agency.name
    if len(name) <= LONGEST:
        return name
    others = [other.name for other in agency.names.all() if len(other.name) <= LONGEST]
    half = LONGEST // 2
    return max(others, key=len, default=f"{name[: half - 1]}…{name[-half:]}")
