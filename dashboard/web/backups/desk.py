"""Backups that the server makes of its own database: one at a time, into its folder, while all others go on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from dashboard.web.errors import FAILED
from dashboard.web.log import where
from dashboard.words.text import marked
from data_access.backups.archive import BackupProblem
from data_access.backups.backup import Made, make_backup
from data_access.backups.kept import Kept, kept_in, place_in
from data_access.backups.note import note_backup
from data_access.clock import utc_now
from data_access.database import Database

log = logging.getLogger("jawabdeh")

BUSY: Final = marked("A backup is being made already; wait for it.")
STOPPING: Final = marked("The server stops, so the backup was not made.")
_WAIT: Final = 30.0
"""Seconds that a server which is stopped waits for a backup to be left."""


class Busy(RuntimeError):
    """One is being made already."""


@dataclass
class Backups:
    """Makes backups. Made once; `folder` is where they go, and is made when the first one is."""

    database: Database
    folder: Path
    trouble: str = ""  # why the last one failed
    step: str = ""  # what is being done, while one is made
    _one: Lock = field(default_factory=Lock)
    _stopping: Event = field(default_factory=Event)
    _thread: Thread | None = None

    @property
    def running(self) -> bool:
        """Whether one is being made."""
        return self._one.locked()

    def make(self, account: str | None, by: str = "") -> Made:
        """Make one, and note it. Raises Busy, BackupProblem. `by`: what asked, where no account did."""
        self._begin()
        return self._do(account, by)

    def begin(self, account: str) -> None:
        """Make one in a thread of its own. Raises Busy."""
        self._begin()
        self._thread = Thread(target=self._in_thread, args=(account,), name="backup", daemon=True)
        self._thread.start()

    def listed(self) -> list[Kept]:
        """What the folder holds, the newest first."""
        return kept_in(self.folder)

    def close(self) -> None:
        """Leave what is under way; nothing of it is kept."""
        self._stopping.set()
        if self._one.acquire(timeout=_WAIT):
            self._one.release()

    def _begin(self) -> None:
        if not self._one.acquire(blocking=False):
            raise Busy
        self.trouble, self.step = "", "begins"

    def _in_thread(self, account: str) -> None:
        try:
            self._do(account, "")
        except BackupProblem:
            pass  # it is told
        except Exception as error:
            log.error("backup: %s", where(error))

    def _do(self, account: str | None, by: str) -> Made:
        self.trouble = FAILED
        try:
            made = make_backup(self.database, self._place(), self._say)
            note_backup(self.database, made, account, by)
            self.trouble = ""
            return made
        except BackupProblem as problem:
            self.trouble = str(problem)
            raise
        finally:
            self.step = ""
            self._one.release()

    def _place(self) -> Path:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BackupProblem(f"The folder {self.folder} cannot be made ({error.strerror}).") from error
        return place_in(self.folder, utc_now())

    def _say(self, step: str) -> None:
        self.step = step
        if self._stopping.is_set():
            raise BackupProblem(STOPPING)


@contextmanager
def ending_backups(backups: Backups) -> Iterator[None]:
    """Leave what is under way when the block is left."""
    try:
        yield
    finally:
        backups.close()
