"""When things happen in a span of simulated time: offices work by day and on weekdays, citizens also in the evening."""

from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data_access.intake.sample.clock import (
    DAY,
    FILING_HOURS,
    FILING_WEEK,
    WORKING_HOURS,
    WORKING_WEEK,
    Clock,
)
from data_access.intake.sample.numbers import Rng

Times = NDArray[np.datetime64]
Week = tuple[float, ...]
Hours = tuple[tuple[float, float], ...]

OFFICES: Final = (WORKING_WEEK, WORKING_HOURS)
CITIZENS: Final = (FILING_WEEK, FILING_HOURS)


class Rhythm:
    """How busy those of one kind are in a span: after `begin`, until `end`. Wall-clock time of Karachi."""

    def __init__(self, kind: tuple[Week, Hours], begin: datetime, end: datetime) -> None:
        week, hours = kind
        self._midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
        self._first, self._last = (int((at - self._midnight).total_seconds()) for at in (begin, end))
        first = begin.weekday()
        days = np.array([week[(first + number) % 7] for number in range(self._last // DAY + 1)])
        self._clock = Clock(days * (7.0 / sum(week)), hours)
        self._begin, self._end = self._clock.read(np.array([self._first, self._last]))

    @property
    def days(self) -> float:
        """How many average days' work the span has room for."""
        return float(self._end - self._begin)

    def moments(self, count: int, rng: Rng) -> Times:
        """So many whole seconds of the span, more of them where people are busier."""
        own = self._begin + (self._end - self._begin) * rng.random(count)
        seconds = np.clip(np.ceil(self._clock.when(own)).astype(np.int64), self._first + 1, self._last)
        return np.asarray(np.datetime64(self._midnight, "us") + seconds.astype("timedelta64[s]"))
