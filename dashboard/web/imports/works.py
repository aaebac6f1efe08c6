"""What the server does with its data in a thread of its own: one import or rollback at a time, watched and stopped."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from itertools import islice
from threading import Lock, Thread
from typing import Final, Literal, Self

from dashboard.web.errors import FAILED, NO_DATABASE, NO_ROOM
from dashboard.web.log import where
from dashboard.words.text import marked
from data_access.database import DatabaseProblem
from data_access.full_disk import is_full
from data_access.intake.batch import Report
from data_access.intake.files import FileProblem
from data_access.intake.progress import Progress
from data_access.intake.rollback import CannotRollBack
from data_access.intake.stopping import Cancelled
from data_access.rejects import Reject

log = logging.getLogger("jawabdeh")

Kind = Literal["import", "trial", "rollback"]
NOT_NOTED: Final = marked("It is done, but could not be noted in the audit log; it has been logged.")
_KEPT: Final = 10_000
"""Refused rows of a trial that can be looked at afterwards; those of an import are in the database."""
_WAIT: Final = 30.0
"""Seconds that a server which is stopped waits for what it stops."""


class Busy(RuntimeError):
    """Something else is under way; nothing was begun."""


@dataclass(frozen=True)
class Result:
    """The numbers of a report: the report itself may hold millions of refused rows."""

    batch: int
    read: int
    accepted: int
    rejected: int
    waiting: int
    unchanged: int
    touched: int
    version: int
    restated_days: int
    restated_events: int

    @classmethod
    def of(cls, report: Report) -> Self:
        """Those of this report."""
        return cls(**{one.name: getattr(report, one.name) for one in fields(cls)})


@dataclass(frozen=True)
class Outcome:
    """How it ended: with a result, or with a sentence that says why there is none."""

    result: Result | None = None
    trouble: str = ""
    rejects: tuple[Reject, ...] = ()


@dataclass
class Work:
    """One thing that was begun. `source` says with what, `account` for whom."""

    kind: Kind
    source: str
    account: str
    progress: Progress
    number: int = 0
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Job:
    """What is to be done, what notes that it was, and what is done in any case when it has ended."""

    do: Callable[[], Report]
    note: Callable[[Report], None]
    end: Callable[[], None] = lambda: None


@dataclass
class Works:
    """Does one thing at a time. Made once; `gone` are the errors that say that the database is out of reach."""

    gone: tuple[type[Exception], ...] = ()
    newest: Work | None = None
    changed: Callable[[int], None] = lambda _: None  # told how many are under way
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    @property
    def running(self) -> Work | None:
        """What is under way."""
        return self.newest if self.newest is not None and self.newest.outcome is None else None

    def begin(self, work: Work, job: Job) -> None:
        """Begin it, and come back at once. Raises Busy; then it is for the caller to clear away."""
        with self._lock:
            if self.running is not None:
                raise Busy
            work.number = self.newest.number + 1 if self.newest else 1
            self.newest = work
            self.changed(1)
            self._thread = Thread(target=self._run, args=(work, job), name=work.kind, daemon=True)
            self._thread.start()

    def cancel(self, number: int) -> bool:
        """Stop what is under way, if it is this; whether it was."""
        work = self.running
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
        if self._thread is not None:
            self._thread.join(_WAIT)

    def _run(self, work: Work, job: Job) -> None:
        outcome = Outcome(trouble=FAILED)
        try:
            outcome = self._done(work, job)
        finally:
            job.end()
            work.outcome = outcome
            self.changed(0)

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
