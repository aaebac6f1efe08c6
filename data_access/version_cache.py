"""What is read once per data version and then shared by all who ask."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Edition = tuple[str, int]
"""The identity of a database and its data version: another database, restored in its place, counts its own."""


@dataclass
class VersionCache(Generic[T]):
    """What `read` gives for the newest version that was asked for; nothing else changes it."""

    read: Callable[[Connection], T]
    _lock: Lock = field(default_factory=Lock)
    _held: tuple[Edition, T] | None = None
    _asked: tuple[Edition | None, int] = (None, 0)
    """A version, and how often it was asked for in vain."""

    def of_version(self, edition: Edition, connection: Connection) -> T:
        """As of that data version; read from the connection when it is not held."""
        with self._lock:
            if self._held is None or self._held[0] != edition:
                self._held = (edition, self.read(connection))
            return self._held[1]

    def if_worth(self, edition: Edition, connection: Connection, times: int) -> T | None:
        """As `of_version`, but None for the first so many times that a version is asked for and not held.

        Where an answer can be had without, and reading costs as much as that many answers: versions that nobody asks
        much of, while one batch follows another, are not worth it.
        """
        with self._lock:
            if self._held is None or self._held[0] != edition:
                asked = self._asked[1] if self._asked[0] == edition else 0
                self._asked = (edition, asked + 1)
                if asked < times:
                    return None
        return self.of_version(edition, connection)

    def forget(self) -> None:
        """Read anew at the next question."""
        with self._lock:
            self._held, self._asked = None, (None, 0)
