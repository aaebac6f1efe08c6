"""The tile grid: everybody has a cell of their own, about where they lie on the map."""

import json
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely  # type: ignore[import-untyped]  # has no types of its own
from hypothesis import given
from hypothesis import strategies as st

from data_access.intake.ground import GOVERNMENTS, districts
from data_access.tiles import TILES, Tile, read_codes, read_tiles, trimmed
from tools import tiles
from tools.codes import coded

OURS = Path(__file__).parent.parent / "assets" / "boundaries" / "districts.geojson"
TOUCHING = 0.8
"""Of the pairs of districts with a common border; all of them cannot on any grid."""


@pytest.fixture(scope="module")
def grid() -> Mapping[str, Tile]:
    return read_tiles()["districts"]


def test_the_file_is_what_the_tool_gives() -> None:
    assert TILES.read_text(encoding="utf-8") == tiles.text()


def test_everybody_has_a_cell_of_their_own(grid: Mapping[str, Tile]) -> None:
    assert grid.keys() == {row["slug"] for row in districts()} | {"iiojk"}
    assert read_tiles()["provinces"].keys() == {slug for slug, _ in GOVERNMENTS} | {"iiojk"}
    for level in read_tiles().values():
        assert len(set(level.values())) == len(level)
        assert min(tile.column for tile in level.values()) == 0
        assert min(tile.row for tile in level.values()) == 0
    assert max(tile.column for tile in grid.values()) < tiles.COLUMNS
    assert max(tile.row for tile in grid.values()) < tiles.ROWS


def correlation(tiles_and_places: list[tuple[int, float]]) -> float:
    """Of the ranks of both."""
    frame = pd.DataFrame(tiles_and_places).rank()
    return float(frame[0].corr(frame[1]))


def test_east_is_right_and_north_is_up(grid: Mapping[str, Tile]) -> None:
    assert correlation([(grid[row["slug"]].column, row["longitude"]) for row in districts()]) > 0.98
    assert correlation([(grid[row["slug"]].row, -row["latitude"]) for row in districts()]) > 0.98


def test_so_do_governments_lie() -> None:
    where = pd.DataFrame(districts()).groupby("government_id")[["longitude", "latitude"]].mean()
    held = read_tiles()["provinces"]
    of = {GOVERNMENTS[int(key) - 1][0]: row for key, row in where.iterrows()}  # type: ignore[call-overload]
    assert len(of) == 7
    assert correlation([(held[slug].column, place["longitude"]) for slug, place in of.items()]) > 0.9
    assert correlation([(held[slug].row, -place["latitude"]) for slug, place in of.items()]) > 0.9


def apart(one: Tile, other: Tile) -> int:
    """Steps of a king from one to the other."""
    return max(abs(one.column - other.column), abs(one.row - other.row))


def test_the_federal_government_touches_nobody() -> None:
    held = read_tiles()["provinces"]
    assert min(apart(held["federal"], tile) for slug, tile in held.items() if slug != "federal") == 2


def test_most_neighbours_are_neighbours(grid: Mapping[str, Tile]) -> None:
    held = json.loads(OURS.read_text(encoding="utf-8"))["features"]
    shapes = {each["id"]: shapely.geometry.shape(each["geometry"]) for each in held if each["id"] in grid}
    names, drawn = list(shapes), list(shapes.values())
    one, other = shapely.STRtree(drawn).query(drawn, predicate="touches")
    pairs = [
        (names[a], names[b])
        for a, b in zip(one, other, strict=True)
        if a < b and shapely.length(shapely.intersection(drawn[a], drawn[b])) > 0.05
    ]
    assert len(pairs) > 390
    near = sum(apart(grid[a], grid[b]) == 1 for a, b in pairs)
    assert near / len(pairs) > TOUCHING


@pytest.mark.parametrize("number", range(2, len(GOVERNMENTS) + 1))
def test_the_tiles_of_a_government_hang_together(grid: Mapping[str, Tile], number: int) -> None:
    left = {grid[row["slug"]] for row in districts() if row["government_id"] == number}
    reached = [left.pop()]
    while reached:
        column, row = reached.pop()
        for near in (Tile(column + 1, row), Tile(column - 1, row), Tile(column, row + 1), Tile(column, row - 1)):
            if near in left:
                left.remove(near)
                reached.append(near)
    assert left == set()


def test_trimmed_tiles_start_in_the_corner() -> None:
    assert trimmed({"a": Tile(7, 4), "b": Tile(5, 9)}) == {"a": Tile(2, 0), "b": Tile(0, 5)}
    assert trimmed({}) == {}


@given(
    st.integers(1, 4).flatmap(
        lambda rows: st.lists(st.lists(st.integers(0, 50), min_size=5, max_size=5), min_size=rows, max_size=rows)
    )
)
def test_no_other_assignment_costs_less(table: list[list[int]]) -> None:
    costs = np.array(table, dtype=np.float64)
    rows = range(len(table))
    found = tiles.assigned(costs)
    assert len(set(found.tolist())) == len(table)
    every = permutations(range(5), len(table))
    least = min(sum(table[row][column] for row, column in zip(rows, chosen, strict=True)) for chosen in every)
    assert costs[list(rows), found].sum() == least


def test_every_tile_has_a_code_that_no_other_has() -> None:
    for level, codes in read_codes().items():
        assert codes.keys() == read_tiles()[level].keys()
        assert len(set(codes.values())) == len(codes)
        assert all(2 <= len(code) <= 3 and code.isupper() for slug, code in codes.items() if slug != "iiojk")


def test_a_code_is_the_one_people_use_or_the_letters_that_sound() -> None:
    names = {"dera-ghazi-khan": "Dera Ghazi Khan", "lahore": "Lahore", "lasbela": "Lasbela", "upper-dir": "Upper Dir"}
    assert list(coded({**names, "multan": "Multan"}).values()) == ["MUL", "DGK", "LHR", "LSB", "UPD", "IIOJK"]
    assert coded({"a": "Sibi", "b": "Sabi", "c": "Surab (Shaheed)"}) == {
        "a": "SIB",
        "b": "SAB",
        "c": "SRB",
        "iiojk": "IIOJK",
    }
