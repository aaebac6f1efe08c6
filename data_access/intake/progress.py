"""How far an import is: rows, rows a second, time left; and the way to stop it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from data_access.intake.stopping import Stopper

_SOON: Final = 0.02  # share read before which nobody can say how long the rest takes


@dataclass
class Progress:
    """What is known of an import under way.

    `sizes`: bytes of each file. `clock` tells seconds. `doing` says what is being
    done; `share` is the part of all bytes that has been read, `rows` are those read so far.
    """

    sizes: Sequence[int]
    clock: Callable[[], float] = time.monotonic
    doing: str = "reading"
    rows: int = 0
    share: float = 0.0
    _started: float = field(init=False)
    _read: int = 0
    stopper: Stopper = field(default_factory=Stopper)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def say(self, text: str) -> None:
        """Something else is being done. Raises Cancelled once it was stopped."""
        self.stopper.check()
        self.doing = text

    def at(self, file: int) -> Callable[[float, int], None]:
        """What the reader of a file, which begins now, tells: its share that was read, its rows. Raises Cancelled."""
        before, whole, rows_before = self._read, max(sum(self.sizes), 1), self.rows
        self._read += self.sizes[file]

        def note(share: float, rows: int) -> None:
            self.stopper.check()
            self.rows = rows_before + rows
            self.share = min((before + share * self.sizes[file]) / whole, 1.0)

        return note

    def stop(self) -> None:
        """End it, in the middle of a statement too."""
        self.stopper.stop()

    @property
    def stopped(self) -> bool:
        """Whether somebody has stopped it."""
        return self.stopper.asked

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self.clock() - self._started

    @property
    def rate(self) -> float:
        """Rows a second so far."""
        return self.rows / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until all is read, at the pace so far; None while nobody can say."""
        return None if self.share < _SOON else self.seconds * (1 - self.share) / self.share

    def line(self) -> str:
        """All of it in one line."""
        parts = [self.doing, f"{self.share:.0%} read", f"{self.rows:,} rows"]
        if self.rows:
            parts.append(f"{self.rate:,.0f} rows a second")
        if self.left is not None and self.share < 1:
            parts.append(f"{_duration(self.left)} left")
        return " · ".join(parts)


def _duration(seconds: float) -> str:
    whole = max(round(seconds), 1)
    return f"{whole} s" if whole < 100 else f"{round(whole / 60)} min"
