"""Stopping what writes, in the middle of a statement too: its transaction is rolled back then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, Final

from sqlalchemy import Connection, event

_AGAIN: Final = 0.05
"""Seconds between two interruptions: one that comes between two statements stops neither; the next one is not begun."""
_AT_MOST: Final = 5.0
"""Seconds that PostgreSQL is asked for to take note."""


class Cancelled(RuntimeError):
    """Somebody stopped it; nothing has landed."""

    def __init__(self) -> None:
        super().__init__("It was stopped; nothing of it has landed.")


@dataclass
class Stopper:
    """Stops one thing that writes. `stop` is called by another thread than the one that is at work."""

    _asked: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _interrupt: Callable[[], object] | None = None

    @property
    def asked(self) -> bool:
        """Whether somebody wants it to end."""
        return self._asked.is_set()

    def check(self) -> None:
        """Raise Cancelled once somebody wants it to end."""
        if self._asked.is_set():
            raise Cancelled

    def stop(self) -> None:
        """End it: at the next step, or in the middle of the statement that runs."""
        self._asked.set()
        Thread(target=self._interrupt_until_it_ends, name="stopper", daemon=True).start()

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Statements of this connection can be stopped inside the block, and no others: it goes back to be used anew.

        Raises Cancelled in place of whatever an interruption is called.
        """
        self.check()
        with self._lock:
            self._interrupt = _interruption(connection)
        event.listen(connection, "before_cursor_execute", self._begins)
        try:
            yield
        except Exception as error:
            if self.asked:
                raise Cancelled from error
            raise
        finally:
            event.remove(connection, "before_cursor_execute", self._begins)
            with self._lock:  # an interruption under way is waited for
                self._interrupt = None
            if self.asked and connection.dialect.name == "postgresql":
                # The server may take note late, and would stop whoever has the connection next.
                connection.invalidate()
        self.check()

    def _begins(self, *_statement: object) -> None:
        self.check()

    def _interrupt_until_it_ends(self) -> None:
        while True:
            with self._lock:
                if self._interrupt is None:
                    return
                with suppress(Exception):  # it may have come to its end by itself
                    self._interrupt()
            time.sleep(_AGAIN)


def _interruption(connection: Connection) -> Callable[[], object]:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        return lambda: driver.cancel_safe(timeout=_AT_MOST)
    interrupt: Callable[[], object] = driver.interrupt
    return interrupt
