"""What is kept of an account and cannot be understood lets nobody in."""

import pytest

from data_access.accounts.scopes import scope_from
from data_access.roles import ROLES
from data_access.scope import Scope


def test_a_scope_has_the_pins_of_its_account_and_the_rest_of_its_role() -> None:
    role = ROLES["chief_secretary"]
    expected = Scope("x", role.name, {"government": "sindh", "district": "thatta"}, role.abilities, role.pages)
    assert scope_from("x", "chief_secretary", "government=sindh&district=thatta") == expected


@pytest.mark.parametrize(
    ("role", "pinned"),
    [
        ("minister", ""),  # of another version
        ("", ""),
        ("chief_secretary", ""),  # without its pin it would see everything
        ("chief_secretary", "district=thatta"),
        ("chief_secretary", "government="),
        ("viewer", "province=sindh"),  # a pin of another version
        ("viewer", "government=sindh&province="),
    ],
)
def test_what_is_not_understood_lets_nobody_in(role: str, pinned: str) -> None:
    assert scope_from("x", role, pinned) is None
