"""What is read once per data version and then shared by all who ask."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from data_access.query_limit import unless_cut_off

S = TypeVar("S")
T = TypeVar("T")
Edition = tuple[str, int]
"""The identity of a database and its data version: another database, restored in its place, counts its own."""
HOPELESS: Final = 100
"""Questions after which it is tried again to read what was cut off: the machine may have been busy with others."""


@dataclass
class VersionCache(Generic[S, T]):
    """What `read` gives of its source for the newest version that was asked for; nothing else changes it."""

    read: Callable[[S], T]
    _lock: Lock = field(default_factory=Lock)
    _held: tuple[Edition, T] | None = None
    _left: tuple[Edition | None, int] = (None, 0)
    """A version, and how often more it is asked for in vain."""

    def of_version(self, edition: Edition, source: S) -> T:
        """As of that data version; read from the source when it is not held."""
        with self._lock:
            if self._held is None or self._held[0] != edition:
                self._held = (edition, self.read(source))
            return self._held[1]

    def unless_too_slow(self: "VersionCache[Connection, T]", edition: Edition, connection: Connection) -> T | None:
        """As `of_version`, but None where reading takes longer than a question may take; then for HOPELESS more, too.

        For what can be had without, if more slowly.
        """
        with self._lock:
            if self._held is not None and self._held[0] == edition:
                return self._held[1]
            left = self._left[1] if self._left[0] == edition else 0
            if left > 0:
                self._left = (edition, left - 1)
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
