"""Books in the hands of accounts, and what the audit log says of them."""

import json
from typing import Any, TypeVar

from sqlalchemy import select

from data_access.database import Database
from data_access.entries.book import Book
from data_access.entries.entry import There
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.tables.accounts import audit_entry
from tests.data_access.tiny import everything

B = TypeVar("B", bound=Book[Any])


def scope(role: str, **pins: str) -> Scope:
    """An account of this role, called like it."""
    return Scope(role, role, pins, ROLES[role].abilities)


def written(book: Book[Any]) -> list[Any]:
    """All entries, the newest first."""
    with everything(book.database).snapshot() as snapshot:
        return book.entered(There(snapshot.connection, snapshot.directory, snapshot.state))


def noted(database: Database) -> list[tuple[str, str, str, dict[str, str]]]:
    """Account, action, subject and detail of everything in the audit log."""
    c = audit_entry.c
    with database.snapshot() as connection:
        rows = connection.execute(select(c.account, c.action, c.subject, c.detail).order_by(c.id)).all()
    return [(row.account, row.action, row.subject, json.loads(row.detail)) for row in rows]
