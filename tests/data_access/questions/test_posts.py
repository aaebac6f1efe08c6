"""Who is posted where, and who may be told."""

from datetime import date
from types import MappingProxyType

import pytest

from data_access.database import Database
from data_access.questions.posts import Post, post_at
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from tests.data_access.tiny import bring_good

OFFICERS = [{"slug": "zeb", "name": "Zeb Khan", "designation": "Secretary", "grade": "20"}]
POSTINGS = [
    {"office": "sindh-office", "officer": "zeb", "from_on": "2019-01-01", "to_on": "2019-01-31"},
    {"office": "sindh-office", "officer": "", "from_on": "2019-02-01", "to_on": ""},
]
JANUARY, FEBRUARY = date(2019, 1, 31), date(2019, 2, 1)
NAMED, UNNAMED = Post("Secretary", "Zeb Khan"), Post("Secretary")


def told(database: Database, role: str, day: date, office: str = "sindh-office", **pins: str) -> Post | None:
    scope = Scope("test", role, MappingProxyType(pins), ROLES[role].abilities)
    with reader(database, scope).snapshot() as snapshot:
        return post_at(snapshot, office, day)


@pytest.fixture
def posted(filled: Database) -> Database:
    bring_good(filled, {"officer": OFFICERS, "posting": POSTINGS})
    return filled


def test_a_post_is_held_or_vacant_as_of_the_day(posted: Database) -> None:
    assert told(posted, "pmo", JANUARY) == NAMED
    assert told(posted, "pmo", FEBRUARY) == Post("Secretary", vacant=True)
    assert told(posted, "pmo", date(2018, 12, 31)) == UNNAMED  # nobody is known to have held it
    assert told(posted, "pmo", JANUARY, "punjab-office") == UNNAMED
    assert told(posted, "pmo", JANUARY, "nowhere") is None


def test_names_are_for_those_who_may_name_them(posted: Database) -> None:
    assert told(posted, "chief_secretary", JANUARY, government="sindh") == NAMED
    assert told(posted, "chief_secretary", JANUARY, government="punjab") == UNNAMED
    for role in ("admin", "presenter", "viewer", "display"):
        assert told(posted, role, JANUARY) == UNNAMED
        assert told(posted, role, FEBRUARY) == Post("Secretary", vacant=True)
