"""The provinces as a map of equal tiles."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policies.models import Region
from policies.selectors.regions import RegionCount
from policies.views.matrices import shade

SIDE, STEP = 44, 48  # a tile and the distance to its neighbour, in the drawing's units


@dataclass(frozen=True, slots=True)
class Tile:
    """A province's square: its corner, and a shade from 0 (no policy) to `matrices.SHADES` (the most)."""

    region: Region
    policies: int
    x: int
    y: int
    shade: int


@dataclass(frozen=True, slots=True)
class TileMap:
    tiles: list[Tile]
    width: int
    height: int


def tile_map(counts: list[RegionCount]) -> TileMap:
    """The provinces that have a place on the map, each shaded by its share of the largest count."""
    places = _places()
    most = max((count.policies for count in counts), default=0)
    tiles = [
        Tile(
            region=count.region,
            policies=count.policies,
            x=places[count.region.code][0] * STEP,
            y=places[count.region.code][1] * STEP,
            shade=shade(count.policies, most),
        )
        for count in counts
        if count.region.code in places
    ]
    columns, rows = (max(place[axis] for place in places.values()) + 1 for axis in (0, 1))
    return TileMap(tiles, columns * STEP - STEP + SIDE, rows * STEP - STEP + SIDE)


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Column and row of every province, by code."""
    return json.loads(Path(__file__).with_name("tiles.json").read_text(encoding="utf-8"))
