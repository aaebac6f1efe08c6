"""The register: who can be added and changed, what that ends, and what the log says of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from data_access.accounts.audit import verify
from data_access.accounts.demo import DEMO_ACCOUNTS, add_demo_accounts, add_missing_demo_accounts
from data_access.accounts.listing import list_accounts, read_account
from data_access.accounts.passwords import hash_password
from data_access.accounts.problem import AccountProblem, NoSuchAccount
from data_access.accounts.register import Register
from data_access.accounts.sign_in import Doorkeeper, has_demo_accounts
from data_access.clock import utc_now
from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.tables.accounts import account, api_token, audit_entry
from tests.data_access.tiny import all_of

PASSWORD, OTHER = "nine mangoes left behind", "rain on the tin roof again"
SINDH = {"government": "sindh"}


@pytest.fixture
def register(either: Database) -> Register:
    """An empty register, on each engine, in the hands of the account `boss`."""
    return Register(either, "boss")


def noted(database: Database) -> list[tuple[str, str | None, str | None, dict[str, Any]]]:
    """All entries of the log, which holds."""
    assert verify(database).broken is None
    rows = all_of(database, audit_entry, "id")
    return [(row["action"], row["account"], row["subject"], json.loads(row["detail"])) for row in rows]


def stamp_of(database: Database, username: str, password: str = PASSWORD) -> str:
    """What a session of the account would hold."""
    admission = Doorkeeper(database, "x" * 32).admit(username, password)
    assert admission is not None
    return admission.stamp


def holds(database: Database, username: str, stamp: str) -> bool:
    """Whether a session with this stamp goes on."""
    return Doorkeeper(database, "x" * 32).account_of(username, stamp) is not None


def test_an_account_signs_in_with_its_scope(register: Register) -> None:
    assert register.add(" secretary ", PASSWORD, "chief_secretary", SINDH) == "secretary"
    database = register.database
    admission = Doorkeeper(database).admit("secretary", PASSWORD)
    assert admission is not None
    scope = admission.scope
    assert (scope.role, dict(scope.pinned)) == ("chief_secretary", SINDH)
    assert Doorkeeper(database).admit("secretary", OTHER) is None
    assert not has_demo_accounts(database)
    detail = {"role": "chief_secretary", "pinned": "government=sindh"}
    assert noted(database) == [("account-added", "boss", "secretary", detail)]


def test_the_command_line_is_named_where_nobody_else_is(ducks: Database) -> None:
    Register(ducks).add("office", PASSWORD, "pmo")
    detail = {"role": "pmo", "pinned": "", "by": "command line"}
    assert noted(ducks) == [("account-added", None, "office", detail)]


@pytest.mark.parametrize(
    ("username", "password", "role", "pins", "field", "says"),
    [
        ("a", PASSWORD, "king", {}, "role", "no role 'king'; roles are admin, pmo"),
        ("a:b", PASSWORD, "pmo", {}, "username", "no colon"),
        ("OFFICE", PASSWORD, "pmo", {}, "username", "There is an account 'office' already"),
        ("a", "short", "pmo", {}, "password", "shorter than 12"),
        ("minister", "minister2024", "pmo", {}, "password", "easily guessed"),
        ("a", PASSWORD, "chief_secretary", {}, "government", "must be pinned to a government"),
        ("a", PASSWORD, "viewer", {"district": "atlantis"}, "district", "no district 'atlantis'"),
    ],
)
def test_what_cannot_be_added_is_said_and_leaves_nothing(
    ducks: Database, username: str, password: str, role: str, pins: dict[str, str], field: str, says: str
) -> None:
    register = Register(ducks, "boss")
    register.add("office", PASSWORD, "pmo")
    with pytest.raises(AccountProblem, match=says) as problem:
        register.add(username, password, role, pins)
    assert problem.value.field == field
    assert [one.username for one in list_accounts(ducks)] == ["office"]
    assert len(noted(ducks)) == 1


def test_another_role_and_other_pins_count_at_once(register: Register) -> None:
    register.add("one", PASSWORD, "viewer")
    stamp = stamp_of(register.database, "one")
    register.change("one", "chief_secretary", {**SINDH, "district": "karachi-south"})
    scope = Doorkeeper(register.database, "x" * 32).account_of("one", stamp)
    assert scope is not None
    assert (scope.role, dict(scope.pinned)) == ("chief_secretary", {**SINDH, "district": "karachi-south"})
    assert noted(register.database)[-1] == (
        "account-changed",
        "boss",
        "one",
        {
            "role": "chief_secretary",
            "pinned": "government=sindh&district=karachi-south",
            "role_before": "viewer",
            "pinned_before": "",
        },
    )
    with pytest.raises(AccountProblem, match="must be pinned"):
        register.change("one", "chief_secretary")
    assert read_account(register.database, "one").pins == {**SINDH, "district": "karachi-south"}


def test_a_change_to_what_is_there_is_none(ducks: Database) -> None:
    Register(ducks).add("one", PASSWORD, "viewer", SINDH)
    Register(ducks).change("one", "viewer", SINDH)
    assert [action for action, *_ in noted(ducks)] == ["account-added"]


def test_a_disabled_account_is_out_until_it_is_enabled_and_its_sessions_stay_ended(register: Register) -> None:
    database = register.database
    register.add("one", PASSWORD, "viewer")
    stamp = stamp_of(database, "one")
    register.disable("one")
    assert not holds(database, "one", stamp)
    assert Doorkeeper(database).admit("one", PASSWORD) is None
    with pytest.raises(AccountProblem, match="'one' is disabled already"):
        register.disable("one")
    register.enable("one")
    assert Doorkeeper(database).admit("one", PASSWORD) is not None
    assert not holds(database, "one", stamp)
    with pytest.raises(AccountProblem, match="'one' is not disabled"):
        register.enable("one")
    assert [entry[0] for entry in noted(database)] == ["account-added", "account-disabled", "account-enabled"]


def test_an_account_is_enabled_only_if_its_pins_still_mean_something(ducks: Database) -> None:
    register = Register(ducks)
    register.add("one", PASSWORD, "viewer")
    register.disable("one")
    with ducks.clerk() as connection:
        connection.execute(update(account).values(pinned="district=atlantis"))
    with pytest.raises(AccountProblem, match="no district 'atlantis'"):
        register.enable("one")
    assert read_account(ducks, "one").disabled


def give_second_factor_and_keys(database: Database, username: str) -> None:
    """As if the account had set up codes and made a key; another account has one too."""
    now = utc_now()
    key = {"digest": "0" * 64, "label": "reports", "abilities": "", "pinned": "", "made_at": now}
    key["expires_at"] = now + timedelta(days=30)
    with database.clerk() as connection:
        mine = update(account).where(account.c.username == username)
        connection.execute(mine.values(second_factor="sealed", second_factor_step=7))
        for number, owner in enumerate((username, username, "other")):
            revoked = now if number == 1 else None
            connection.execute(insert(api_token), {**key, "id": str(number), "username": owner, "revoked_at": revoked})


def test_a_reset_takes_everything_that_let_the_account_in(register: Register) -> None:
    database = register.database
    register.add("one", PASSWORD, "viewer")
    stamp = stamp_of(database, "one")
    give_second_factor_and_keys(database, "one")
    assert read_account(database, "one").second_factor
    register.reset("one", OTHER)
    assert not holds(database, "one", stamp)
    assert Doorkeeper(database).admit("one", PASSWORD) is None
    assert Doorkeeper(database).admit("one", OTHER) is not None
    assert not read_account(database, "one").second_factor
    revoked = {row["id"]: row["revoked_at"] is not None for row in all_of(database, api_token)}
    assert revoked == {"0": True, "1": True, "2": False}
    assert noted(database)[-1] == ("account-reset", "boss", "one", {"second_factor": True, "keys": 1})
    with pytest.raises(AccountProblem, match="shorter than 12"):
        register.reset("one", "demo")


def test_the_same_password_again_ends_sessions_too(ducks: Database) -> None:
    Register(ducks).add("one", PASSWORD, "viewer")
    stamp = stamp_of(ducks, "one")
    Register(ducks).reset("one", PASSWORD)
    assert not holds(ducks, "one", stamp)


def test_who_signs_in_elsewhere_has_no_password_to_reset(ducks: Database) -> None:
    register = Register(ducks)
    register.add("one", PASSWORD, "viewer")
    with ducks.clerk() as connection:
        connection.execute(update(account).values(password_hash=None, issuer="https://id.example", subject="1"))
    with pytest.raises(AccountProblem, match="'one' signs in by single sign-on and has no password here"):
        register.reset("one", OTHER)
    assert read_account(ducks, "one").issuer == "https://id.example"


def test_sessions_are_ended_everywhere(register: Register) -> None:
    register.add("one", PASSWORD, "viewer")
    stamp = stamp_of(register.database, "one")
    register.end_sessions("one")
    assert not holds(register.database, "one", stamp)
    assert noted(register.database)[-1] == ("sessions-ended", "boss", "one", {})


Change = Callable[[Register, str], object]
ENDS_ADMINISTRATION: list[Change] = [
    lambda register, username: register.disable(username),
    lambda register, username: register.change(username, "viewer"),
]


@pytest.mark.parametrize("change", ENDS_ADMINISTRATION, ids=["disabled", "another role"])
def test_the_last_administrator_with_a_password_stays(register: Register, change: Change) -> None:
    database = register.database
    for name in ("first", "second", "elsewhere"):
        register.add(name, PASSWORD, "admin")
    with database.clerk() as connection:
        elsewhere = update(account).where(account.c.username == "elsewhere")
        connection.execute(elsewhere.values(password_hash=None, issuer="https://id.example", subject="1"))
    change(register, "second")
    with pytest.raises(AccountProblem, match="'first' is the last account with a password that can manage accounts"):
        change(register, "first")
    found = read_account(database, "first")
    assert (found.role, found.disabled) == ("admin", False)
    change(register, "elsewhere")
    register.change("first", "admin")


@pytest.mark.parametrize("username", ["nobody", "", "a\0b", "\udce9", "One"])
def test_nobody_is_changed_by_a_name_that_nobody_has(either: Database, username: str) -> None:
    register = Register(either)
    register.add("one", PASSWORD, "viewer")
    changes: list[Callable[[], object]] = [
        lambda: register.disable(username),
        lambda: register.enable(username),
        lambda: register.reset(username, OTHER),
        lambda: register.change(username, "viewer", SINDH),
        lambda: register.end_sessions(username),
        lambda: read_account(either, username),
    ]
    for change in changes:
        with pytest.raises(NoSuchAccount, match="There is no account"):
            change()
    assert len(noted(either)) == 1


def test_the_list_says_what_accounts_are_and_nothing_that_lets_anybody_in(register: Register) -> None:
    register.add("b", PASSWORD, "chief_secretary", SINDH)
    register.add("a", PASSWORD, "admin")
    register.disable("b")
    found = list_accounts(register.database)
    assert [(one.username, one.role, dict(one.pins), one.disabled) for one in found] == [
        ("a", "admin", {}, False),
        ("b", "chief_secretary", SINDH, True),
    ]
    assert "argon2" not in repr(found)


@pytest.mark.parametrize("kind", ["sample", "real"])
def test_a_sample_gets_the_demo_accounts_that_it_lacks(database_url: str, kind: str) -> None:
    database = open_database(database_url)
    lay_ground(database, kind)
    with database.clerk() as connection:
        row = {"username": "pmo", "password_hash": hash_password("demo"), "role": "pmo", "pinned": "", "epoch": 1}
        connection.execute(insert(account), {**row, "demo": True, "disabled": True, "made_at": utc_now()})
    added = add_missing_demo_accounts(database)
    expected = [demo.username for demo in DEMO_ACCOUNTS[1:]] if kind == "sample" else []
    assert added == expected
    assert noted(database) == [("account-added", None, name, {"demo": True, "by": "command line"}) for name in expected]
    assert read_account(database, "pmo").disabled
    assert add_missing_demo_accounts(database) == []
    database.close()


def test_a_demo_account_with_a_password_of_its_own_is_one_no_longer(ducks: Database) -> None:
    with ducks.clerk() as connection:
        add_demo_accounts(connection)
    Register(ducks).reset("pmo", PASSWORD)
    with ducks.snapshot() as connection:
        demo = set(connection.execute(select(account.c.username).where(account.c.demo)).scalars())
    assert "pmo" not in demo
    assert "viewer" in demo
