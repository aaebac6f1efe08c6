"""GeoJSON of others: what cannot be drawn is one sentence that names the file, never a crash."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access import geojson
from data_access.geojson import area, polygon, read_collection
from data_access.settings import SettingsProblem
from tests.data_access.official import square

RING = square(70, 30, 1)


def collection(geometry: Any, **members: Any) -> dict[str, Any]:
    feature = {"type": "Feature", "properties": {"Name": "Lahore"}, "geometry": geometry}
    return {"type": "FeatureCollection", **members, "features": [feature]}


def crs(name: Any) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "official.geojson"


def test_a_feature_is_read_with_what_it_says(path: Path) -> None:
    held = collection({"type": "Polygon", "coordinates": [[[*point, 210.5] for point in RING]]}, note="x")
    path.write_text(json.dumps(held))
    found = read_collection(path)
    assert found.said["note"] == "x"
    assert found.features[0].said == {"id": None, "name": "Lahore"}
    assert found.features[0].polygons == ((tuple((float(x), float(y)) for x, y in RING[::-1]),),)  # without heights


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_begin_with_a_mark_of_its_encoding(path: Path, encoding: str) -> None:
    held = collection({"type": "MultiPolygon", "coordinates": [[RING], [RING[::-1]]]}, note="آزاد کشمیر")
    path.write_bytes(json.dumps(held, ensure_ascii=False).encode(encoding))
    found = read_collection(path)
    assert found.said["note"] == "آزاد کشمیر"
    assert [area(one[0]) for one in found.features[0].polygons] == [pytest.approx(-1)] * 2  # both clockwise


def test_a_file_that_no_browser_could_fetch_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(json.dumps(collection({"type": "Polygon", "coordinates": [RING]})))
    monkeypatch.setattr(geojson, "LARGEST", 100)
    with pytest.raises(SettingsProblem, match=r"has 0 MB, and every browser would fetch them; simplify the shapes"):
        read_collection(path)


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG:9.9:4326"],
)
def test_degrees_may_be_called_by_their_names(path: Path, name: str) -> None:
    path.write_text(json.dumps(collection({"type": "Polygon", "coordinates": [RING]}, crs=crs(name))))
    assert len(read_collection(path).features) == 1


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        (crs("urn:ogc:def:crs:EPSG::3857"), "urn:ogc:def:crs:EPSG::3857"),
        (crs("EPSG:24313"), "EPSG:24313"),
        (crs("EPSG:14326"), "EPSG:14326"),
        (crs(None), "an unknown reference system"),
        ({"type": "link"}, "an unknown reference system"),
        ("EPSG:4326", "an unknown reference system"),
    ],
)
def test_other_reference_systems_are_refused(path: Path, reference: Any, shown: str) -> None:
    path.write_text(json.dumps(collection({"type": "Polygon", "coordinates": [RING]}, crs=reference)))
    with pytest.raises(SettingsProblem) as problem:
        read_collection(path)
    assert str(problem.value) == f"{path} is in {shown}; write it in EPSG:4326 (degrees)."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (b"\xff\xfe\x00", "is not JSON"),
        ("[]", "is not a GeoJSON FeatureCollection"),
        ('{"type": "Topology", "features": []}', "is not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection"}', "is not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "holds no features"),
        ('{"type": "FeatureCollection", "features": [7]}', "has no geometry"),
        (json.dumps(collection(None)), "has no geometry"),
        (json.dumps(collection({"type": "Point", "coordinates": [70, 30]})), "is a Point"),
        (json.dumps(collection({"type": "MultiPolygon", "coordinates": []})), "is empty"),
    ],
)
def test_what_is_no_collection_of_polygons_is_told(path: Path, content: str | bytes, words: str) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingsProblem, match=words) as problem:
        read_collection(path)
    assert str(path) in str(problem.value)


@pytest.mark.parametrize(
    "coordinates",
    [
        None,
        7,
        [],
        [[]],
        ["ring"],
        [{"a": 1}],
        [[{"x": 70, "y": 30}] * 4],
        [RING[:-1]],  # not closed
        [RING[:2] + RING[:1]],  # a line
        [[[70, 30], [71, 31], [72, 32], [70, 30]]],  # flat
        [[[y, x] for x, y in RING]],  # latitude first
        [[[x * 111_000, y * 111_000] for x, y in RING]],  # metres
        [[[str(x), y] for x, y in RING]],
        [[[x] for x, _ in RING]],
        [[[float("nan"), y] for _, y in RING]],
        [[[True, y] for _, y in RING]],
    ],
)
def test_rings_that_cannot_be_drawn_are_told(path: Path, coordinates: Any) -> None:
    path.write_text(json.dumps(collection({"type": "Polygon", "coordinates": coordinates})))
    with pytest.raises(SettingsProblem, match=r"feature 1 of .* cannot be drawn: closed rings of longitude"):
        read_collection(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.sampled_from(["Polygon", "MultiPolygon"]), json_values)
def test_nothing_in_place_of_coordinates_crashes(tmp_path_factory: Any, kind: str, value: Any) -> None:
    path = tmp_path_factory.mktemp("any") / "any.geojson"
    path.write_text(json.dumps(collection({"type": kind, "coordinates": value})))
    with pytest.raises(SettingsProblem):
        read_collection(path)


@given(st.lists(st.tuples(st.floats(60, 80), st.floats(24, 37)), min_size=3, max_size=12))
def test_every_ring_comes_out_clockwise(points: list[tuple[float, float]]) -> None:
    try:
        ring = polygon([[*points, points[0]]])[0]
    except ValueError:
        assert area((*points, points[0])) == 0
        return
    assert area(ring) < 0
    assert sorted(ring[:-1]) == sorted(points)
    assert polygon([ring])[0] == ring
