"""One feed for all processes that serve a database: whoever holds its lock plays, and another one when that ends."""

import logging
from threading import Event, Thread
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from data_access.database import Database
from data_access.intake.feed.player import Feed, start_feed

LOCK: Final = 0x4A415743
"""Any constant that no other lock of ours has."""
_AGAIN: Final = 2.0
"""Seconds between two looks: at whether another one has stopped, and at whether the lock is still ours."""
_LEAVING: Final = 15.0

log = logging.getLogger("jawabdeh")


class LoneFeed:
    """Plays while this process holds the lock. The lock goes with its connection, so it outlives nobody."""

    def __init__(self, database: Database, pace: int, again: float = _AGAIN) -> None:
        self._database, self._pace, self._again = database, pace, again
        self._stopping = Event()
        self.playing = False
        self._thread = Thread(target=self._run, name="lone feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, after the batch under way if there is one."""
        self._stopping.set()
        self._thread.join(_LEAVING)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._hold()
            except Exception as error:  # whatever it is: nobody would notice that this thread has ended
                log.warning("The feed waits (%s); it tries again.", type(error).__name__)
            self._stopping.wait(self._again)

    def _hold(self) -> None:
        """Play for as long as the lock is held; come back at once where another one holds it."""
        with self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK}).scalar_one():
                return
            try:
                self._play(connection)
            finally:
                _unlock(connection)

    def _play(self, connection: Connection) -> None:
        feed = start_feed(self._database, self._pace)
        self.playing = True
        try:
            while not self._stopping.wait(self._again):
                connection.execute(text("SELECT 1"))  # raises when the connection, and the lock with it, is gone
        finally:
            self.playing = False
            feed.stop()


def _unlock(connection: Connection) -> None:
    """Give the lock back, whatever has happened: a connection that is kept for others would keep it."""
    try:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
    except SQLAlchemyError:
        connection.invalidate()


def play(database: Database, pace: int) -> Feed | LoneFeed:
    """A feed that plays where no other process plays it; stop it in the end."""
    return start_feed(database, pace) if database.dialect == "duckdb" else LoneFeed(database, pace)
