"""Maps: shapes by their address, a colour each, labels that do not lie on each other, what is disputed hatched."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.charts.boundaries import MapLayer, map_layer
from dashboard.charts.classes import NO_VALUE, shades_for
from dashboard.charts.map_drawing import Label, Place, draw_map, uncrowded
from dashboard.charts.tokens import LIGHT, SHADES
from data_access.boundaries import read_boundaries

URL = "/assets/boundaries/provinces.geojson?v=1"
OWN = Path(__file__).parents[3] / "assets" / "boundaries"
PLACES = [Place("sindh", "sindh", 0, "Sindh, 39.9%"), Place("punjab", "punjab", 4, "Punjab, 88.0%")]


@pytest.fixture(scope="module")
def layer() -> MapLayer:
    return map_layer(read_boundaries(OWN).provinces, URL)


def shapes(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "choropleth"]


def test_shapes_are_fetched_by_their_address_and_never_inside_a_figure(layer: MapLayer) -> None:
    figure = draw_map(layer, PLACES, [], SHADES, whole=True)
    assert {trace.geojson for trace in shapes(figure)} == {URL}
    assert len(figure.to_json()) < 20_000
    # What the browser is given of plotly draws these (see README about assets/vendor).
    assert {trace.type for trace in figure.data} <= {"choropleth", "scattergeo"}


def test_each_place_has_its_colour_what_is_said_of_it_and_what_a_click_asks(layer: MapLayer) -> None:
    low, high = shapes(draw_map(layer, PLACES, [], SHADES, whole=False))
    assert (low.locations, low.customdata, low.text) == (("sindh",), ("sindh",), ("Sindh, 39.9%",))
    assert [one.colorscale[0][1] for one in (low, high)] == [LIGHT["shade-least"], LIGHT["shade-most"]]


def test_what_is_disputed_is_hatched_labelled_and_never_scored(layer: MapLayer) -> None:
    figure = draw_map(layer, PLACES, [Label("Sindh", 26, 68.5, 1)], SHADES, whole=True)
    [disputed] = [trace for trace in shapes(figure) if trace.colorscale[0][1] == LIGHT["no-value"]]
    assert disputed.marker.line.color == LIGHT["paper"]
    assert set(disputed.locations) == set(layer.disputed)
    assert disputed.customdata == ("",)
    hatching, names, _more = [trace for trace in figure.data if trace.type == "scattergeo"]
    assert len(hatching.lon) == 3 * len(layer.hatching) > 0
    assert "Indian Illegally" in names.text[0]
    alone = draw_map(layer, PLACES, [], SHADES, whole=False)
    assert all(trace.colorscale[0][1] != LIGHT["no-value"] for trace in shapes(alone))


def test_the_map_shows_no_more_than_its_places(layer: MapLayer) -> None:
    sindh = draw_map(layer, PLACES[:1], [], SHADES, whole=False).layout.geo
    country = draw_map(layer, PLACES[:1], [], SHADES, whole=True).layout.geo
    assert country.lonaxis.range[0] < sindh.lonaxis.range[0] < sindh.lonaxis.range[1] < country.lonaxis.range[1]
    assert not sindh.visible


def test_a_place_without_a_value_is_an_outline(layer: MapLayer) -> None:
    [only] = shapes(draw_map(layer, [Place("sindh", "sindh", NO_VALUE, "n/a")], [], SHADES, whole=False))
    assert only.colorscale[0][1] == "rgba(0,0,0,0)"
    assert only.marker.line.color == LIGHT["line-strong"]


def test_what_is_worse_the_more_there_is_of_it_has_the_colours_of_alarm(layer: MapLayer) -> None:
    assert shades_for(1) == shades_for(0) == SHADES
    low, high = shapes(draw_map(layer, PLACES, [], shades_for(-1), whole=False))
    assert [one.colorscale[0][1] for one in (low, high)] == [LIGHT["alarm-least"], LIGHT["alarm-most"]]


def test_on_a_narrow_screen_fewer_names_stand_and_on_a_wide_one_more_join_them(layer: MapLayer) -> None:
    labels = [Label(f"District {place}", 25 + place % 5, 66 + place // 5 * 2.1, place) for place in range(20)]
    few, more = [one for one in draw_map(layer, PLACES, labels, SHADES, whole=False).data if one.type == "scattergeo"]
    assert 0 < len(few.text) < len(few.text) + len(more.text) <= len(labels)
    assert not set(few.text) & set(more.text)


def test_a_name_may_have_its_figure_below_it_and_the_map_is_wide_enough_for_both(layer: MapLayer) -> None:
    named = [Label("A very long name of a coast", 25, 66.6, 1, "39.9%")]
    figure = draw_map(layer, PLACES[:1], named, SHADES, whole=False)
    [few, _] = [trace for trace in figure.data if trace.type == "scattergeo"]
    assert few.text == ("A very long name of a<br>coast<br>39.9%",)
    bare = draw_map(layer, PLACES[:1], [], SHADES, whole=False).layout.geo.lonaxis.range
    assert figure.layout.geo.lonaxis.range[0] < bare[0]
    assert figure.layout.geo.lonaxis.range[1] == bare[1]


def test_labels_that_would_lie_on_each_other_give_way_to_the_weightier() -> None:
    one, near, far = Label("Lahore", 31.5, 74.3, 5), Label("Kasur", 31.5, 74.35, 1), Label("Multan", 30.2, 71.5, 2)
    assert uncrowded([near, one, far], 50) == [one, far]
    assert uncrowded([near, one, far], 5000) == [one, far, near]
    assert uncrowded([], 50) == []
