"""What is told of holders, wherever it comes from: counts, medians of days, and pending day by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

import numpy as np
import pandas as pd

from data_access.questions.held_days import Quantiles
from data_access.selection import Window

TREND: Final = "trend"
STEPS: Final = 12
APART: Final = timedelta(days=30)


@dataclass(frozen=True)
class Told:
    """Of some holders, by their numbers: COUNTS; median and 90th percentile of days; pending on days, oldest first."""

    counts: pd.DataFrame
    days: Quantiles
    trend: Mapping[int, Sequence[int]]


class Figures(Protocol):
    """Where figures of holders come from: memory or statements, the same from both."""

    def counts(self, names: Sequence[str]) -> pd.DataFrame:
        """One row per holder that a stay was held by: held, and these counts."""

    def there(self) -> tuple[np.ndarray, np.ndarray]:
        """All holders that there are, ascending, and which of them a posting names; an office needs none."""

    def offices(self, holders: Sequence[int]) -> list[int] | None:
        """Where these were holders; None: look at all."""

    def told(self, names: Sequence[str], holders: Sequence[int]) -> Told:
        """These counts and all else of these holders."""


def trend_days(window: Window, first: date) -> tuple[date, ...]:
    """The as-of day, and every thirtieth before it for a year, as far as there are data; the oldest first."""
    days = (window.as_of - step * APART for step in reversed(range(STEPS)))
    return tuple(day for day in days if day >= first)


def with_trend(frame: pd.DataFrame, holders: Iterable[int], told: Told, steps: int) -> pd.DataFrame:
    """The rows with TREND: pending on these days, as numbers with a blank between."""
    nothing = [0] * steps
    lines = [" ".join(map(str, told.trend.get(holder, nothing))) for holder in holders]
    return frame.assign(**{TREND: pd.Series(lines, index=frame.index, dtype=object)})
