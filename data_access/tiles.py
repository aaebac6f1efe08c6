"""The tile grid: a cell for each district and each government, as they lie on the map, where no borders may be shown.

The file is made by `python -m tools.tiles`.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from data_access.boundary_names import Level

TILES: Final = Path(__file__).parent / "facts" / "tiles.csv"


class Tile(NamedTuple):
    """A cell of the grid: columns go east, rows go south, both from 0."""

    column: int
    row: int


def read_tiles() -> Mapping[Level, Mapping[str, Tile]]:
    """All tiles by level and slug. No two of a level share a cell.

    Among them is `iiojk`, which is hatched, labelled and never scored, and among the provinces the federal government,
    which stands beside the others.
    """
    tiles: dict[Level, dict[str, Tile]] = {"provinces": {}, "districts": {}}
    with TILES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level: Level = "provinces" if row["level"] == "provinces" else "districts"
            tiles[level][row["slug"]] = Tile(int(row["column"]), int(row["row"]))
    return tiles


def trimmed(tiles: Mapping[str, Tile]) -> Mapping[str, Tile]:
    """The same tiles moved to the corner: those of one government fill their drawing."""
    if not tiles:
        return {}
    west, north = min(tile.column for tile in tiles.values()), min(tile.row for tile in tiles.values())
    return {slug: Tile(tile.column - west, tile.row - north) for slug, tile in tiles.items()}
