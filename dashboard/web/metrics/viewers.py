"""How many browsers look on, told by sessions that ask for news; who they are is not known here."""

import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Final

WINDOW: Final = 300.0
"""Seconds. A page asks every second, every ten when nobody sees it, so that each of several processes hears of all."""
MOST: Final = 20_000
"""Sessions that are told apart."""


class Viewers:
    """Counts sessions. Keeps of each a hash under a key that ends with the process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._key = now, secrets.token_bytes(32)
        self._seen: dict[bytes, float] = {}
        self._lock = Lock()

    def saw(self, mark: str) -> None:
        """One of them was there just now."""
        one = blake2b(mark.encode(), key=self._key, digest_size=12).digest()
        with self._lock:
            self._seen.pop(one, None)  # the newest stand last
            self._seen[one] = self._now()
            if len(self._seen) > MOST:
                self._seen.pop(next(iter(self._seen)))

    def count(self) -> int:
        """How many were there lately."""
        with self._lock:
            gone = self._now() - WINDOW
            while self._seen and self._seen[first := next(iter(self._seen))] < gone:
                del self._seen[first]
            return len(self._seen)
