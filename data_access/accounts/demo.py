"""The demo accounts that come with the sample. Their password is in the README: they stay on this machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, insert, select

from data_access.accounts import audit
from data_access.accounts.passwords import hash_password
from data_access.accounts.pins import text_of
from data_access.accounts.register import COMMAND_LINE
from data_access.clock import utc_now
from data_access.database import Database
from data_access.tables.accounts import account
from data_access.tables.system import dataset

DEMO_PASSWORD: Final = "demo"  # noqa: S105  # known to everybody, by design


@dataclass(frozen=True)
class DemoAccount:
    """One demo account, and what it is pinned to."""

    username: str
    role: str
    pinned: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


DEMO_ACCOUNTS: Final = (
    DemoAccount("pmo", "pmo"),
    DemoAccount("cs-sindh", "chief_secretary", MappingProxyType({"government": "sindh"})),
    DemoAccount("cs-sindh-2", "chief_secretary", MappingProxyType({"government": "sindh"})),
    DemoAccount("cs-punjab", "chief_secretary", MappingProxyType({"government": "punjab"})),
    DemoAccount(
        "dc-karachi-south",
        "chief_secretary",
        MappingProxyType({"government": "sindh", "district": "karachi-south"}),
    ),
    DemoAccount("presenter", "presenter"),
    DemoAccount("viewer", "viewer"),
    DemoAccount("display", "display"),
    DemoAccount("admin", "admin"),
)


def add_demo_accounts(connection: Connection) -> list[str]:
    """Add the demo accounts that are not there yet; their names."""
    present = set(connection.execute(select(account.c.username)).scalars())
    password_hash = hash_password(DEMO_PASSWORD)  # one for all: they share a password that everybody knows
    rows = [
        {
            "username": demo.username,
            "password_hash": password_hash,
            "role": demo.role,
            "pinned": text_of(demo.pinned),
            "demo": True,
            "disabled": False,
            "epoch": 1,
            "made_at": utc_now(),
        }
        for demo in DEMO_ACCOUNTS
        if demo.username not in present
    ]
    if rows:
        connection.execute(insert(account), rows)
    return [str(row["username"]) for row in rows]


def add_missing_demo_accounts(database: Database) -> list[str]:
    """Add those that a sample of an older version does not have; their names. Real data have none, and get none."""
    with database.clerk() as connection:
        if connection.execute(select(dataset.c.kind)).scalar() != "sample":
            return []
        added = add_demo_accounts(connection)
        for username in added:
            audit.write(connection, audit.Entry("account-added", None, username, {"demo": True, **COMMAND_LINE}))
    return added
