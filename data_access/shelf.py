"""What one process worked out, for all others that serve the same database: laid on a shelf there, under a name.

What takes long is worked out once for a state of the data: whoever comes meanwhile, in whatever process, waits for it.
What does not take long is not worth the way to the shelf, and each process works it out for itself.
"""

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection, Engine, delete, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from data_access.edition import edition
from data_access.memory import Memory
from data_access.tables.together import shelf

T = TypeVar("T")

WORTH: Final = 0.2
"""Seconds. What took less the last time is worked out again: reading it would cost a tenth of that."""
_KINDS: Final = 2_000
_TURNS: Final = 8
"""Of the connections of a process, those that may wait here at a time; whoever finds none works it out by himself."""
_BRIEFLY: Final = text("SET LOCAL statement_timeout = '2s'")
_PATIENCE: Final = text("SET LOCAL lock_timeout = '20s'")
_TURN: Final = text("SELECT pg_advisory_xact_lock(:key)")
_AGAIN: Final = 2.0
"""Seconds for which a database that did not answer is not asked."""
_LARGEST: Final = 4 << 20
_MOST: Final = 1_000
"""What lies there at a time, about: what was laid there first goes first."""
_KEPT: Final = 86_400
_FORMER: Final = 600
"""Seconds after which what is of another state of the data goes: a replica may be behind."""


@dataclass(frozen=True)
class Wanted(Generic[T]):
    """What is wanted. `kind`: what takes about as long as it; `name`: nothing else has it, in the state `mark`.

    `pack` gives the bytes that `unpack` makes the same of again; None where it must not be laid there.
    """

    kind: str
    name: str
    mark: str
    make: Callable[[], T]
    pack: Callable[[T], bytes | None]
    unpack: Callable[[bytes], T]

    @property
    def place(self) -> str:
        """Where it lies."""
        return hashlib.sha256(f"{edition()} {self.mark} {self.name}".encode()).hexdigest()


@dataclass(frozen=True)
class Found(Generic[T]):
    """What was wanted, and whether it lay on the shelf."""

    value: T
    lay_there: bool


class Shelf:
    """Made once for a PostgreSQL database; `now` gives seconds since 1970.

    Where the database does not let it, nothing is shared: whoever asks works it out.
    """

    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self._engine, self._now = engine, now
        self._took = Memory(_KINDS)
        self._turns = BoundedSemaphore(_TURNS)
        self._gone_until = -math.inf

    def of(self, wanted: Wanted[T]) -> Found[T]:
        """Take it from the shelf, or work it out and lay it there. What `make` raises comes through."""
        if self._took.get(wanted.kind, WORTH) < WORTH:
            return self._made(wanted)
        there = self._read(wanted.place)
        if there is not None:
            return Found(wanted.unpack(there), lay_there=True)
        with self._turn(wanted.place) as alone:
            there = self._read(wanted.place) if alone else None
            if there is not None:
                return Found(wanted.unpack(there), lay_there=True)
            found = self._made(wanted)
            if self._took.get(wanted.kind, 0.0) >= WORTH:
                self._lay(wanted, wanted.pack(found.value))
            return found

    def _made(self, wanted: Wanted[T]) -> Found[T]:
        began = time.perf_counter()
        value = wanted.make()
        self._took[wanted.kind] = time.perf_counter() - began
        return Found(value, lay_there=False)

    def _read(self, place: str) -> bytes | None:
        def read(connection: Connection) -> bytes | None:
            content = connection.execute(select(shelf.c.content).where(shelf.c.name == place)).scalar_one_or_none()
            return None if content is None else bytes(content)

        return self._asked(read)

    def _lay(self, wanted: Wanted[T], content: bytes | None) -> None:
        if content is None or len(content) > _LARGEST:
            return
        s, now = shelf.c, int(self._now())
        row = {"name": wanted.place, "mark": wanted.mark, "laid_at": now, "content": content}
        newest = select(s.laid_at).order_by(s.laid_at.desc()).offset(_MOST).limit(1).scalar_subquery()
        old = or_((s.mark != wanted.mark) & (s.laid_at < now - _FORMER), s.laid_at < now - _KEPT, s.laid_at <= newest)

        def lay(connection: Connection) -> None:
            connection.execute(insert(shelf).values(row).on_conflict_do_nothing())
            connection.execute(delete(shelf).where(old))

        self._asked(lay)

    def _asked(self, ask: Callable[[Connection], T]) -> T | None:
        """What the database says; None where it does not answer."""
        if time.monotonic() < self._gone_until:
            return None
        try:
            with self._engine.begin() as connection:
                connection.execute(_BRIEFLY)
                return ask(connection)
        except SQLAlchemyError:
            self._gone_until = time.monotonic() + _AGAIN
            return None

    @contextmanager
    def _turn(self, place: str) -> Iterator[bool]:
        """Alone with this place, among all processes; whether it is so. It ends with the process, if not before."""
        if not self._turns.acquire(blocking=False):
            yield False
            return
        try:
            connection = self._waited(place)
            try:
                yield connection is not None
            finally:
                if connection is not None:
                    with suppress(SQLAlchemyError):  # gone meanwhile: then its turn is too
                        connection.close()
        finally:
            self._turns.release()

    def _waited(self, place: str) -> Connection | None:
        """A connection whose transaction has the turn; None where that took too long, or nobody answers."""
        if time.monotonic() < self._gone_until:
            return None
        connection = None
        try:
            connection = self._engine.connect()
            connection.execute(_PATIENCE)
            connection.execute(_TURN, {"key": int.from_bytes(bytes.fromhex(place)[:8], signed=True)})
        except SQLAlchemyError:
            if connection is not None:
                with suppress(SQLAlchemyError):
                    connection.close()
            return None
        return connection
