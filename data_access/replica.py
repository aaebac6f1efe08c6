"""A copy of the database that follows it: figures are read there, as long as it answers and tells nothing older.

What people do (accounts, sessions, entries, imports) is read and written where it is written.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from data_access.query_limit import QueryLimit, QueryTooSlow

log = logging.getLogger("jawabdeh")

AGAIN_SECONDS: Final = 2.0
"""After which a replica that did not answer is tried again."""
T = TypeVar("T")
Read = Callable[[Connection], T]
Newness = tuple[str, int, int]
"""The identity of the database, its data version, and how often what people write down was written.

Of one database what is newer is larger; which of two databases is the newer nothing tells.
"""


@dataclass
class Replica:
    """Made once. `limit` holds its questions to the time that questions may take."""

    engine: Engine
    limit: QueryLimit | None = None
    now: Callable[[], float] = time.monotonic
    told: Newness | None = None
    behind: tuple[float, int] = (float("-inf"), 0)
    """When it was last asked by how many seconds the replica is behind, and what the answer was."""
    _gone_until: float = float("-inf")
    _answers: bool = True
    _lock: Lock = field(default_factory=Lock)
    _trying: Lock = field(default_factory=Lock)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction in which every read sees the same state of the replica."""
        with (
            self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
            connection.begin(),
            self.limit.over(connection) if self.limit else nullcontext(),
        ):
            yield connection

    @contextmanager
    def first(self, read: Read[T], newness: Callable[[T], Newness]) -> Iterator[tuple[Connection, T] | None]:
        """A snapshot of the replica and what `read` gives first; None where the database itself is to be asked.

        That is while the replica does not answer, and while it is behind what this process has told already, or another
        database than that: figures never go back. One that dies after that is no longer asked; the question that it
        leaves half answered fails.
        """
        with ExitStack() as stack:
            found = self._begun(stack, read, newness)
            try:
                yield found
            except DBAPIError as error:
                if found is not None and error.connection_invalidated:
                    self._lose(error)
                raise

    def _begun(self, stack: ExitStack, read: Read[T], newness: Callable[[T], Newness]) -> tuple[Connection, T] | None:
        with self._turn() as ours:
            if not ours:
                return None
            try:
                with ExitStack() as trying:  # which is told of what fails, so that nothing is committed on what is dead
                    connection = trying.enter_context(self.snapshot())
                    found = read(connection)
                    kept = trying.pop_all() if self.tell(newness(found)) else None
            except (DBAPIError, NoConnectionLeft, QueryTooSlow) as error:
                self._lose(error)
                return None
            self._find()
        if kept is None:
            return None
        stack.enter_context(kept)
        return connection, found

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """Whether to ask it: one that did not answer is tried by one question at a time, others do not wait."""
        if self._answers:
            yield True
            return
        taken = self.now() >= self._gone_until and self._trying.acquire(blocking=False)
        try:
            yield taken
        finally:
            if taken:
                self._trying.release()

    def tell(self, newness: Newness, *, sure: bool = False) -> bool:
        """Note that this is told; False, and nothing noted, where newer has been told already.

        Nor of another database than that which was told last: one of the two was restored in the place of the other.
        `sure`: the database itself tells it, which knows.
        """
        with self._lock:
            if self._is_refused(newness, sure):
                return False
            self.told = newness
        return True

    def _is_refused(self, newness: Newness, sure: bool) -> bool:
        if self.told is None:
            return False
        same = newness[0] == self.told[0]
        return newness < self.told if same else not sure

    def _lose(self, error: Exception) -> None:
        with self._lock:
            self._gone_until = self.now() + AGAIN_SECONDS
            answered, self._answers = self._answers, False
        if answered:
            log.warning(
                "The replica does not answer (%s); figures come from the database itself.", type(error).__name__
            )

    def _find(self) -> None:
        with self._lock:
            answered, self._answers = self._answers, True
        if not answered:
            log.warning("The replica answers again; figures come from there.")
