"""What the server does with its data in a thread of its own: one import or rollback at a time, watched and stopped."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from threading import Event, Lock, Thread
from typing import Final, cast

from dashboard.web.errors import FAILED, NO_DATABASE, NO_ROOM
from dashboard.web.imports.outcomes import Job, Kind, Outcome, Result, read, written
from dashboard.web.log import where
from dashboard.words.text import marked
from data_access.database import DatabaseProblem
from data_access.full_disk import is_full
from data_access.intake.board import Board, HowFar
from data_access.intake.files import FileProblem
from data_access.intake.rollback import CannotRollBack
from data_access.intake.stopping import Cancelled

log = logging.getLogger("jawabdeh")

NOT_NOTED: Final = marked("It is done, but could not be noted in the audit log; it has been logged.")
_KEPT: Final = 10_000
"""Refused rows of a trial that can be looked at afterwards; those of an import are in the database."""
SILENT: Final = marked(
    "The process of the server that ran it has ended, or cannot reach the database; whether it landed stands in the "
    "list of batches."
)
_BEAT: Final = 1.0
"""Seconds between two times that other processes are told how far it is."""
_WAIT: Final = 30.0
"""Seconds that a server which is stopped waits for what it stops."""


class Busy(RuntimeError):
    """Something else is under way; nothing was begun."""


@dataclass
class Work:
    """One thing that was begun. `source` says with what, `account` for whom."""

    kind: Kind
    source: str
    account: str
    progress: HowFar
    number: int = 0
    outcome: Outcome | None = None


@dataclass
class Works:
    """Does one thing at a time. Made once; `gone` are the errors that say that the database is out of reach.

    `board` is where other processes that serve the same database tell and read what is under way, if there are any.
    """

    gone: tuple[type[Exception], ...] = ()
    board: Board | None = None
    newest: Work | None = None
    changed: Callable[[int], None] = lambda _: None  # told how many are under way
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None
    _leaving: Event = field(default_factory=Event)

    def latest(self) -> Work | None:
        """What was begun last, by whichever process."""
        posted = self.board.newest() if self.board else None
        if posted is None or (self.newest is not None and self.newest.number >= posted.number):
            return self.newest
        outcome = read(posted.outcome) if posted.outcome else Outcome(trouble=SILENT) if posted.silent else None
        return Work(cast("Kind", posted.kind), posted.source, posted.account, posted, posted.number, outcome)

    def under_way(self) -> Work | None:
        """What is under way, in whichever process."""
        work = self.latest()
        return work if work is not None and work.outcome is None else None

    @property
    def running(self) -> Work | None:
        """What is under way in this process."""
        return self.newest if self.newest is not None and self.newest.outcome is None else None

    def begin(self, work: Work, job: Job) -> None:
        """Begin it, and come back at once. Raises Busy; then it is for the caller to clear away."""
        with self._lock:
            if self.running is not None:
                raise Busy
            number = self.newest.number + 1 if self.newest else 1
            if self.board:
                posted = self.board.begin(work.kind, work.source, work.account)
                if posted is None:
                    raise Busy
                number = posted
            work.number = number
            self.newest = work
            self.changed(1)
            self._thread = Thread(target=self._run, args=(work, job), name=work.kind, daemon=True)
            self._thread.start()

    def cancel(self, number: int) -> bool:
        """Stop what is under way, if it is this; whether it was."""
        work = self.under_way()
        if work is None or work.number != number:
            return False
        work.progress.stop()
        return True

    def stop(self) -> None:
        """Stop what is under way, if anything is, and do not wait for it."""
        work = self.running
        if work is not None:
            work.progress.stop()

    def close(self) -> None:
        """Stop what is under way, and wait for it: a thread that holds the database must not outlive it."""
        self.stop()
        self._leaving.set()
        if self._thread is not None:
            self._thread.join(_WAIT)

    def _run(self, work: Work, job: Job) -> None:
        outcome, ended = Outcome(trouble=FAILED), Event()
        if self.board:
            Thread(target=self._beat, args=(self.board, work, ended), name="beat", daemon=True).start()
        try:
            outcome = self._done(work, job)
        finally:
            job.end()
            posted = self._post(work, outcome)
            work.outcome = outcome
            self.changed(0)
            ended.set()
        while not posted and not self._leaving.wait(_BEAT):  # the database is away: told when it is back
            posted = self._post(work, outcome)

    def _beat(self, board: Board, work: Work, ended: Event) -> None:
        while not ended.wait(_BEAT):
            with suppress(Exception):  # the database is away: what runs there notices by itself
                if board.beat(work.number, work.progress):
                    work.progress.stop()

    def _post(self, work: Work, outcome: Outcome) -> bool:
        """Tell the other processes how it ended; whether they know now."""
        if self.board is None:
            return True
        try:
            self.board.end(work.number, written(outcome))
        except Exception:
            return False
        return True

    def _done(self, work: Work, job: Job) -> Outcome:
        try:
            report = job.do()
        except (FileProblem, DatabaseProblem, Cancelled, CannotRollBack) as problem:
            return Outcome(trouble=str(problem))
        except Exception as error:
            log.error("%s: %s", work.kind, where(error))
            return Outcome(trouble=self._sentence(error))
        result = Result.of(report)
        rejects = tuple(islice(report.refused(), _KEPT)) if work.kind == "trial" else ()
        try:
            job.note(report)
        except Exception as error:
            log.error("%s: %s", work.kind, where(error))
            return Outcome(result, NOT_NOTED, rejects)
        return Outcome(result, rejects=rejects)

    def _sentence(self, error: Exception) -> str:
        if is_full(error):
            return NO_ROOM
        return NO_DATABASE if isinstance(error, self.gone) else FAILED
