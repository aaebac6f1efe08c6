"""Accounts that a person adds."""

from collections.abc import Iterator

import pytest

from data_access.accounts.register import AccountProblem, add_account
from data_access.accounts.sign_in import Doorkeeper, has_demo_accounts
from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def test_an_account_signs_in_with_its_scope(database: Database) -> None:
    add_account(database, "secretary", "a long password", "chief_secretary", {"government": "sindh"})
    admission = Doorkeeper(database).admit("secretary", "a long password")
    assert admission is not None
    scope = admission.scope
    assert (scope.role, dict(scope.pinned)) == ("chief_secretary", {"government": "sindh"})
    assert Doorkeeper(database).admit("secretary", "another password") is None
    assert not has_demo_accounts(database)


@pytest.mark.parametrize(
    ("username", "password", "role", "says"),
    [
        ("a", "a long password", "king", "no role 'king'"),
        ("a:b", "a long password", "pmo", "no colon"),
        (" ", "a long password", "pmo", "not empty"),
        ("a", "short", "pmo", "shorter than 10"),
    ],
)
def test_what_cannot_be_made_is_said(duckdb_database: str, username: str, password: str, role: str, says: str) -> None:
    database = open_database(duckdb_database)
    lay_ground(database, "real")
    with pytest.raises(AccountProblem, match=says):
        add_account(database, username, password, role, {})


def test_a_name_is_given_once(duckdb_database: str) -> None:
    database = open_database(duckdb_database)
    lay_ground(database, "real")
    add_account(database, "office", "a long password", "pmo", {})
    with pytest.raises(AccountProblem, match="already"):
        add_account(database, "office", "a longer password", "admin", {})
