"""A question that takes too long is cut off: by the server on PostgreSQL, on DuckDB by a watchdog of ours."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from math import inf
from threading import Condition, Thread
from typing import Final, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
_AGAIN: Final = 0.05
"""Seconds between two interruptions: one that comes between two statements of a question stops neither."""
_CANCELLED: Final = "57014"
"""What PostgreSQL calls it."""
_RESTING: Final = "resting"
"""What a connection carries its rests under."""


class QueryTooSlow(RuntimeError):
    """A question took longer than it may and was cut off."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"cut off after {seconds:g} s")
        self.seconds = seconds


@dataclass(eq=False)
class _Watched:
    interrupt: Callable[[], object]
    until: float
    cut_off: bool = False


@dataclass
class Watchdog:
    """Interrupts what has run too long. One thread, which begins with the first question and ends with `close`."""

    seconds: float
    _watched: set[_Watched] = field(default_factory=set)
    _changed: Condition = field(default_factory=Condition)
    _wakes: float = inf
    _thread: Thread | None = None
    _closed: bool = False

    @contextmanager
    def over(self, interrupt: Callable[[], object]) -> Iterator[_Watched]:
        """Call `interrupt`, again and again, when the time is over before the block is left; never after that."""
        one = _Watched(interrupt, time.monotonic() + self.seconds)
        with self._changed:
            self._watched.add(one)
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._watch, name="watchdog", daemon=True)
                self._thread.start()
            elif one.until < self._wakes:
                self._changed.notify()
        try:
            yield one
        finally:
            with self._changed:  # an interruption under way is waited for, so that none can hit what comes next
                self._watched.discard(one)

    @contextmanager
    def resting(self, one: _Watched) -> Iterator[None]:
        """Time that does not count; after it the whole time is there again."""
        self._set(one, inf)
        try:
            yield
        finally:
            self._set(one, time.monotonic() + self.seconds)

    def _set(self, one: _Watched, until: float) -> None:
        with self._changed:
            one.until = until
            if until < self._wakes:
                self._changed.notify()

    def close(self) -> None:
        """Watch no more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(5)

    def _watch(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for one in self._watched:
                    if one.until <= now:
                        one.cut_off = True
                        with suppress(Exception):  # it may have been closed for other reasons
                            one.interrupt()
                        one.until = now + _AGAIN
                self._wakes = min((one.until for one in self._watched), default=inf)
                self._changed.wait(None if self._wakes == inf else max(0.0, self._wakes - time.monotonic()))


def resting(connection: Connection) -> AbstractContextManager[None]:
    """Time in which nothing is asked, while whoever takes the rows is waited for: it counts for no limit.

    What is asked after it has the whole time again.
    """
    rest: Callable[[], AbstractContextManager[None]] = connection.info.get(_RESTING, nullcontext)
    return rest()


def unless_cut_off(connection: Connection, read: Callable[[Connection], T]) -> T | None:
    """What is read; None where that took too long, and the transaction goes on as if nothing had been tried.

    On PostgreSQL; on DuckDB, where the time is one for the whole block, there is none left to go on with.
    """
    if connection.dialect.name != "postgresql":
        return read(connection)
    try:
        with connection.begin_nested():
            return read(connection)
    except DBAPIError as error:
        if not _is_cut_off(error):
            raise
        return None


def _is_cut_off(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == _CANCELLED


@dataclass(frozen=True)
class QueryLimit:
    """How long questions may take. Made once for a database."""

    seconds: float
    _watchdog: Watchdog

    @classmethod
    def of(cls, seconds: float) -> "QueryLimit":
        """At most so many seconds."""
        return cls(seconds, Watchdog(seconds))

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Hold what the connection asks, in the transaction that it is in, to the limit. Raises QueryTooSlow.

        On DuckDB the limit is one for the whole block: rows are computed while they are fetched, so that a statement
        has no end of its own. On PostgreSQL each statement has it.
        """
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL statement_timeout = {max(1, int(self.seconds * 1000))}"))
            try:
                yield
            except DBAPIError as error:
                if _is_cut_off(error):
                    raise QueryTooSlow(self.seconds) from error
                raise
            return
        driver = connection.connection.driver_connection
        with self._watchdog.over(driver.interrupt) as watched:  # type: ignore[union-attr]  # DuckDB's has it
            connection.info[_RESTING] = partial(self._watchdog.resting, watched)
            try:
                yield
            except Exception as error:
                if watched.cut_off:  # then, whatever it is called, it comes of that
                    raise QueryTooSlow(self.seconds) from error
                raise
            finally:
                connection.info.pop(_RESTING, None)

    def close(self) -> None:
        """Leave nothing running."""
        self._watchdog.close()
