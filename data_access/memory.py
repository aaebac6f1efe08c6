"""The room in which answers are kept: bounded, the ones longest unused go first."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from dogpile.cache import CacheRegion, make_region


class Memory:
    """As much of a dictionary as dogpile's memory backend asks for; safe to use from many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, default: object = None) -> Any:  # dogpile keeps its own wrappers here
        """The value; makes it the one used last."""
        with self._lock:
            if key not in self._held:
                return default
            self._held.move_to_end(key)
            return self._held[key]

    def __setitem__(self, key: str, value: object) -> None:
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)

    def pop(self, key: str, default: object = None) -> Any:
        """Take the value out."""
        with self._lock:
            return self._held.pop(key, default)

    def __len__(self) -> int:
        return len(self._held)


def remembering(most: int) -> CacheRegion:
    """A cache for so many values in this process: many who ask the same at once wait for one computation."""
    return make_region().configure("dogpile.cache.memory", arguments={"cache_dict": Memory(most)})
