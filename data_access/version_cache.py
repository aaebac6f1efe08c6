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

    def of_version(self, version: int, connection: Connection) -> T:
        """As of that data version; read from the connection when it is not held."""
        with self._lock:
            if self._held is None or self._held[0] != version:
                self._held = (version, self.read(connection))
            return self._held[1]

    def forget(self) -> None:
        """Read anew at the next question."""
        with self._lock:
            self._held = None
