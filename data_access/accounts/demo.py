"""The demo accounts that come with the sample. Their password is in the README: they stay on this machine."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from data_access.accounts.passwords import hash_password
from data_access.tables.reference import government
from data_access.tables.system import account

DEMO_PASSWORD: Final = "demo"  # noqa: S105  # known to everybody, by design


@dataclass(frozen=True)
class DemoAccount:
    """One demo account; `government` is the slug it is pinned to."""

    username: str
    role: str
    government: str | None = None


DEMO_ACCOUNTS: Final = (
    DemoAccount("pmo", "pmo"),
    DemoAccount("cs-sindh", "chief_secretary", "sindh"),
    DemoAccount("cs-punjab", "chief_secretary", "punjab"),
    DemoAccount("presenter", "presenter"),
    DemoAccount("admin", "admin"),
)


def add_demo_accounts(connection: Connection) -> None:
    """Add the demo accounts that are not there yet. The governments must be there."""
    ids = {row.slug: row.id for row in connection.execute(select(government.c.slug, government.c.id))}
    present = set(connection.execute(select(account.c.username)).scalars())
    password_hash = hash_password(DEMO_PASSWORD)  # one for all: they share a password that everybody knows
    rows = [
        {
            "username": demo.username,
            "password_hash": password_hash,
            "role": demo.role,
            "government_id": ids[demo.government] if demo.government else None,
            "demo": True,
            "disabled": False,
        }
        for demo in DEMO_ACCOUNTS
        if demo.username not in present
    ]
    if rows:
        connection.execute(insert(account), rows)
