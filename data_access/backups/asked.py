"""A backup that somebody asks for: made, and in the audit log whether it was made or not."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data_access.backups.backup import Made, Say, make_backup
from data_access.backups.manifest import BackupProblem
from data_access.backups.note import note_backup, note_failure
from data_access.backups.turn import Busy
from data_access.database import Database

log = logging.getLogger("jawabdeh")

_UNKNOWN: Final = "Something went wrong; it has been logged."


@dataclass(frozen=True)
class Asker:
    """Who asks: an account, or what `by` says (a key, the command line)."""

    account: str | None = None
    by: str = ""

    def __str__(self) -> str:
        return self.account or self.by or "the command line"


def back_up_for(asker: Asker, database: Database, path: Path, say: Say) -> Made:
    """Make a backup and note it; where it is not made, note why. Raises BackupProblem.

    One that is made and cannot be noted stays: the sentence says so, and its digest, which nobody else would know.
    """
    with failure_noted(asker, database, path.name):
        made = make_backup(database, path, say)
    try:
        note_backup(database, made, asker.account, asker.by)
    except Exception as error:
        log.error("the audit log does not say that a backup was made: %s", type(error).__name__)
        raise BackupProblem(
            f"{path.name} was made and is whole, but the audit log could not be written; note its digest {made.digest}."
        ) from error
    return made


@contextmanager
def failure_noted(asker: Asker, database: Database, name: str) -> Iterator[None]:
    """Note why what is done in the block failed, and raise it on; that another one is being made is no failure."""
    try:
        yield
    except Busy:
        raise
    except Exception as error:
        why = str(error) if isinstance(error, BackupProblem) else _UNKNOWN
        try:
            note_failure(database, name, why, asker.account, asker.by)
        except Exception as second:  # what is raised is why there is no backup
            log.error("the audit log does not say that a backup failed: %s", type(second).__name__)
        raise
