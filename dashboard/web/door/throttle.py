"""How often somebody may guess: failures are counted, and after a number of them one waits for the next window of time.

Counted in the memory of this process, or in the database where several processes may serve it: together they allow no
more than one. What is counted is known by a keyed hash of two bytes, so that no stream of invented names takes more
room than 65,536 counts of a kind.
"""

import hashlib
import hmac
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from dashboard.web.counters import Counters

WINDOW_SECONDS: Final = 900
ACCOUNT: Final = "account"
ANYWHERE: Final = "anywhere"
DEVICE: Final = "device"
ADDRESS: Final = "address"
CODE: Final = "code"
TOKEN: Final = "token"  # noqa: S105  # a kind of key, not one
WITHIN: Final = "within"
MOST: Final[Mapping[str, int]] = MappingProxyType(
    {ACCOUNT: 10, ANYWHERE: 100, DEVICE: 10, ADDRESS: 60, CODE: 5, TOKEN: 60, WITHIN: 5}
)
"""Failures in a window, by what they are counted by: an account from one address, and from all of them together; an
address, which may be that of a whole office."""
_BYTES: Final = 2


@dataclass(frozen=True)
class Tally:
    """What failures are counted by: its kind, and whose they are."""

    kind: str
    whose: str


class Throttled(PermissionError):
    """There were too many failures. `wait` is in whole seconds; `first`: nobody was refused for it in this window."""

    def __init__(self, tally: Tally, wait: int, *, first: bool) -> None:
        super().__init__(f"too many failures by {tally.kind}")
        self.tally = tally
        self.wait = wait
        self.first = first


class Counts(Protocol):
    """Keeps counts by name."""

    def more(self, name: str, seconds: int) -> int:
        """One more; how many there are then. What is first counted now may be forgotten after so many seconds."""
        ...

    def less(self, name: str) -> None:
        """One fewer."""
        ...


class MemoryCounts:
    """Counts of this process alone."""

    def __init__(self) -> None:
        self._storage = Counters()

    def more(self, name: str, seconds: int) -> int:
        """One more; how many there are then."""
        return self._storage.incr(name, seconds)

    def less(self, name: str) -> None:
        """One fewer."""
        self._storage.decr(name)

    @property
    def counted(self) -> int:
        """How many names are remembered."""
        return len(self._storage.storage)


@dataclass
class Turn:
    """One try. Whoever makes it says when it fails."""

    failed: bool = False


class Throttle:
    """Counts failures. Made once; safe to ask from many threads. `now` gives seconds since 1970."""

    def __init__(self, secret_key: str, now: Callable[[], float] = time.time, counts: Counts | None = None) -> None:
        self._key = secret_key.encode()
        self._now = now
        self._counts: Counts = counts or MemoryCounts()

    @contextmanager
    def turn(self, *tallies: Tally) -> Iterator[Turn]:
        """One try, counted in all of these. Raises Throttled, with nothing tried, when one of them is full.

        It counts from its start, so that many at once are not more than one after the other; it is given back unless it
        failed.
        """
        start = math.floor(self._now() / WINDOW_SECONDS) * WINDOW_SECONDS
        taken: list[str] = []
        turn = Turn()
        try:
            for tally in tallies:
                name = self._name(tally, start)
                taken.append(name)
                if self._counts.more(name, WINDOW_SECONDS) > MOST[tally.kind]:
                    first = self._counts.more(f"refused {name}", WINDOW_SECONDS) == 1
                    wait = max(1, math.ceil(start + WINDOW_SECONDS - self._now()))
                    raise Throttled(tally, wait, first=first)
            yield turn
        finally:
            if not turn.failed:
                for name in taken:
                    self._counts.less(name)

    def _name(self, tally: Tally, start: int) -> str:
        digest = hmac.new(self._key, f"{tally.kind}:{tally.whose}".encode("utf-8", "replace"), hashlib.sha256).digest()
        return f"{tally.kind} {digest[:_BYTES].hex()} {start}"
