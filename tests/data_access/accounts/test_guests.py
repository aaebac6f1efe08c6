"""Accounts of people whom a provider signs in, on both engines."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from data_access.accounts.audit import verify
from data_access.accounts.claims import Place
from data_access.accounts.guests import Disabled, Guest, check_pins, turn_away, welcome
from data_access.accounts.problem import AccountProblem
from data_access.accounts.sign_in import Doorkeeper
from data_access.clock import utc_now
from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.tables.accounts import account, audit_entry

ISSUER = "https://login.example.gov.pk"
SINDH = Place("chief_secretary", {"government": "sindh"})
AYESHA = Guest(ISSUER, "248289761001", ("ayesha", "ayesha@example.gov.pk", "248289761001"), SINDH)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


@pytest.fixture
def one(duckdb_database: str) -> Iterator[Database]:
    """An empty database on DuckDB."""
    found = open_database(duckdb_database)
    lay_ground(found, "real")
    yield found
    found.close()


def rows(database: Database) -> list[Any]:
    with database.snapshot() as connection:
        return list(connection.execute(select(account).order_by(account.c.username)).all())


def audited(database: Database) -> list[tuple[str, str, dict[str, Any]]]:
    with database.snapshot() as connection:
        found = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [(entry.action, entry.subject, json.loads(entry.detail)) for entry in found]


def local(database: Database, username: str) -> None:
    """An account with a password, which nobody from outside may come into."""
    values = {"role": "admin", "pinned": "", "demo": False, "disabled": False, "epoch": 1, "made_at": utc_now()}
    with database.clerk() as connection:
        connection.execute(insert(account).values(username=username, password_hash="x", **values))


def test_who_comes_first_gets_an_account_without_a_password(database: Database) -> None:
    assert welcome(database, AYESHA) == "ayesha"
    (row,) = rows(database)
    assert (row.issuer, row.subject, row.password_hash, row.demo) == (ISSUER, "248289761001", None, False)
    assert (row.role, row.pinned) == ("chief_secretary", "government=sindh")
    fresh = {"role": "chief_secretary", "pinned": "government=sindh", "how": "single sign-on"}
    assert audited(database) == [("account-added", "ayesha", fresh)]
    for password in ("", "x", "None"):
        assert Doorkeeper(database).admit("ayesha", password) is None


def test_who_comes_again_is_the_same_whatever_the_name(database: Database) -> None:
    welcome(database, AYESHA)
    assert welcome(database, replace(AYESHA, names=("ayesha.khan",))) == "ayesha"
    assert len(rows(database)) == 1
    assert len(audited(database)) == 1


def test_role_and_pins_are_those_of_the_newest_sign_in(database: Database) -> None:
    welcome(database, AYESHA)
    welcome(database, replace(AYESHA, place=Place("viewer", {})))
    assert [(row.role, row.pinned, row.epoch) for row in rows(database)] == [("viewer", "", 1)]
    assert audited(database)[1] == (
        "account-changed",
        "ayesha",
        {
            "role": "viewer",
            "pinned": "",
            "role_before": "chief_secretary",
            "pinned_before": "government=sindh",
            "how": "single sign-on",
        },
    )
    assert verify(database).broken is None


def test_a_disabled_account_stays_out_and_as_it_is(database: Database) -> None:
    welcome(database, AYESHA)
    with database.clerk() as connection:
        connection.execute(update(account).values(disabled=True))
    with pytest.raises(Disabled, match="ayesha"):
        welcome(database, replace(AYESHA, place=Place("admin", {})))
    assert [(row.role, row.disabled) for row in rows(database)] == [("chief_secretary", True)]


def test_who_has_no_place_any_more_is_out_everywhere(database: Database) -> None:
    keeper = Doorkeeper(database)
    welcome(database, AYESHA)
    welcome(database, replace(AYESHA, subject="2"))
    stamps = {name: admission.stamp for name in ("ayesha", "ayesha-2") if (admission := keeper.vouched(name))}
    turn_away(database, ISSUER, AYESHA.subject)
    assert keeper.account_of("ayesha", stamps["ayesha"]) is None
    assert keeper.account_of("ayesha-2", stamps["ayesha-2"]) is not None
    assert audited(database)[2] == ("sessions-ended", "ayesha", {})
    turn_away(database, ISSUER, "nobody")
    assert len(audited(database)) == 3


@pytest.mark.parametrize("there", ["ayesha", "AYESHA", "\N{FULLWIDTH LATIN SMALL LETTER A}yesha"])
def test_a_name_that_is_somebodys_gets_a_number(one: Database, there: str) -> None:
    local(one, there)
    assert welcome(one, AYESHA) == "ayesha-2"
    assert welcome(one, replace(AYESHA, issuer="https://other.example.gov.pk")) == "ayesha-3"
    assert welcome(one, replace(AYESHA, subject="2")) == "ayesha-4"
    assert welcome(one, AYESHA) == "ayesha-2"
    (row,) = [row for row in rows(one) if row.username == there]
    assert (row.password_hash, row.issuer, row.role) == ("x", None, "admin")


@pytest.mark.parametrize(
    ("names", "username"),
    [
        (("PK\\ayesha", "a@b"), "PK-ayesha"),
        (("a:b/c",), "a-b-c"),
        (("", " ", "..", "-", "ayesha@example.gov.pk"), "ayesha@example.gov.pk"),
        (("عائشہ خان",), "عائشہ خان"),
        (("a\nb\0c\u202ed",), "a-b-c-d"),
        (("\ud800",), "account"),
        (("x" * 300,), "x" * 90),
        ((), "account"),
    ],
)
def test_the_name_is_the_best_of_those_given(one: Database, names: tuple[str, ...], username: str) -> None:
    assert welcome(one, replace(AYESHA, names=names)) == username


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (Place("chief_secretary", {"government": "sindhh"}), "sindhh"),
        (Place("viewer", {"department": "sindh-works"}), "sindh-works"),
        (Place("viewer", {"government": "punjab", "district": "karachi-south"}), "karachi-south lies in"),
        (Place("chief_secretary", {}), "government"),
        (Place("pmo", {"government": "sindh"}), "cannot be pinned"),
    ],
)
def test_nobody_is_pinned_to_what_is_not_there(one: Database, place: Place, says: str) -> None:
    with pytest.raises(AccountProblem, match=says):
        welcome(one, replace(AYESHA, place=place))
    assert rows(one) == []
    assert audited(one) == []


@pytest.mark.parametrize("subject", ["", "x" * 256, "a\0", "a\n", "\ud800"])
def test_a_subject_is_what_can_be_kept(one: Database, subject: str) -> None:
    with pytest.raises(AccountProblem, match="none that can be kept"):
        welcome(one, replace(AYESHA, subject=subject))
    assert rows(one) == []


def test_pins_of_the_rules_are_checked_beforehand(one: Database) -> None:
    check_pins(one, [("government", "sindh"), ("district", "karachi-south"), ("division", "karachi")])
    with pytest.raises(AccountProblem, match="There is no government 'sindhh'"):
        check_pins(one, [("government", "sindh"), ("government", "sindhh")])
