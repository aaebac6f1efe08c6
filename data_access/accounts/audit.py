"""The audit log: who did what, append-only, each entry chained by its hash to the one before.

hash = SHA-256 of (previous hash, id, time, account, action, subject, detail), each behind its length, so that no two
entries are the same text. A changed entry breaks its own hash, a missing one the next one's, a cut tail the head's. Who
can write to the database can also write a whole new chain: `verify` tells that from a hash noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from data_access.clock import utc_now
from data_access.database import Database
from data_access.tables.accounts import audit_entry, audit_head

ACTIONS: Final = (
    "sign-in",
    "sign-in-failed",
    "sign-in-throttled",
    "sign-out",
    "refused",  # something outside the account's scope
    "account-added",
    "account-changed",
    "account-disabled",
    "account-enabled",
    "account-reset",
    "sessions-ended",
    "password-changed",
    "second-factor-set",
    "second-factor-removed",
    "token-made",
    "token-revoked",
    "token-let-send",
    "token-kept-from-sending",
    "export",  # CSV and other files
    "complaint-viewed",
    "citizen-viewed",
    "approved",
    "import",
    "rollback",
    "backup",
    "backup-failed",
    "restored",
    "settings",
    "review-added",
    "review-withdrawn",
    "commitment-made",
    "commitment-withdrawn",
    "action-proposed",
    "action-referred",
    "action-approved",
    "action-declined",
    "action-withdrawn",
    "action-outcome",
    "signal-replied",
    "reply-withdrawn",
    "audit-drawn",
    "audit-answered",
    "initiative-added",
    "initiative-changed",
    "initiative-withdrawn",
    "story-added",
    "story-changed",
    "story-withdrawn",
    "announcement-added",
    "announcement-withdrawn",
    "briefing-made",
    "briefing-cleared",
    "briefing-withdrawn",
)
"""What can be done."""
START: Final = "0" * 64
"""What stands before the first entry."""
LONGEST: Final = 500  # characters of anything that a stranger typed
_AT_ONCE: Final = 5000
_HEAD: Final = select(audit_head.c.entry_id, audit_head.c.hash).where(audit_head.c.one == 1)


@dataclass(frozen=True)
class Entry:
    """What was done: by whom (None: nobody that is known), to what, and more about it as plain values."""

    action: str
    account: str | None = None
    subject: str | None = None
    detail: Mapping[str, str | int | bool | None] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Chain:
    """What `verify` found. `broken` says what is wrong, in one sentence; None: the chain holds."""

    entries: int
    head: str
    broken: str | None = None


def note(database: Database, entry: Entry) -> None:
    """Add one entry, in a transaction of its own."""
    with database.clerk() as connection:
        write(connection, entry)


def write(connection: Connection, entry: Entry) -> None:
    """Add one entry in the clerk's transaction, so that what was done and its entry land together."""
    if entry.action not in ACTIONS:
        raise ValueError(f"{entry.action!r} is no action of the audit log")
    head = connection.execute(_HEAD).one_or_none()
    row: dict[str, Any] = {
        "id": head.entry_id + 1 if head else 1,
        "happened_at": utc_now(),
        "account": _plain(entry.account),
        "action": entry.action,
        "subject": _plain(entry.subject),
        "detail": json.dumps(
            {name: _plain(value) if isinstance(value, str) else value for name, value in entry.detail.items()},
            sort_keys=True,
            ensure_ascii=False,
        ),
        "previous_hash": head.hash if head else START,
    }
    row["hash"] = hash_of(**row)
    connection.execute(insert(audit_entry), row)
    newest = {"entry_id": row["id"], "hash": row["hash"]}
    connection.execute(
        update(audit_head).where(audit_head.c.one == 1).values(newest)
        if head
        else insert(audit_head).values(one=1, **newest)
    )


def _plain(text: str | None) -> str | None:
    """What a database can hold, cut to a length; strangers choose names that it cannot."""
    if text is None:
        return None
    return text[:LONGEST].replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def hash_of(
    previous_hash: str,
    id: int,
    happened_at: datetime,
    account: str | None,
    action: str,
    subject: str | None,
    detail: str,
) -> str:
    """The hash of an entry."""
    digest = hashlib.sha256()
    for value in (previous_hash, str(id), happened_at.isoformat(), account, action, subject, detail):
        kept = b"" if value is None else value.encode()
        digest.update(b"-:" if value is None else f"{len(kept)}:".encode())
        digest.update(kept)
    return digest.hexdigest()


def verify(database: Database, expect: str | None = None) -> Chain:
    """Walk the whole chain. `expect`: a hash noted earlier and elsewhere, which must be in it.

    Entries are read in parts of one snapshot, so the log may be of any length.
    """
    with database.snapshot() as connection:
        return chain_in(connection, expect)


def chain_in(connection: Connection, expect: str | None = None) -> Chain:
    """The same in a transaction that is open."""
    previous, number, seen = START, 0, expect in {None, START}
    head = connection.execute(_HEAD).one_or_none()
    for row in _rows(connection):
        number += 1
        if row.id != number:
            return Chain(number - 1, previous, f"Entry {number} is missing: after {number - 1} comes {row.id}.")
        if row.previous_hash != previous:
            return Chain(number, previous, f"Entry {number} does not follow the one before it.")
        if hash_of(**{name: value for name, value in row._mapping.items() if name != "hash"}) != row.hash:
            return Chain(number, previous, f"Entry {number} was changed after it was written.")
        previous = row.hash
        seen = seen or previous == expect
    if (head.entry_id if head else 0) != number or (head.hash if head else START) != previous:
        return Chain(number, previous, f"The log ends at entry {number}, which is not the last that was written.")
    if not seen:
        return Chain(number, previous, "The hash noted earlier is not in the log: it was written anew.")
    return Chain(number, previous)


def _rows(connection: Connection) -> Iterator[Row[*tuple[Any, ...]]]:
    """All entries by number, read in parts of a range of numbers each: sorting what is left anew would take longer."""
    number = audit_entry.c.id
    begin = connection.execute(select(func.min(number))).scalar()
    while begin is not None:
        end = begin + _AT_ONCE
        yield from connection.execute(select(audit_entry).where(number >= begin, number < end).order_by(number)).all()
        begin = connection.execute(select(func.min(number)).where(number >= end)).scalar()
