"""Accounts that are not demo accounts: who they are and what they are pinned to."""

from typing import Final

from sqlalchemy import insert, select

from data_access.accounts.passwords import hash_password
from data_access.database import Database
from data_access.scope import ABILITIES
from data_access.tables.reference import government
from data_access.tables.system import account

SHORTEST: Final = 10  # characters


class AccountProblem(ValueError):
    """An account that cannot be made; the message says why and how to mend it."""


def add_account(database: Database, username: str, password: str, role: str, pinned: str | None) -> None:
    """Add an account; `pinned` is the slug of the government a chief secretary answers for. Raises AccountProblem."""
    if role not in ABILITIES:
        raise AccountProblem(f"There is no role {role!r}; roles are {', '.join(ABILITIES)}.")
    if (role == "chief_secretary") != (pinned is not None):
        raise AccountProblem("A chief_secretary needs --government, and no other role takes it.")
    if not username.strip() or ":" in username:
        raise AccountProblem("A username is not empty and has no colon.")
    if len(password) < SHORTEST:
        raise AccountProblem(f"The password is shorter than {SHORTEST} characters; choose a longer one.")
    with database.writer() as connection:
        ids = {row.slug: row.id for row in connection.execute(select(government.c.slug, government.c.id))}
        if pinned is not None and pinned not in ids:
            raise AccountProblem(f"There is no government {pinned!r}; there are {', '.join(ids)}.")
        if connection.execute(select(account.c.username).where(account.c.username == username)).first():
            raise AccountProblem(f"There is an account {username!r} already.")
        row = {
            "username": username,
            "password_hash": hash_password(password),
            "role": role,
            "government_id": ids[pinned] if pinned else None,
            "demo": False,
            "disabled": False,
        }
        connection.execute(insert(account), row)
