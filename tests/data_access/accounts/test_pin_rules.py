"""What accounts can be pinned to."""

import pytest

from data_access.accounts.pin_rules import checked_pins
from data_access.accounts.pins import pins_of
from data_access.accounts.problem import AccountProblem
from data_access.database import Database
from data_access.directory import Directory
from data_access.roles import ROLES
from tests.data_access.tiny import everything


@pytest.fixture(scope="module")
def directory(tiny: Database) -> Directory:
    with everything(tiny).snapshot() as snapshot:
        return snapshot.directory


@pytest.mark.parametrize(
    ("role", "pins"),
    [
        ("admin", ""),
        ("viewer", ""),
        ("chief_secretary", "government=sindh"),
        ("chief_secretary", "government=sindh&division=karachi&district=karachi-south"),
        ("chief_secretary", "government=sindh&department=sindh-works&office=sindh-office"),
        ("chief_secretary", "government=federal&district=lahore"),
        ("viewer", "district=lahore&department=federal-works"),
        ("viewer", "department=sindh-works"),
        ("presenter", "office=punjab-office"),
        ("display", "division=karachi"),
    ],
)
def test_pins_that_an_account_can_have(directory: Directory, role: str, pins: str) -> None:
    assert dict(checked_pins(ROLES[role], pins_of(pins), directory)) == dict(pins_of(pins))


@pytest.mark.parametrize(
    ("role", "pins", "field", "says"),
    [
        ("admin", "government=sindh", "government", "The role admin cannot be pinned to government=sindh; it has no"),
        ("chief_secretary", "", "government", "The role chief_secretary must be pinned to a government; name one"),
        ("chief_secretary", "district=lahore", "government", "must be pinned to a government"),
        ("viewer", "government=Sindh", "government", "no government 'Sindh'; check the spelling of government=Sindh"),
        ("viewer", "division=nowhere", "division", "no division 'nowhere'"),
        ("viewer", "district=nowhere", "district", "no district 'nowhere'"),
        ("viewer", "department=nowhere", "department", "no department 'nowhere'"),
        ("viewer", "office=nowhere", "office", "no office 'nowhere'"),
        (
            "chief_secretary",
            "government=punjab&district=karachi-south",
            "district",
            "^district=karachi-south lies in government=sindh, not in government=punjab; no account can be",
        ),
        ("viewer", "division=lahore&district=karachi-south", "district", "lies in division=karachi, not in division=l"),
        ("viewer", "government=punjab&division=karachi", "division", "lies in government=sindh, not in government=pun"),
        ("viewer", "government=sindh&department=punjab-works", "department", "lies in government=punjab, not in"),
        ("viewer", "government=federal&department=punjab-works", "department", "not in government=federal"),
        ("viewer", "department=punjab-works&office=sindh-office", "office", "lies in department=sindh-works, not in"),
        (
            "viewer",
            "district=karachi-south&department=punjab-works",
            "department",
            "lies in government=punjab, district=karachi-south in government=sindh;",
        ),
    ],
)
def test_pins_that_contradict_role_directory_or_each_other(
    directory: Directory, role: str, pins: str, field: str, says: str
) -> None:
    with pytest.raises(AccountProblem, match=says) as problem:
        checked_pins(ROLES[role], pins_of(pins), directory)
    assert problem.value.field == field


def test_what_is_left_empty_is_no_pin(directory: Directory) -> None:
    pins = {"office": "", "government": " sindh ", "district": "  "}
    assert dict(checked_pins(ROLES["viewer"], pins, directory)) == {"government": "sindh"}


def test_there_are_five_pins(directory: Directory) -> None:
    with pytest.raises(AccountProblem, match="Nothing can be pinned to category=roads; pins are government, division"):
        checked_pins(ROLES["viewer"], {"category": "roads"}, directory)
