"""What people change about their own account."""

from sqlalchemy import update

from data_access.accounts.audit import Entry, write
from data_access.accounts.password_rules import check_password
from data_access.accounts.passwords import hash_password
from data_access.accounts.problem import AccountProblem
from data_access.accounts.register import found
from data_access.accounts.sessions import end_all_sessions
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
        row = found(connection, username)
        if row.demo or row.password_hash is None:
            raise AccountProblem("This account has no password of its own.")
        fresh = {"password_hash": kept, "epoch": row.epoch + 1}
        connection.execute(update(account).where(account.c.username == username).values(fresh))
        write(connection, Entry("password-changed", username, username))


def sign_out_everywhere(database: Database, username: str) -> None:
    """End all sessions of the account at their next request; its tokens stay."""
    with database.clerk() as connection:
        end_all_sessions(connection, username, username)
