"""The table of roles."""

import pytest

from data_access.filters import PARAMETERS
from data_access.roles import ABOUT, COMPLAINTS, ENTRIES, OFFICER_NAMES, PINS, ROLES, may_enter


def test_the_roles_there_are() -> None:
    assert list(ROLES) == ["admin", "pmo", "chief_secretary", "presenter", "viewer", "display"]


def test_names_and_complaints_are_for_two_roles_only() -> None:
    for ability in (OFFICER_NAMES, COMPLAINTS):
        assert {role.name for role in ROLES.values() if ability in role.abilities} == {"pmo", "chief_secretary"}


def test_who_administers_does_nothing_else_with_people() -> None:
    assert {role.name for role in ROLES.values() if "administer" in role.abilities} == {"admin"}


def test_what_is_told_of_the_whole_country_is_entered_by_accounts_without_pins() -> None:
    entering = {role.name for role in ROLES.values() if ENTRIES in role.abilities}
    assert entering == {"pmo", "admin"}
    assert not any(ROLES[name].must or ROLES[name].may for name in entering)
    assert may_enter({ENTRIES}, {})
    assert not may_enter({ENTRIES}, {"government": "sindh"})
    assert not may_enter(set(), {})


@pytest.mark.parametrize("name", ROLES)
def test_every_ability_and_pin_is_known(name: str) -> None:
    role = ROLES[name]
    assert role.abilities <= set(ABOUT)
    assert set(role.must) | set(role.may) <= set(PINS) <= set(PARAMETERS)
    assert not set(role.must) & set(role.may)


def test_a_wall_screen_has_one_page_a_long_session_and_nothing_else() -> None:
    screen = ROLES["display"]
    assert (screen.pages, screen.lasting, screen.abilities) == (("/",), True, frozenset())
    assert all(role.pages is None and not role.lasting for role in ROLES.values() if role is not screen)
