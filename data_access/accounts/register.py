"""Accounts that are not demo accounts: who they are and what they are pinned to."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import insert, select

from data_access.accounts.passwords import hash_password
from data_access.accounts.pins import text_of
from data_access.clock import utc_now
from data_access.database import Database
from data_access.roles import ROLES
from data_access.tables.accounts import account

SHORTEST: Final = 10  # characters


class AccountProblem(ValueError):
    """An account that cannot be made; the message says why and how to mend it."""


def add_account(database: Database, username: str, password: str, role: str, pinned: Mapping[str, str]) -> None:
    """Add an account, pinned to these slugs by parameter. Raises AccountProblem."""
    if role not in ROLES:
        raise AccountProblem(f"There is no role {role!r}; roles are {', '.join(ROLES)}.")
    if not username.strip() or ":" in username:
        raise AccountProblem("A username is not empty and has no colon.")
    if len(password) < SHORTEST:
        raise AccountProblem(f"The password is shorter than {SHORTEST} characters; choose a longer one.")
    with database.clerk() as connection:
        if connection.execute(select(account.c.username).where(account.c.username == username)).first():
            raise AccountProblem(f"There is an account {username!r} already.")
        row = {
            "username": username,
            "password_hash": hash_password(password),
            "role": role,
            "pinned": text_of(pinned),
            "demo": False,
            "disabled": False,
            "epoch": 1,
            "made_at": utc_now(),
        }
        connection.execute(insert(account), row)
