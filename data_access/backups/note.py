"""What the audit log says of backups."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data_access.accounts.audit import Entry, note, write
from data_access.accounts.register import COMMAND_LINE, Detail, by_whom
from data_access.backups.archive import Backup
from data_access.backups.backup import Made
from data_access.database import Database
from data_access.tables.accounts import audit_entry

_MADE, _FAILED = "backup", "backup-failed"


@dataclass(frozen=True)
class Outcome:
    """What became of a backup: when (UTC), and in a sentence why it was not made; empty where it was."""

    moment: datetime
    why: str = ""


def note_backup(database: Database, made: Made, account: str | None = None, by: str = "") -> None:
    """Note that a backup was made; without `account`, by what `by` says, or at the command line."""
    counts: Detail = {"rows": made.manifest.rows, "data_version": made.manifest.data_version, "sha256": made.digest}
    note(database, Entry(_MADE, account, made.path.name, {**counts, **by_whom(account, by)}))


def note_failure(database: Database, name: str, why: str, account: str | None = None, by: str = "") -> None:
    """Note that the backup of this name was not made, and why."""
    note(database, Entry(_FAILED, account, name, {"why": why, **by_whom(account, by)}))


def newest_outcome(database: Database) -> Outcome | None:
    """What became of the last backup, whoever asked for it; None where nobody did."""
    entry = audit_entry.c
    newest = (
        select(entry.happened_at, entry.action, entry.detail)
        .where(entry.action.in_((_MADE, _FAILED)))
        .order_by(entry.id.desc())
        .limit(1)
    )
    with database.snapshot() as connection:
        row = connection.execute(newest).one_or_none()
    if row is None:
        return None
    return Outcome(row.happened_at, str(json.loads(row.detail).get("why")) if row.action == _FAILED else "")


def note_restored(connection: Connection, backup: Backup, name: str) -> None:
    """Note it in the database that was restored, in the same transaction: the log tells where it was taken up again."""
    held = backup.manifest
    told: Detail = {"made_at": held.made_at, "data_version": held.data_version, "sha256": backup.digest, **COMMAND_LINE}
    write(connection, Entry("restored", None, name, told))
