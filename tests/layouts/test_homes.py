"""Citizens on the map, coloured by how many there are of a thousand people, and all that is told of each home below."""

from pathlib import Path

import pytest
from dash import dcc, html

from dashboard.charts.boundaries import MapLayer, map_layer
from dashboard.charts.description import Shapes
from dashboard.panels.answer import Answer
from data_access.boundaries import read_boundaries
from data_access.filters import Filters
from layouts.bodies import body_of
from layouts.homes import homes
from layouts.hover import said_of
from layouts.parts import Here
from tests.layouts.reading import every, text

OWN = Path(__file__).parents[2] / "assets" / "boundaries"


@pytest.fixture(scope="module")
def here() -> Here:
    found = read_boundaries(OWN)
    layers: dict[Shapes, MapLayer] = {
        "provinces": map_layer(found.provinces, "/p"),
        "districts": map_layer(found.districts, "/d"),
    }
    return Here("/citizens", Filters(), layers)


def test_every_home_has_its_row(answers: dict[str, Answer], here: Here) -> None:
    answer = answers["citizens"]
    rows = every(every(homes(answer, here), html.Tbody), html.Tr)
    assert [text(row.children[0]) for row in rows] == [row["name"] for row in answer.rows]
    assert [row.className for row in rows] == ["" if row["is_member"] else "jd-rest" for row in answer.rows]


def test_the_map_is_of_one_figure_and_nothing_can_be_chosen(answers: dict[str, Answer], here: Here) -> None:
    body = body_of(answers["citizens"], here)
    assert len(every(body, dcc.Graph)) == 1
    assert every(body, html.Details) == []
    assert every(body, dcc.Link) == []


def test_a_place_that_is_pointed_at_says_how_many_live_there(answers: dict[str, Answer]) -> None:
    row = {**answers["citizens"].rows[0], "name": "Sindh", "registered": 3, "complaints": 1234, "per_1000": 2.5}
    assert said_of(answers["citizens"], row) == (
        "Sindh",
        "Per 1,000 people 2.5",
        "3 registered, 1,234 complaints",
    )
