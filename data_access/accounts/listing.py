"""What an administrator sees of accounts: what they are and may, never what lets them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from data_access.accounts.pins import pins_of
from data_access.accounts.register import found
from data_access.database import Database
from data_access.tables.accounts import account


@dataclass(frozen=True)
class Account:
    """One account. `issuer`: of its single sign-on; None: it has a password here."""

    username: str
    role: str
    pins: Mapping[str, str]
    demo: bool
    disabled: bool
    second_factor: bool
    issuer: str | None
    made_at: datetime


def list_accounts(database: Database) -> list[Account]:
    """All accounts by name."""
    with database.snapshot() as connection:
        rows = connection.execute(select(account).order_by(account.c.username)).all()
    return [_account(row) for row in rows]


def read_account(database: Database, username: str) -> Account:
    """The account of this name. Raises NoSuchAccount."""
    with database.snapshot() as connection:
        return _account(found(connection, username))


def _account(row: Row[*tuple[Any, ...]]) -> Account:
    return Account(
        username=row.username,
        role=row.role,
        pins=pins_of(row.pinned),
        demo=row.demo,
        disabled=row.disabled,
        second_factor=row.second_factor is not None,
        issuer=row.issuer,
        made_at=row.made_at,
    )
