"""What an account may see."""

from collections.abc import Iterator
from types import MappingProxyType

import pytest

from data_access.database import Database, open_database
from data_access.directory import Directory, read_directory
from data_access.filters import FilterError, parse_query
from data_access.intake.ground import lay_ground
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from tests.app.small import REFERENCES, bring

SINDH = Scope("cs-sindh", "chief_secretary", MappingProxyType({"government": "sindh"}))
FEDERAL = Scope("cs-federal", "chief_secretary", MappingProxyType({"government": "federal"}))
SOUTH = Scope("dc", "chief_secretary", MappingProxyType({"government": "sindh", "district": "karachi-south"}))
WORKS = Scope("works", "chief_secretary", MappingProxyType({"government": "sindh", "department": "sindh-works"}))
LAHORE = Scope("guest", "viewer", MappingProxyType({"division": "lahore"}))
DESK = Scope("desk", "viewer", MappingProxyType({"office": "sindh-desk"}))
FREE = Scope("pmo", "pmo")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """All districts, and an office and a desk in a works department of four governments."""
    database: Database = open_database(f"duckdb:///{tmp_path_factory.mktemp('scope') / 'scope.duckdb'}")
    lay_ground(database, "sample", "test")
    bring(database, REFERENCES)
    with database.snapshot() as connection:
        yield read_directory(connection)
    database.close()


@pytest.mark.parametrize(
    ("query", "public_lines", "confined"),
    [
        ("", True, ""),
        ("as_of=2019-01-01", True, "as_of=2019-01-01"),
        ("from=2019-01-01&to=2019-01-02&compare=2018-12-01&lang=en", True, None),
        ("government=sindh", True, "government=sindh"),
        ("gender=female", True, "government=sindh&gender=female"),
        ("district=karachi-south", True, "government=sindh&district=karachi-south"),
        ("", False, "government=sindh"),
        ("as_of=2019-01-01", False, "as_of=2019-01-01&government=sindh"),
        ("government=sindh&gender=male", False, "government=sindh&gender=male"),
        ("view=placed", False, "government=sindh&view=placed"),
    ],
)
def test_a_deeper_question_means_ones_own(
    directory: Directory, query: str, public_lines: bool, confined: str | None
) -> None:
    filters = parse_query(query)
    expected = filters.query() if confined is None else confined
    assert SINDH.confine(filters, directory, public_lines=public_lines).query() == expected


@pytest.mark.parametrize("query", ["government=punjab", "government=punjab&as_of=2019-01-01"])
@pytest.mark.parametrize("public_lines", [True, False])
def test_another_government_is_refused_by_name(directory: Directory, query: str, public_lines: bool) -> None:
    with pytest.raises(OutOfScope) as problem:
        SINDH.confine(parse_query(query), directory, public_lines=public_lines)
    assert str(problem.value) == "Your account sees Sindh; it may not ask for the government Punjab."
    assert problem.value.parameter == "government"


ASKED = [
    # who, what, refused for (None: may ask)
    (SINDH, "district=karachi-south", None),
    (SINDH, "division=karachi", None),
    (SINDH, "division=karachi&district=karachi-south", None),
    (SINDH, "district=lahore", "district"),
    (SINDH, "government=sindh&district=lahore", "district"),
    (SINDH, "division=lahore", "division"),
    (SINDH, "department=sindh-works", None),
    (SINDH, "department=punjab-works", "department"),
    (SINDH, "office=sindh-desk", None),
    (SINDH, "office=punjab-desk", "office"),
    (SINDH, "category=roads&channel=app", None),
    # A government without a district of its own answers for complaints everywhere.
    (FEDERAL, "district=lahore", None),
    (FEDERAL, "division=karachi", None),
    (FEDERAL, "department=federal-works", None),
    (FEDERAL, "department=sindh-works", "department"),
    # One district: neither its neighbour nor the whole division, nor another government.
    (SOUTH, "district=karachi-south", None),
    (SOUTH, "district=karachi-east", "district"),
    (SOUTH, "division=karachi", "division"),
    (SOUTH, "division=karachi&district=karachi-south", None),
    (SOUTH, "division=lahore&district=karachi-south", "division"),
    (SOUTH, "government=federal", "government"),
    (SOUTH, "department=sindh-works", None),
    # One department.
    (WORKS, "office=sindh-desk", None),
    (WORKS, "district=karachi-south", None),
    (WORKS, "department=punjab-works", "department"),
    (WORKS, "office=punjab-desk", "office"),
    # One division, held by whichever government.
    (LAHORE, "district=lahore", None),
    (LAHORE, "district=karachi-south", "district"),
    (LAHORE, "government=federal", None),
    # Counted by place, a government stands for its territory, which is wider than a division and than a department.
    (LAHORE, "view=placed", None),
    (LAHORE, "government=punjab&view=placed", "government"),
    (LAHORE, "government=punjab&district=lahore&view=placed", None),
    (LAHORE, "government=sindh&district=lahore&view=placed", "government"),
    (LAHORE, "government=federal&view=placed", "government"),
    (WORKS, "government=sindh&view=placed", None),
    (WORKS, "government=punjab&view=placed", "government"),
    (DESK, "government=sindh&view=placed", None),
    (DESK, "government=punjab&view=placed", "government"),
    (SOUTH, "government=sindh&view=placed", None),
    # One office.
    (DESK, "office=sindh-desk", None),
    (DESK, "office=sindh-office", "office"),
    (DESK, "department=sindh-works", "department"),
    (DESK, "government=sindh", "government"),
    (DESK, "department=punjab-works&office=sindh-desk", "department"),
    (DESK, "government=sindh&department=sindh-works&office=sindh-desk", None),
]


