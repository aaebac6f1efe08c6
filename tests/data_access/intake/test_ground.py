"""What every database starts from."""

import pytest

from data_access.database import Database, DatabaseProblem
from data_access.intake.ground import lay_ground, slug_of
from data_access.tables.reference import district, government
from data_access.tables.system import dataset
from tests.data_access.tiny import all_of


def test_eight_governments_and_every_district(either: Database) -> None:
    governments = {row["slug"]: row["id"] for row in all_of(either, government, "id")}
    assert list(governments) == [
        *("federal", "punjab", "khyber-pakhtunkhwa", "sindh", "islamabad"),
        *("balochistan", "azad-jammu-kashmir", "gilgit-baltistan"),
    ]
    districts = {row["slug"]: row for row in all_of(either, district, "id")}
    assert len(districts) == 158
    south = districts["karachi-south"]
    assert (south["name"], south["government_id"], south["iso_3166_2"]) == ("Karachi South", 4, "PK-SD")
    assert (south["division_slug"], 24.7 < south["latitude"] < 25, 66.8 < south["longitude"] < 67.2) == (
        "karachi",
        True,
        True,
    )
    assert {row["government_id"] for row in districts.values()} == set(governments.values()) - {governments["federal"]}


@pytest.mark.parametrize("kind", ["real", "sample"])
def test_a_database_is_laid_out_once(either: Database, kind: str) -> None:
    with pytest.raises(DatabaseProblem, match="made for real data already; name another one in DATABASE_URL"):
        lay_ground(either, kind)
    assert [(row["kind"], row["label"]) for row in all_of(either, dataset)] == [("real", "")]


@pytest.mark.parametrize(
    ("name", "slug"), [("Karachi South", "karachi-south"), (" D.I. Khan (New) ", "d-i-khan-new"), ("A--B", "a-b")]
)
def test_slugs_of_names(name: str, slug: str) -> None:
    assert slug_of(name) == slug
