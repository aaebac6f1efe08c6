"""What the audit log says of backups."""

from sqlalchemy import Connection

from data_access.accounts.audit import Entry, note, write
from data_access.accounts.register import COMMAND_LINE, Detail
from data_access.backups.archive import Backup
from data_access.backups.backup import Made
from data_access.database import Database


def note_backup(database: Database, made: Made, account: str | None = None, by: str = "") -> None:
    """Note that a backup was made; without `account`, by what `by` says, or at the command line."""
    counts: Detail = {"rows": made.manifest.rows, "data_version": made.manifest.data_version, "sha256": made.digest}
    note(database, Entry("backup", account, made.path.name, {**counts, **_by(account, by)}))


def note_restored(connection: Connection, backup: Backup, name: str) -> None:
    """Note it in the database that was restored, in the same transaction: the log tells where it was taken up again."""
    held = backup.manifest
    told: Detail = {"made_at": held.made_at, "data_version": held.data_version, "sha256": backup.digest, **COMMAND_LINE}
    write(connection, Entry("restored", None, name, told))


def _by(account: str | None, by: str) -> Detail:
    if account:
        return {}
    return {"by": by} if by else COMMAND_LINE
