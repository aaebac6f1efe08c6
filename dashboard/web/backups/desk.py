"""Backups that the server makes of its own database: one at a time, into its folder, while all others go on."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Final

from dashboard.web.errors import FAILED
from dashboard.web.log import where
from dashboard.web.log_lines import told_of
from dashboard.words.text import marked
from data_access.backups.asked import Asker, back_up_for, failure_noted
from data_access.backups.backup import Made
from data_access.backups.kept import Kept, Unreadable, kept_in, place_in
from data_access.backups.manifest import BackupProblem
from data_access.backups.note import Outcome, newest_outcome
from data_access.backups.turn import Step, Turn, UnderWay, turn_in, under_way
from data_access.clock import utc_now
from data_access.database import Database

log = logging.getLogger("jawabdeh")

STOPPING: Final = marked("The server stops, so the backup was not made.")
_WAIT: Final = 30.0
"""Seconds that a server which is stopped waits for a backup to be left."""
_LOGS: Final = 10.0
"""Seconds between two lines that say how far one is."""


@dataclass
class Backups:
    """Makes backups. Made once; `folder` is where they go, and is made when the first one is.

    That one is made at a time holds for all who write into the folder: other processes of the server, and the command.
    """

    database: Database
    folder: Path
    clock: Callable[[], float] = time.monotonic
    _failed: Outcome | None = None
    _left: Event = field(default_factory=Event)
    _stopping: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __post_init__(self) -> None:
        self._left.set()

    def under_way(self) -> UnderWay | None:
        """What is being made, by whatever process."""
        return under_way(self.folder)

    def trouble(self) -> str:
        """Why the last one failed, whoever asked for it; empty where it did not."""
        newest = newest_outcome(self.database)
        if self._failed and not (newest and newest.moment > self._failed.moment):
            return self._failed.why  # which the audit log may not have taken
        return newest.why if newest else ""

    def make(self, asker: Asker) -> Made:
        """Make one, and note it. Raises Busy, BackupProblem."""
        with ExitStack() as held:
            return self._do(asker, self._begun(held, asker))

    def begin(self, asker: Asker) -> None:
        """Make one in a thread of its own. Raises Busy, BackupProblem."""
        with ExitStack() as begun:
            turn = self._begun(begun, asker)
            held = begun.pop_all()
        self._thread = Thread(target=self._in_thread, args=(held, asker, turn), name="backup", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # no thread could be begun
            held.close()
            raise

    def listed(self) -> list[Kept | Unreadable]:
        """What the folder holds, the newest first."""
        return kept_in(self.folder)

    def stop(self) -> None:
        """Leave what this process has under way, and do not wait for it; nothing of it is kept."""
        self._stopping.set()

    def close(self) -> None:
        """The same, and wait for it."""
        self.stop()
        self._left.wait(_WAIT)

    def _begun(self, held: ExitStack, asker: Asker) -> Turn:
        with failure_noted(asker, self.database, str(self.folder)):
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise BackupProblem(f"The folder {self.folder} cannot be made ({error.strerror}).") from error
            with ExitStack() as taken:
                turn = taken.enter_context(turn_in(self.folder, str(asker)))
                self._left.clear()
                held.callback(self._left.set)  # after the turn is given back: who waits for it may have the next one
                held.push(taken.pop_all())
        return turn

    def _in_thread(self, held: ExitStack, asker: Asker, turn: Turn) -> None:
        with held, suppress(Exception):  # it is logged, and told on the page
            self._do(asker, turn)

    def _do(self, asker: Asker, turn: Turn) -> Made:
        began, path, self._failed = self.clock(), place_in(self.folder, utc_now()), None
        try:
            made = back_up_for(asker, self.database, path, self._telling(turn))
        except Exception as error:
            known = isinstance(error, BackupProblem)
            self._failed = Outcome(utc_now(), str(error) if known else FAILED)
            log.error("backup: %s", error if known else where(error))
            raise
        ms, rows = round((self.clock() - began) * 1000), made.manifest.rows
        log.info("backup: made %s", path.name, extra=told_of(rows=rows, bytes=made.size, ms=ms))
        return made

    def _telling(self, turn: Turn) -> Callable[[Step], None]:
        """What is told each step: it lets others and the log know, and ends the backup of a server that stops."""
        logged = self.clock()

        def say(step: Step) -> None:
            nonlocal logged
            if self._stopping.is_set():
                raise BackupProblem(STOPPING)
            turn.say(step)
            if self.clock() - logged >= _LOGS:
                logged = self.clock()
                log.info("backup: %s", step, extra=told_of(table=step.table, rows=step.rows))

        return say


@contextmanager
def ending_backups(backups: Backups) -> Iterator[None]:
    """Leave what is under way when the block is left."""
    try:
        yield
    finally:
        backups.close()
