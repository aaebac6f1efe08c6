"""Values sorted into few classes, so that colours can be told apart and each has its range in the legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.charts.tokens import ALARMING, SHADES

CLASSES: Final = 5
NO_VALUE: Final = -1
Numbers = NDArray[np.float64]


def shades_for(good: int) -> tuple[str, ...]:
    """The tokens of the classes' colours, lowest first. `good` is the good direction: alarm is only for what is bad."""
    return ALARMING if good < 0 else SHADES


@dataclass(frozen=True)
class Classes:
    """`breaks` are the lowest values of the classes but the first, rising. `ends` are the lowest and highest value."""

    breaks: tuple[float, ...]
    ends: tuple[float, float]

    @property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """From and to of each class, lowest first; the upper end belongs to the next class."""
        edges = [self.ends[0], *self.breaks, self.ends[1]]
        return tuple(pairwise(edges))

    def of(self, value: float | None) -> int:
        """The class of a value, 0 the lowest; NO_VALUE where there is none."""
        if value is None or isnan(value):
            return NO_VALUE
        return int(np.searchsorted(self.breaks, value, side="right"))

    def shade(self, value: float | None) -> int:
        """The colour of a value: classes spread over all shades, 0 the lightest, however few classes there are."""
        found = self.of(value)
        if found == NO_VALUE or not self.breaks:
            return found if found == NO_VALUE else CLASSES // 2
        return round(found * (CLASSES - 1) / len(self.breaks))


def classes_of(values: Sequence[float | None]) -> Classes | None:
    """Classes as the values fall into groups, fewer where few differ; None where there are no values.

    Of all ways to part them, that with the least squares of distances to the middle of the own class (natural breaks:
    Fisher, 1958): one that is far from all others has a colour of its own, and those close together share one.
    """
    known = np.array([value for value in values if value is not None and not isnan(value)], dtype=np.float64)
    if not len(known):
        return None
    different, times = np.unique(known, return_counts=True)
    starts = _parted(different, times, min(CLASSES, len(different)))
    return Classes(tuple(different[starts].tolist()), (float(different[0]), float(different[-1])))


def _parted(values: Numbers, times: NDArray[np.int64], groups: int) -> list[int]:
    """The places where the second and all later groups of rising values begin."""
    middle = values - values.mean()  # near zero, sums of squares keep their digits
    count, total, square = (np.concatenate([[0.0], np.cumsum(times * middle**power)]) for power in range(3))
    size = len(values)
    first, end = np.arange(size)[:, None], np.arange(1, size + 1)[None, :]
    held = np.where(end > first, count[end] - count[first], np.inf)
    apart = square[end] - square[first] - (total[end] - total[first]) ** 2 / held
    apart[end <= first] = np.inf  # from each first value to each end, what is lost by taking them together
    least, begins = apart[0], []
    for _ in range(groups - 1):
        before = np.concatenate([[np.inf], least[:-1]])[:, None] + apart
        begins.append(before.argmin(axis=0))
        least = before.min(axis=0)
    at, starts = size - 1, []
    for begin in reversed(begins):
        starts.append(int(begin[at]))
        at = starts[-1] - 1
    return starts[::-1]
