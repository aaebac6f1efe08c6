"""What is read once per data version and then shared by all who ask."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


@dataclass
class VersionCache(Generic[T]):
    """What `read` gives for the newest version that was asked for; nothing else changes it."""

    read: Callable[[Connection], T]
    _lock: Lock = field(default_factory=Lock)
    _held: tuple[int, T] | None = None
    _asked: tuple[int, int] = (0, 0)
    """A version, and how often it was asked for in vain."""

    def of_version(self, version: int, connection: Connection) -> T:
        """As of that data version; read from the connection when it is not held."""
        with self._lock:
            if self._held is None or self._held[0] != version:
                self._held = (version, self.read(connection))
            return self._held[1]

    def if_worth(self, version: int, connection: Connection, times: int) -> T | None:
        """As `of_version`, but None for the first so many times that a version is asked for and not held.

        Where an answer can be had without, and reading costs as much as that many answers: versions that nobody asks
        much of, while one batch follows another, are not worth it.
        """
        with self._lock:
            if self._held is None or self._held[0] != version:
                asked = self._asked[1] if self._asked[0] == version else 0
                self._asked = (version, asked + 1)
                if asked < times:
                    return None
        return self.of_version(version, connection)

    def forget(self) -> None:
        """Read anew at the next question."""
        with self._lock:
            self._held, self._asked = None, (0, 0)
