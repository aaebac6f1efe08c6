"""What charts know of the shapes: frames, places for names, hatching; the shapes themselves stay in their file."""

from itertools import pairwise
from pathlib import Path

import pytest
import shapely  # type: ignore[import-untyped]  # has no types of its own
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.boundaries import HATCHING, Frame, MapLayer, hatched, label_point, map_layer
from data_access.boundaries import Layer, Shape, boundaries_for
from data_access.geojson import Polygon, polygon

OURS = Path(__file__).parent.parent.parent.parent / "assets" / "boundaries"
SQUARE = polygon([[(70, 30), (70, 32), (72, 32), (72, 30), (70, 30)]])
FAR = polygon([[(60, 25), (60, 25.1), (60.1, 25.1), (60.1, 25), (60, 25)]])
RING_ROAD: Polygon = polygon(
    [
        [(70, 30), (70, 34), (74, 34), (74, 30), (70, 30)],
        [(71, 31), (73, 31), (73, 33), (71, 33), (71, 31)],
    ]
)


@pytest.fixture(scope="module")
def ours() -> MapLayer:
    return map_layer(boundaries_for(None, OURS).districts, "/somewhere")


def layer_of(*shapes: Shape) -> MapLayer:
    return map_layer(Layer("districts", shapes, "theirs", "as of 2020"), "/somewhere")


def as_shapely(of: Polygon) -> object:
    return shapely.Polygon(of[0], of[1:])


def test_a_layer_knows_all_but_the_shapes() -> None:
    layer = layer_of(
        Shape("lahore", "Lahore", ("lahore",), False, (SQUARE, FAR)),
        Shape("iiojk", "IIOJK", (), True, (FAR,)),
    )
    assert (layer.url, layer.attribution, layer.note) == ("/somewhere", "theirs", "as of 2020")
    assert (list(layer.shapes), list(layer.disputed)) == (["lahore"], ["iiojk"])
    assert layer.shape_of == {"lahore": "lahore"}
    assert layer.shapes["lahore"].frame == Frame(60, 25, 72, 32)
    assert layer.shapes["lahore"].label == pytest.approx((71, 31), abs=1)  # in the larger part


def test_a_frame_holds_what_is_asked_for_with_a_margin() -> None:
    layer = layer_of(
        Shape("lahore", "Lahore", ("lahore",), False, (SQUARE,)), Shape("kasur", "Kasur", ("kasur",), False, (FAR,))
    )
    assert layer.frame_of(["lahore"]) == Frame(69.92, 29.92, 72.08, 32.08)
    assert layer.frame_of() == layer.frame_of(["lahore", "kasur"])
    with pytest.raises(KeyError):
        layer.frame_of(["nowhere"])


def test_the_whole_country_fits_the_frame(ours: MapLayer) -> None:
    frame = ours.frame_of()
    assert (frame.west, frame.south, frame.east, frame.north) == pytest.approx((60.2, 23.2, 80.0, 37.6), abs=0.1)


def test_names_stand_inside_their_shapes(ours: MapLayer) -> None:
    shapes = {shape.slug: shape for shape in boundaries_for(None, OURS).districts.shapes}
    for slug, drawn in {**ours.shapes, **ours.disputed}.items():
        parts = [as_shapely(part) for part in shapes[slug].polygons]
        assert any(shapely.contains_xy(part, *drawn.label) for part in parts), slug


def test_a_name_keeps_out_of_holes() -> None:
    assert shapely.contains_xy(as_shapely(RING_ROAD), *label_point(RING_ROAD))


def test_disputed_territory_is_hatched_and_nothing_else(ours: MapLayer) -> None:
    disputed = next(shape for shape in boundaries_for(None, OURS).districts.shapes if shape.disputed)
    ground = shapely.union_all([as_shapely(part) for part in disputed.polygons]).buffer(1e-6)
    assert 10 < len(ours.hatching) < 40
    assert all(shapely.covers(ground, shapely.LineString(line)) for line in ours.hatching)


def test_lines_lie_on_one_grid_and_leave_holes_out() -> None:
    lines = list(hatched(RING_ROAD, HATCHING))
    for (west, south), (east, north) in lines:
        assert east - west == pytest.approx(north - south)
        assert (west - south) / HATCHING == pytest.approx(round((west - south) / HATCHING))
        assert shapely.covers(as_shapely(RING_ROAD).buffer(1e-9), shapely.LineString([(west, south), (east, north)]))  # type: ignore[attr-defined]
    assert sorted(lines) == sorted({*lines})


coordinates = st.integers(0, 40).map(lambda step: step / 10)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=9, unique=True))
def test_hatching_covers_any_polygon_evenly(points: list[tuple[float, float]]) -> None:
    ring = [(70 + x, 30 + y) for x, y in points]
    shape = shapely.Polygon(ring)
    if not shape.is_valid or shape.area < 0.1:
        return
    drawn = polygon([[*ring, ring[0]]])
    lines = list(hatched(drawn, 0.01))
    assert all(shapely.covers(shape.buffer(1e-6), shapely.LineString(line)) for line in lines)
    length = sum(east - west for (west, _), (east, _) in lines)
    assert length * 0.01 == pytest.approx(shape.area, rel=0.05, abs=0.02)
    assert shapely.covers(shape.buffer(1e-9), shapely.Point(label_point(drawn)))
    assert all(first <= second for (first, _), (second, _) in pairwise(sorted(lines)))
