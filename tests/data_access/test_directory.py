"""Names and slugs of all that figures are grouped by."""

import pytest

from data_access.database import Database
from data_access.directory import Member, read_directory
from data_access.version_cache import VersionCache
from tests.data_access.tiny import bring_good, everything


def test_all_members_with_what_they_belong_to(filled: Database) -> None:
    with everything(filled).snapshot() as snapshot:
        directory = snapshot.directory
    assert {name: len(found) for name, found in directory.members.items()} == {
        "government": 8,
        "district": 158,
        "department": 3,
        "category": 3,
        "office": 3,
    }
    roads, potholes = (directory.ids["category"][slug] for slug in ("roads", "potholes"))
    assert directory.member("category", potholes) == Member(potholes, "potholes", "Potholes", roads)
    assert directory.member("category", roads).parent is None
    assert directory.member("department", directory.ids["department"]["sindh-works"]).parent == 4
    assert directory.member("government", 3) == Member(
        3, "khyber-pakhtunkhwa", "Khyber Pakhtunkhwa", aliases=("خیبر پختونخوا", "KP", "KPK")
    )
    with pytest.raises(KeyError):
        directory.member("office", 99)


def test_divisions_hold_every_district_once(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        directory = snapshot.directory
    held = [key for found in directory.divisions.values() for key in found]
    assert sorted(held) == sorted(directory.members["district"])
    names = {directory.member("district", key).slug for key in directory.divisions["lahore"]}
    assert names == {"kasur", "lahore", "nankana-sahib", "sheikhupura"}


def test_a_new_name_is_there_with_the_next_version(own: Database) -> None:
    with everything(own).snapshot() as before:
        bring_good(own, {"category": [{"slug": "bridges", "name": "Bridges"}]})
        assert "bridges" not in before.directory.ids["category"]
    with everything(own).snapshot() as after:
        assert "bridges" in after.directory.ids["category"]


def test_a_version_is_read_once(tiny: Database) -> None:
    cache = VersionCache(read_directory)
    with tiny.snapshot() as connection:
        first = cache.of_version(("a", 1), connection)
        assert cache.of_version(("a", 1), connection) is first
        assert cache.of_version(("a", 2), connection) is not first
        second = cache.of_version(("a", 1), connection)
        assert cache.of_version(("b", 1), connection) is not second  # another database counts its own versions


def test_a_slug_has_a_name_or_stands_for_itself(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        directory = snapshot.directory
    assert directory.name_of("government", "khyber-pakhtunkhwa") == "Khyber Pakhtunkhwa"
    assert directory.name_of("government", "nowhere") == "nowhere"
    assert directory.name_of("channel", "app") == "app"
