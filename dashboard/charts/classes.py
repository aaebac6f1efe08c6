"""Values sorted into few classes, so that colours can be told apart and each has its range in the legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Final

import numpy as np

CLASSES: Final = 5
NO_VALUE: Final = -1


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
    """Classes with about as many values each, fewer where values are equal; None where there are no values."""
    known = np.array([value for value in values if value is not None and not isnan(value)], dtype=np.float64)
    if not len(known):
        return None
    edges = np.quantile(known, [step / CLASSES for step in range(1, CLASSES)], method="higher")
    higher = known[known > known.min()]
    breaks = tuple(float(edge) for edge in np.unique(edges) if edge > known.min())
    if not breaks and len(higher):
        breaks = (float(higher.min()),)  # nearly all are equal: the few others are a class of their own
    return Classes(breaks, (float(known.min()), float(known.max())))
