"""Boundaries: ours are whole; official ones are matched by any of their names, or told in one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from data_access.boundaries import boundaries_for, read_boundaries
from data_access.boundary_names import Names
from data_access.geojson import area
from data_access.settings import SettingsProblem
from tests.data_access.official import Change, feature, official

OURS = Path(__file__).parent.parent.parent / "assets" / "boundaries"
LANDS = {
    "punjab",
    "khyber-pakhtunkhwa",
    "sindh",
    "islamabad",
    "balochistan",
    "azad-jammu-kashmir",
    "gilgit-baltistan",
}


def drop(*names: str) -> Change:
    """Leave these features out."""
    return lambda features: features.__setitem__(
        slice(None), [each for each in features if each["properties"]["name"] not in names]
    )


def rename(name: str, /, **said: Any) -> Change:
    """Say this of a feature instead of its name."""

    def change(features: list[dict[str, Any]]) -> None:
        found = next(each for each in features if each["properties"].get("name") == name)
        found["properties"] = said

    return change


def together(*changes: Change) -> Change:
    return lambda features: [change(features) for change in changes]


def problem(folder: Path) -> str:
    """The one sentence or two that the start of the server ends with."""
    with pytest.raises(SettingsProblem) as raised:
        boundaries_for(folder, OURS)
    text = str(raised.value)
    assert text.startswith(f"BOUNDARIES_DIR={folder}: ")
    assert "\n" not in text
    return text


def test_ours_show_every_government_with_a_territory_and_every_district() -> None:
    ours = boundaries_for(None, OURS)
    assert ours.provinces.shape_of.keys() == LANDS
    assert len(ours.districts.shape_of) == 158
    assert len(ours.districts.shapes) == 158
    assert [shape.slug for shape in ours.districts.shapes if shape.disputed] == ["iiojk"]
    assert (ours.districts.shape_of["darel"], ours.districts.shape_of["tangir"]) == ("darel-tangir",) * 2
    assert "ODbL 1.0" in ours.provinces.attribution
    assert "not authoritative" in ours.districts.note


def test_official_ones_take_their_place(tmp_path: Path) -> None:
    found = boundaries_for(official(tmp_path, attribution="Survey of Pakistan"), OURS)
    assert found.provinces.shape_of == {slug: slug for slug in LANDS}
    assert found.districts.shape_of["karachi-south"] == "karachi-south"
    assert (found.districts.attribution, found.districts.note) == ("Survey of Pakistan", "")


def test_rings_are_turned_clockwise_and_holes_the_other_way(tmp_path: Path) -> None:
    def pierce(features: list[dict[str, Any]]) -> None:
        hole = [[60.1, 22.1], [60.2, 22.1], [60.2, 22.2], [60.1, 22.1]]
        features[0]["geometry"]["coordinates"].append(hole)

    first = read_boundaries(official(tmp_path, provinces=pierce)).provinces.shapes[0]
    assert area(first.polygons[0][0]) == pytest.approx(-0.25)
    assert area(first.polygons[0][1]) == pytest.approx(0.005)


def test_what_is_served_is_a_file_of_the_same_shapes(tmp_path: Path) -> None:
    first = read_boundaries(official(tmp_path / "a", note="as of 2020")).districts
    served = json.loads(first.geojson())
    assert [each["id"] for each in served["features"]] == [shape.slug for shape in first.shapes]
    assert served["note"] == "as of 2020"
    corner = served["features"][0]["geometry"]["coordinates"][0][0][0]
    assert corner == [60, 22]


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Karachi South"},
        {"name": "SOUTH KARACHI"},
        {"ADM2_EN": "South Karachi"},
        {"name": "Karāchi", "slug": "karachi-south"},
        {"shapeName": " karachi  south."},
        {"NAME_1": "Sindh", "NAME_2": "Karachi-South", "iso_3166_2": "PK-SD"},
        {"districts": ["South Karachi"]},
    ],
)
def test_a_district_is_known_by_slug_name_or_alias(tmp_path: Path, said: dict[str, Any]) -> None:
    found = read_boundaries(official(tmp_path, districts=rename("Karachi South", **said))).districts
    assert found.shape_of["karachi-south"] == "karachi-south"
    assert next(shape.name for shape in found.shapes if shape.slug == "karachi-south") == "Karachi South"


@pytest.mark.parametrize(
    ("name", "said", "slug"),
    [
        ("Khyber Pakhtunkhwa", {"name": "KPK"}, "khyber-pakhtunkhwa"),
        ("Khyber Pakhtunkhwa", {"shapeISO": "PK-KP"}, "khyber-pakhtunkhwa"),
        ("Azad Jammu & Kashmir", {"name": "Azad Kashmir"}, "azad-jammu-kashmir"),
        ("Azad Jammu & Kashmir", {"iso": "pk-jk", "name": "آزاد کشمیر"}, "azad-jammu-kashmir"),
        ("Islamabad", {"ADM1_EN": "Islamabad Capital Territory"}, "islamabad"),
        ("Sindh", {"slug": "sindh"}, "sindh"),
    ],
)
def test_a_province_is_known_by_code_slug_or_name(tmp_path: Path, name: str, said: dict[str, Any], slug: str) -> None:
    found = read_boundaries(official(tmp_path, provinces=rename(name, **said))).provinces
    assert found.shape_of.keys() == LANDS
    assert found.shape_of[slug] == slug


def test_a_feature_may_be_known_by_its_id_alone(tmp_path: Path) -> None:
    def by_id(features: list[dict[str, Any]]) -> None:
        features[0] |= {"id": "PK-PB" if len(features) < 20 else "bagh", "properties": None}

    found = read_boundaries(official(tmp_path, provinces=together(by_id)))
    assert found.provinces.shape_of["punjab"] == "punjab"


def test_no_two_members_share_a_name() -> None:
    for level in ("provinces", "districts"):
        names = Names(level)
        assert all(names.members_of({"name": title}) == (slug,) for slug, title in names.titles.items())
        assert all(names.members_of({"slug": slug}) == (slug,) for slug in names.titles)


def test_one_shape_may_show_several_districts(tmp_path: Path) -> None:
    both = together(drop("Tangir"), rename("Darel", name="Darel valley", districts=["Darel", "Tangir"]))
    found = read_boundaries(official(tmp_path, districts=both)).districts
    assert (found.shape_of["darel"], found.shape_of["tangir"]) == ("darel-tangir",) * 2
    assert next(shape.name for shape in found.shapes if len(shape.members) == 2) == "Darel and Tangir"


def test_disputed_territory_is_known_by_its_name_or_says_so(tmp_path: Path) -> None:
    add: Change = lambda features: features.append(feature("Junagadh and Manavadar", 301, disputed=True))  # noqa: E731
    found = read_boundaries(official(tmp_path, provinces=add))
    for layer in (found.provinces, found.districts):  # the districts have none of their own
        disputed = {shape.slug: shape.name for shape in layer.shapes if shape.disputed}
        assert disputed == {"iiojk": "IIOJK", "junagadh-and-manavadar": "Junagadh and Manavadar"}
        assert not [shape for shape in layer.shapes if shape.disputed and shape.members]


def test_disputed_territory_of_the_districts_own_file_counts(tmp_path: Path) -> None:
    add: Change = lambda features: features.append(feature("Disputed Territory", 301))  # noqa: E731
    found = read_boundaries(official(tmp_path, districts=add)).districts
    assert [shape.name for shape in found.shapes if shape.disputed] == ["Disputed Territory"]


def test_all_that_does_not_fit_is_told_at_once(tmp_path: Path) -> None:
    folder = official(
        tmp_path,
        provinces=drop("Sindh", "IIOJK"),
        districts=together(
            rename("Killa Abdullah", name="Chaman", iso="PK-BA"), lambda features: features.append(feature("Bagh"))
        ),
    )
    assert problem(folder).partition(": ")[2] == (
        "provinces.geojson has no shape for Sindh; has no shape for IIOJK (give it the property disputed: true). "
        "districts.geojson has unknown names Chaman; has no shape for Killa Abdullah; "
        "has more than one shape for Bagh. "
        "docs/boundaries.md says how shapes are named."
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"districts": ["Darel", "Nowhere"]}, "unknown names feature 152"),
        ({"name": "Nowhere", "districts": ["Darel", "Nowhere"]}, "unknown names Nowhere"),
        ({"name": 7}, "unknown names feature"),
        ({"name": "Federal"}, "unknown names Federal"),
    ],
)
def test_half_a_match_is_none(tmp_path: Path, said: dict[str, Any], words: str) -> None:
    text = problem(official(tmp_path, districts=rename("Darel", **said)))
    assert words.partition(" 152")[0] in text
    assert "has no shape for Darel" in text


def test_two_disputed_shapes_of_one_name_are_told(tmp_path: Path) -> None:
    add: Change = lambda features: features.append(feature("IIOJK", 301))  # noqa: E731
    assert "has more than one shape for IIOJK" in problem(official(tmp_path, provinces=add))


def test_a_disputed_shape_cannot_take_a_provinces_name(tmp_path: Path) -> None:
    add: Change = lambda features: features.append(feature("Sindh", 301, disputed=True))  # noqa: E731
    assert "has more than one shape for Sindh" in problem(official(tmp_path, provinces=add))


def test_a_folder_without_the_files_is_told(tmp_path: Path) -> None:
    assert f"{tmp_path / 'provinces.geojson'} cannot be read (No such file" in problem(tmp_path)
