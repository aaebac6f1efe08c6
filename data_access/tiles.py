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
    return {
        level: {row["slug"]: Tile(int(row["column"]), int(row["row"])) for row in rows}
        for level, rows in _rows().items()
    }


def read_codes() -> Mapping[Level, Mapping[str, str]]:
    """What stands on a tile that is too small for a name, by level and slug: two to five letters, no two the same."""
    return {level: {row["slug"]: row["code"] for row in rows} for level, rows in _rows().items()}


def _rows() -> Mapping[Level, list[dict[str, str]]]:
    with TILES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    levels: tuple[Level, Level] = ("provinces", "districts")
    return {level: [row for row in rows if row["level"] == level] for level in levels}


def trimmed(tiles: Mapping[str, Tile]) -> Mapping[str, Tile]:
    """The same tiles moved to the corner: those of one government fill their drawing."""
    if not tiles:
        return {}
    west, north = min(tile.column for tile in tiles.values()), min(tile.row for tile in tiles.values())
    return {slug: Tile(tile.column - west, tile.row - north) for slug, tile in tiles.items()}