@pytest.mark.parametrize(("scope", "query", "refused"), ASKED, ids=[f"{a.account} {q}" for a, q, _ in ASKED])
def test_what_lies_inside_the_pins_may_be_asked(
    directory: Directory, scope: Scope, query: str, refused: str | None
) -> None:
    if refused is None:
        confined = scope.confine(parse_query(query), directory).given()
        assert confined == {**parse_query(query).given(), **scope.pinned}
        return
    with pytest.raises(OutOfScope) as problem:
        scope.confine(parse_query(query), directory)
    assert problem.value.parameter == refused


def test_a_slug_nobody_has_is_a_mistake_and_not_a_secret(directory: Directory) -> None:
    for name in ("government", "division", "district", "department"):
        with pytest.raises(FilterError, match=f"There is no {name} 'nowhere'"):
            DESK.confine(parse_query(f"{name}=nowhere"), directory)


@pytest.mark.parametrize("query", ["", "government=punjab", "district=lahore&gender=female"])
def test_who_is_not_pinned_asks_anything(directory: Directory, query: str) -> None:
    assert FREE.confine(parse_query(query), directory).query() == query


def test_every_pin_holds(directory: Directory) -> None:
    assert SOUTH.confine(parse_query(""), directory).query() == "government=sindh&district=karachi-south"


def test_the_key_says_what_is_seen_and_never_who_sees_it() -> None:
    assert SINDH.key() == "chief_secretary?government=sindh#"
    assert FREE.key() == "pmo?#"
    assert Scope("another", "chief_secretary", {"government": "sindh"}).key() == SINDH.key()
    assert Scope("x", "chief_secretary", {"district": "a", "government": "b"}).key() == (
        Scope("y", "chief_secretary", {"government": "b", "district": "a"}).key()
    )
    assert Scope("x", "admin").key() != FREE.key()
    assert Scope("x", "pmo", abilities=frozenset({"complaints"})).key() != FREE.key()


def test_an_ability_is_demanded_by_name() -> None:
    pmo = Scope("pmo", "pmo", abilities=ROLES["pmo"].abilities)
    pmo.demand("complaints", "single complaints")
    with pytest.raises(OutOfScope, match="Your account may not see single complaints"):
        FREE.demand("complaints", "single complaints")


def test_officers_are_named_to_those_who_answer_for_them() -> None:
    own = Scope("cs", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    sindh, punjab = ({"government": name, "department": f"{name}-works"} for name in ("sindh", "punjab"))
    assert own.names_officers_of(sindh)
    assert not own.names_officers_of(punjab)
    assert not own.names_officers_of({})  # of nobody knows where
    assert Scope("pmo", "pmo", abilities=ROLES["pmo"].abilities).names_officers_of(punjab)
    narrow = Scope("token", "pmo", {"department": "sindh-works"}, ROLES["pmo"].abilities)
    assert narrow.names_officers_of(sindh)
    assert not narrow.names_officers_of({"government": "sindh", "department": "sindh-health"})
    for role in ("presenter", "viewer", "display", "admin"):
        assert not Scope("x", role, abilities=ROLES[role].abilities).names_officers_of(sindh)


def test_a_wall_screen_opens_one_page() -> None:
    screen = Scope("wall", "display", pages=ROLES["display"].pages)
    assert screen.may_open("/")
    assert not screen.may_open("/map")
    assert FREE.may_open("/map")
