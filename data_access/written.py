"""What is read anew only after something was written, where this process alone writes."""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Written:
    """How often this process has written. Keeps one thing that was read, for as long as it writes nothing more."""

    def __init__(self) -> None:
        self._times = 0
        self._kept: tuple[int, Any] | None = None
        self._lock = Lock()

    @property
    def times(self) -> int:
        """How often so far."""
        return self._times

    def more(self) -> None:
        """Something was written: call it when it is there for all to read."""
        with self._lock:
            self._times += 1

    def since(self, read: Callable[[], T]) -> T:
        """What `read` gives, or gave since the last time that something was written. Always the same `read`."""
        before, kept = self._times, self._kept
        if kept is not None and kept[0] == before:
            found: T = kept[1]
            return found
        found = read()
        self._kept = (before, found)  # what was written meanwhile raised the count: then it is read again
        return found
