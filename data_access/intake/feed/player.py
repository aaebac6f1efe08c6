"""Plays invented events into the running server: every few seconds, what has happened meanwhile in simulated time."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final

from data_access.database import Database
from data_access.intake.batch import Report
from data_access.intake.door import karachi_now, rows_of, take_in
from data_access.intake.feed.inventor import SOURCE, Inventor, first_moment

EVERY: Final = 5.0
"""Real seconds between two batches."""
LONGEST: Final = timedelta(hours=6)
"""Of simulated time in one batch: what a slow machine leaves undone beyond it is let go."""
LEAVING: Final = 10.0
"""Real seconds that `stop` gives a batch under way."""

log = logging.getLogger("jawabdeh")


class Feed:
    """Brings the sample on at a pace: simulated seconds that pass in a real one.

    Raises DatabaseProblem for a database that does not hold the sample. `position` is the simulated moment until which
    everything has been brought. `clock` tells real seconds, `say` is told in one line what each batch brought.
    """

    def __init__(
        self,
        database: Database,
        pace: int,
        *,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.position = first_moment(database)
        self._database, self._pace, self._every, self._clock, self._say = database, pace, every, clock, say
        self._longest = max(LONGEST, timedelta(seconds=pace * every))
        self._inventor = Inventor()
        self._since = clock()
        self._stopping = Event()
        self._thread: Thread | None = None

    def tick(self) -> Report | None:
        """Bring what has happened since the last time, as one batch; None when that is nothing.

        When it raises, nothing has been brought, and the next tick takes the time up.
        """
        now, begin = self._clock(), self.position
        end = self._until(now)
        if end <= begin:
            return None
        with self._database.snapshot() as connection:
            rows = self._inventor.rows(connection, begin, end)
        report = take_in(self._database, rows_of(rows, SOURCE), SOURCE) if rows else None
        self.position, self._since = end, now
        if report is not None:
            self._say(f"until {end:%Y-%m-%d %H:%M}: {report.accepted:,} rows, data version {report.version}")
        return report

    def _until(self, now: float) -> datetime:
        """The simulated moment at that real second; the door lets nothing happen later than the real one."""
        passed = timedelta(seconds=int((now - self._since) * self._pace))
        return min(self.position + min(passed, self._longest), karachi_now().replace(microsecond=0))

    def run(self) -> None:
        """Tick until stopped, whatever fails."""
        pause = self._every
        while not self._stopping.wait(pause):
            begun = self._clock()
            try:
                self.tick()
            except Exception as error:
                # Neither values nor the text of the error, which may hold some.
                log.warning(
                    "The feed brought nothing after %s (%s); it tries again.", self.position, type(error).__name__
                )
            # A batch that takes long must leave the machine to the readers for a while.
            pause = max(self._every - (self._clock() - begun), self._every / 5)

    def start(self) -> None:
        """Tick in a thread of its own."""
        self._thread = Thread(target=self.run, name="feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, after the batch under way if there is one. A feed that has not been started is stopped too."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(LEAVING)


def start_feed(database: Database, pace: int, say: Callable[[str], None] = lambda _: None) -> Feed:
    """A feed that plays. Raises DatabaseProblem for a database that does not hold the sample, or an empty one."""
    feed = Feed(database, pace, say=say)
    feed.start()
    return feed
