"""The tile grid as a description: all that a page, a slide or a document needs to draw it."""

import pytest

from dashboard.charts.classes import NO_VALUE
from dashboard.charts.tile_grid import Scored, TileGrid, TileMark, tile_grid
from dashboard.charts.tokens import SHADES
from data_access.intake.ground import GOVERNMENTS, districts


def scored(slug: str, shade: int = 0, value: str = "40.0%") -> Scored:
    return Scored(slug, slug.title(), shade, value)


ALL = [scored(row["slug"]) for row in districts()]
LANDS = [scored(slug) for slug, _ in GOVERNMENTS]


def mark(grid: TileGrid, slug: str) -> TileMark:
    return next(mark for mark in grid.marks if mark.slug == slug)


def test_provinces_have_a_tile_each_the_federal_government_beside_them() -> None:
    grid = tile_grid("provinces", LANDS, SHADES)
    assert (grid.columns, grid.rows) == (5, 4)
    assert {one.slug for one in grid.marks} == {slug for slug, _ in GOVERNMENTS} | {"iiojk"}
    federal = mark(grid, "federal")
    assert all(max(abs(one.column - federal.column), abs(one.row - federal.row)) != 1 for one in grid.marks)
    assert (federal.value, federal.code) == ("40.0%", "FED")


@pytest.mark.parametrize(("level", "places"), [("provinces", LANDS), ("provinces", LANDS[1:]), ("districts", ALL)])
def test_of_the_whole_country_what_is_disputed_is_shown_and_never_scored(level: str, places: list[Scored]) -> None:
    grid = tile_grid("provinces" if level == "provinces" else "districts", places, SHADES)
    [disputed] = [one for one in grid.marks if one.disputed]
    assert disputed == TileMark(
        "iiojk",
        "Indian Illegally Occupied Jammu & Kashmir",
        "IIOJK",
        disputed.column,
        disputed.row,
        NO_VALUE,
        "",
        disputed=True,
    )
    assert grid.fill(disputed) == "no-value"
    assert len(grid.marks) == len(places) + 1


def test_all_districts_have_a_cell_of_their_own_and_a_code() -> None:
    grid = tile_grid("districts", ALL, SHADES)
    assert len({(one.column, one.row) for one in grid.marks}) == len({one.code for one in grid.marks}) == 159
    assert max(one.column for one in grid.marks) + 1 == grid.columns == 16
    assert {"LHR", "KRS", "RYK", "ISB"} <= {one.code for one in grid.marks}


def test_a_few_places_fill_their_drawing_alone() -> None:
    grid = tile_grid("districts", [scored("karachi-south"), scored("karachi-east"), scored("nowhere")], SHADES)
    assert [one.slug for one in grid.marks] != []
    assert min(one.column for one in grid.marks) == min(one.row for one in grid.marks) == 0
    assert not [one for one in grid.marks if one.disputed or one.slug == "nowhere"]
    assert tile_grid("districts", [], SHADES) == TileGrid(0, 0, (), SHADES)


def test_colours_are_names_of_tokens_and_letters_can_be_read_on_them() -> None:
    grid = tile_grid(
        "provinces", [scored("punjab", 4), scored("sindh", 0), scored("islamabad", NO_VALUE, "n/a")], SHADES
    )
    found = {one.slug: (grid.fill(one), grid.ink(one)) for one in grid.marks}
    assert found == {
        "punjab": ("shade-most", "paper"),
        "sindh": ("shade-least", "ink"),
        "islamabad": (None, "ink"),
    }
