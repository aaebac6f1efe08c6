"""Places districts on a grid, a tile each, as they lie on the map: `python -m tools.tiles`.

Each district has a place where it would like to be: its centroid, stretched so that crowded parts get more room. Of all
ways to give everybody a cell the one is taken that moves them least, in squares of distances. The same each time; a
test holds `data_access/facts/tiles.csv` to it. `tools.codes` says what stands on a tile too small for a name.
"""

import sys
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from data_access.boundary_names import DISPUTED
from data_access.intake.ground import districts
from data_access.tiles import TILES, Tile
from tools import say
from tools.codes import PROVINCES, coded

COLUMNS, ROWS = 16, 18
"""Room for 288; with much less provinces lose their form, with much more they fall apart."""
STRETCHED = 0.65
"""How far places go by rank rather than by degrees: Balochistan has half the land, Punjab half the people."""
DISPUTED_AT = (76.0, 34.0)
"""Longitude and latitude of the middle of the disputed territory, which has a tile without a figure."""

GOVERNMENTS: Mapping[str, Tile] = {
    "federal": Tile(0, 0),  # beside the map, not on it: no tile touches it
    "gilgit-baltistan": Tile(3, 0),
    "khyber-pakhtunkhwa": Tile(2, 0),
    "islamabad": Tile(2, 1),
    "azad-jammu-kashmir": Tile(3, 1),
    str(DISPUTED["slug"]): Tile(4, 1),
    "balochistan": Tile(1, 2),
    "punjab": Tile(2, 2),
    "sindh": Tile(1, 3),
}
"""So few are placed by hand."""

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


def main() -> int:
    """Write the file; the exit status."""
    say.headline("Tiles")
    TILES.write_text(text(), encoding="utf-8")
    say.result(True, f"{TILES.name}: {COLUMNS} columns, {ROWS} rows")
    return 0


def text() -> str:
    """The file."""
    where = {row["slug"]: (row["longitude"], row["latitude"]) for row in districts()}
    levels = {"provinces": GOVERNMENTS, "districts": placed({**where, str(DISPUTED["slug"]): DISPUTED_AT})}
    codes = {"provinces": PROVINCES, "districts": coded({row["slug"]: row["name"] for row in districts()})}
    lines = [
        f"{level},{slug},{tile.column},{tile.row},{codes[level][slug]}"
        for level, tiles in levels.items()
        for slug, tile in sorted(tiles.items())
    ]
    return "\n".join(["level,slug,column,row,code", *lines, ""])


def placed(where: Mapping[str, tuple[float, float]]) -> dict[str, Tile]:
    """A tile for each of these, by longitude and latitude; north is up."""
    across = stretched([longitude for longitude, _ in where.values()]) * (COLUMNS - 1)
    down = stretched([-latitude for _, latitude in where.values()]) * (ROWS - 1)
    cells = [Tile(column, row) for row in range(ROWS) for column in range(COLUMNS)]
    column, row = np.array([cell.column for cell in cells]), np.array([cell.row for cell in cells])
    costs = (across[:, None] - column) ** 2 + (down[:, None] - row) ** 2
    return {slug: cells[cell] for slug, cell in zip(where, assigned(costs), strict=True)}


def stretched(values: Sequence[float]) -> Numbers:
    """From 0 to 1: between the share of the way from the least to the most, and the share of those that are less."""
    given = np.array(values)
    rank = np.argsort(np.argsort(given, kind="stable"), kind="stable") / (len(given) - 1)
    way = (given - given.min()) / (given.max() - given.min())
    blended: Numbers = STRETCHED * rank + (1 - STRETCHED) * way
    return blended


def assigned(costs: Numbers) -> Places:
    """The column of each row, none twice, so that the costs add up to the least: the Hungarian method.

    Rows come in one by one; each pushes those who are there along the cheapest path that ends at a free column. SciPy
    has the same as `linear_sum_assignment`; it would be installed for these twenty lines.
    """
    rows, columns = costs.shape
    paid, charged = np.zeros(rows), np.zeros(columns + 1)  # the last column is where each new row starts from
    holder = np.full(columns + 1, -1)
    for row in range(rows):
        holder[columns] = row
        least, before = np.full(columns, np.inf), np.full(columns, columns)
        seen = np.zeros(columns + 1, dtype=bool)
        at = columns
        while holder[at] >= 0:
            seen[at] = True
            reached = costs[holder[at]] - paid[holder[at]] - charged[:-1]
            nearer = ~seen[:-1] & (reached < least)
            least[nearer], before[nearer] = reached[nearer], at
            at = int(np.where(seen[:-1], np.inf, least).argmin())
            step = least[at]
            paid[holder[seen]] += step
            charged[seen] -= step
            least[~seen[:-1]] -= step
        while at != columns:
            holder[at], at = holder[before[at]], before[at]
    found: Places = np.full(rows, -1)
    found[holder[:columns][holder[:columns] >= 0]] = np.flatnonzero(holder[:columns] >= 0)
    return found


if __name__ == "__main__":
    sys.exit(main())
