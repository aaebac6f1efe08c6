"""Sessions that were ended: noted once, for as long as they could have lasted, on both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from data_access.accounts.demo import add_demo_accounts
from data_access.accounts.sessions import end_all_sessions, end_session
from data_access.accounts.sign_in import Doorkeeper
from data_access.database import Database, open_database
from data_access.schema import upgrade
from data_access.tables.accounts import audit_entry, ended_session

KEY = "x" * 32


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Accounts and nothing else."""
    opened = open_database(database_url)
    upgrade(opened)
    with opened.clerk() as connection:
        add_demo_accounts(connection)
    yield opened
    opened.close()


def kept(database: Database) -> list[tuple[str, int]]:
    with database.snapshot() as connection:
        return [(row.mark, row.until) for row in connection.execute(select(ended_session).order_by("mark"))]


def test_a_session_that_was_ended_stays_so_for_every_server(database: Database) -> None:
    keeper = Doorkeeper(database, KEY)
    admission = keeper.admit("pmo", "demo")
    assert admission is not None
    assert keeper.account_of("pmo", admission.stamp, "mine") == admission.scope
    keeper.end("mine", 2000, 1000.0)
    keeper.end("mine", 2000, 1000.5)  # two replies may want it at once
    assert keeper.account_of("pmo", admission.stamp, "mine") is None
    assert Doorkeeper(database, KEY).account_of("pmo", admission.stamp, "mine") is None
    assert keeper.account_of("pmo", admission.stamp, "another") == admission.scope
    assert kept(database) == [("mine", 2000)]


def test_it_is_kept_until_its_limits_would_have_ended_it(database: Database) -> None:
    end_session(database, "short", 1500, 1000.0)
    end_session(database, "long", 3000, 1000.0)
    end_session(database, "late", 900, 1000.0)  # had ended by itself
    assert kept(database) == [("long", 3000), ("short", 1500)]
    end_session(database, "next", 3000, 1500.0)
    assert kept(database) == [("long", 3000), ("next", 3000)]


def test_all_sessions_of_one_account_end_at_once(database: Database) -> None:
    keeper = Doorkeeper(database, KEY)
    mine, other = keeper.admit("pmo", "demo"), keeper.admit("viewer", "demo")
    assert mine is not None
    assert other is not None
    with database.clerk() as connection:
        end_all_sessions(connection, "pmo", "admin")
    assert keeper.account_of("pmo", mine.stamp) is None
    assert keeper.account_of("viewer", other.stamp) == other.scope
    again = keeper.admit("pmo", "demo")  # the password is as good as before
    assert again is not None
    assert again.stamp != mine.stamp
    with database.snapshot() as connection:
        noted = connection.execute(select(audit_entry)).one()
    assert (noted.action, noted.account, noted.subject) == ("sessions-ended", "admin", "pmo")
