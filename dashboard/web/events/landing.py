"""Lands what programs send, through the one door: one batch at a time, and the same request twice has one answer.

That a batch lands once is kept by the door, which knows each event by its hash; the answers that are kept only give
whoever asks again, because none came, that of the first time.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import Any, Final

from dashboard.web.events.body import INVENTED, Batch, SentProblem
from dashboard.web.witness import Witness
from data_access.database import Database
from data_access.intake.answered import Answered, SentAnswers
from data_access.intake.batch import COUNTS, Report
from data_access.intake.door import take_in
from data_access.intake.mixing import holds_sample
from data_access.intake.sent import LONGEST_SHOWN, rows_sent
from data_access.reader import reader
from data_access.scope import Scope

AT_ONCE: Final = 2
"""Requests that may be here: one lands, one waits. More would take the threads that answer viewers."""
AGAIN: Final = 1  # second, after which one who was sent away may try again
_LONGEST: Final = 32_000  # rejects of answers that are kept, in bytes or so; longer ones are told anew
_OF_SAMPLE: Final = f'This database holds the sample, which real rows never join; invented ones say "{INVENTED}": true.'
_OF_REAL: Final = f"This database holds real data, which invented rows never join; leave {INVENTED} out."

Told = dict[str, Any]


class Busy(RuntimeError):
    """Others are landing already."""


@dataclass(frozen=True)
class Sender:
    """Who sends: the public part of a token, and what the program calls this request, if it does."""

    token: str
    key: str | None


@dataclass(frozen=True)
class Landing:
    """Made once for a server."""

    database: Database
    witness: Witness
    answers: SentAnswers
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))
    _turn: Lock = field(default_factory=Lock)

    def land(self, batch: Batch, content: bytes, sender: Sender, scope: Scope) -> Told:
        """What became of the batch that is written in this content. Raises SentProblem or Busy."""
        if holds_sample(self.database) is not batch.invented:
            raise SentProblem(_OF_REAL if batch.invented else _OF_SAMPLE, INVENTED, 409)
        digest = hashlib.sha256(content).hexdigest()
        name = f"{sender.token} {sender.key}" if sender.key else ""
        with self._place(), self._turn, self.answers.turn(name) if name else nullcontext():
            known = self.answers.of(name) if name else None
            if known is not None:
                if known.digest != digest:
                    raise SentProblem(
                        "This Idempotency-Key came with other rows before; choose another one.", None, 422
                    )
                return known.told
            told = self._take_in(batch, sender, scope)
            if name and sum(len(str(one)) for one in told["rejects"]) <= _LONGEST:
                self.answers.keep(name, Answered(digest, told))
            return told

    def _take_in(self, batch: Batch, sender: Sender, scope: Scope) -> Told:
        rows = [rows_sent(name, sent) for name, sent in batch.lists.items() if sent]
        report = take_in(self.database, rows, f"API, token {sender.token}")
        told = _told_of(report)
        self._make_ready(scope)
        if report.batch:  # one that left no trace in the data leaves none in the log
            counts = {name: told[name] for name in (*COUNTS, "data_version")}
            self.witness.note("import", str(report.batch), detail={"source": "API", "token": sender.token, **counts})
        return told

    def _make_ready(self, scope: Scope) -> None:
        """Read what all pages need that are about to draw the new figures, before they ask: it is kept per version."""
        with reader(self.database, scope).snapshot() as snapshot:
            snapshot.cohorts()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Busy("Other batches are landing just now; send this one again in a moment.")
        try:
            yield
        finally:
            self._places.release()


def _told_of(report: Report) -> Told:
    return {
        "batch": report.batch or None,
        "data_version": report.version,
        **report.counts(),
        "restated_days": report.restated_days,
        "rejects": _rejects(report) if report.rejected else [],
    }


def _rejects(report: Report) -> list[Told]:
    """Each row that was rejected: its list, its position there from 0, and why, in that order."""
    return [
        {
            "list": one.file,
            "position": one.line - 1,
            "column": one.column,
            "value": None if one.value is None else one.value[:LONGEST_SHOWN],
            "reason": one.reason,
        }
        for one in report.refused()
    ]
