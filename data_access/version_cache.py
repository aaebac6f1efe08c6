"""What is read once per data version and then shared by all who ask."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from data_access.query_limit import unless_cut_off

T = TypeVar("T")
Edition = tuple[str, int]
"""The identity of a database and its data version: another database, restored in its place, counts its own."""
HOPELESS: Final = 100
"""Questions after which it is tried again to read what was cut off: the machine may have been busy with others."""


@dataclass
class VersionCache(Generic[T]):
    """What `read` gives for the newest version that was asked for; nothing else changes it."""

    read: Callable[[Connection], T]
    _lock: Lock = field(default_factory=Lock)
    _held: tuple[Edition, T] | None = None
    _left: tuple[Edition | None, int] = (None, 0)
    """A version, and how often more it is asked for in vain."""

    def of_version(self, edition: Edition, connection: Connection) -> T:
        """As of that data version; read from the connection when it is not held."""
        with self._lock:
            if self._held is None or self._held[0] != edition:
                self._held = (edition, self.read(connection))
            return self._held[1]

    def if_worth(self, edition: Edition, connection: Connection, times: int) -> T | None:
        """As `of_version`, but None for the first so many times that a version is asked for and not held.

        Where an answer can be had without, and reading costs as much as that many answers: versions that nobody asks
        much of, while one batch follows another, are not worth it. Nor is what takes longer to read than a question
        may take: it is None again, for the next HOPELESS questions too.
        """
        with self._lock:
            if self._held is not None and self._held[0] == edition:
                return self._held[1]
            left = self._left[1] if self._left[0] == edition else times
            self._left = (edition, left - 1)
            if left > 0:
                return None
            read = unless_cut_off(connection, self.read)
            if read is None:
                self._left = (edition, HOPELESS)
            else:
                self._held = (edition, read)
            return read

    def forget(self) -> None:
        """Read anew at the next question."""
        with self._lock:
            self._held, self._left = None, (None, 0)
