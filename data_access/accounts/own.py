"""What people change about their own account."""

from typing import Any

from sqlalchemy import Connection, Row, update

from data_access.accounts.audit import Entry, write
from data_access.accounts.password_rules import check_password
from data_access.accounts.passwords import hash_password
from data_access.accounts.problem import AccountProblem
from data_access.accounts.register import found
from data_access.database import Database
from data_access.tables.accounts import account


def change_password(database: Database, username: str, old: str, new: str) -> None:
    """Give the account another password, and end all its sessions. Whoever calls it has seen that the old one is right.

    Raises AccountProblem when the new one is easily guessed, or the account has none.
    """
    if new == old:
        raise AccountProblem("This is the password that you have; choose another one.", "password")
    check_password(new, username)
    kept = hash_password(new)
    with database.clerk() as connection:
        row = with_own_password(connection, username)
        fresh = {"password_hash": kept, "epoch": row.epoch + 1}
        connection.execute(update(account).where(account.c.username == username).values(fresh))
        write(connection, Entry("password-changed", username, username))


def with_own_password(connection: Connection, username: str) -> Row[*tuple[Any, ...]]:
    """The account as it is kept, if it signs in with a password that is its own to change. Raises AccountProblem."""
    row = found(connection, username)
    if row.demo or row.issuer is not None or row.password_hash is None:
        raise AccountProblem("This account has no password of its own.")
    return row
