"""Exact numbers out of a smooth process: one pace for many complaints, read off their order.

A complaint is pending at an instant if its delay, times a pace, is longer than the time it has had. So each has a
critical pace above which it is pending, and exactly n are if the pace lies between the n-th and the next critical one.
Paces are logarithms here: 0 leaves delays as drawn.
"""

import numpy as np

from data_access.intake.sample.numbers import Flags, Floats, Ints, Rng
from data_access.intake.sample.published import APRIL, DAYS, GOVERNMENTS, SINDH, YOUNG, Target


def pace(critical: Floats, pending: int) -> float:
    """The pace above exactly `pending` of these critical ones; as near as may be when there are too few."""
    count = len(critical)
    pending = min(max(pending, 0), count)
    if count == 0:
        return 0.0
    if pending == 0:
        return float(critical.min()) - 0.001
    if pending == count:
        return float(critical.max()) + 0.001
    low, high = np.partition(critical, [pending - 1, pending])[pending - 1 : pending + 1]
    return float((low + high) / 2)


class Ends:
    """When each complaint is closed for good, in the offices' time; after `newest` means still pending.

    `fixed` are complaints whose end does not follow from a pace.
    """

    def __init__(self, day: Ints, holder: Ints, begin: Floats, delay: Floats, april: float, newest: float) -> None:
        self.day, self.holder, self.begin, self.delay = day, holder, begin, delay
        self.april, self.newest = april, newest
        self.end = begin + delay
        self.fixed = np.zeros(len(day), dtype=bool)

    def fix(self, which: Ints, end: Floats) -> None:
        """Gives these complaints an end that calibration leaves alone."""
        self.end[which] = end
        self.fixed[which] = True

    def calibrate(self, target: Target, bridged: int, rng: Rng) -> None:
        """Brings pending in April and on the newest day to the target, each government's by itself for the newest day.

        `bridged`: complaints that will stand closed in April though they end later, because they are reopened.
        """
        base = self._april(target, bridged)
        for government in range(len(GOVERNMENTS)):
            mine = self.holder == government
            first = 0.0 if government == SINDH else base
            self._thin(np.flatnonzero(mine & (self.day <= APRIL)), int(target.over_90[government]), rng)
            middle = mine & (self.day > APRIL) & (self.day < YOUNG)
            old = int(target.over_90[government]) - int((self.end[mine & (self.day <= APRIL)] > self.newest).sum())
            second = self._bend(middle, old, first, APRIL + 1, YOUNG)
            self._bend(mine & (self.day >= YOUNG), int(target.pending_young[government]), second, YOUNG, DAYS)

    def _april(self, target: Target, bridged: int) -> float:
        """One pace for all complaints received by April outside Sindh."""
        early = self.day <= APRIL
        free = early & ~self.fixed & (self.holder != SINDH)
        others = int((self.end[early & ~free] > self.april).sum())
        pending = target.by_april - target.resolved_by_april + bridged - others
        found = pace(np.log((self.april - self.begin[free]) / self.delay[free]), pending)
        self.end[free] = self.begin[free] + np.exp(found) * self.delay[free]
        return found

    def _thin(self, early: Ints, most: int, rng: Rng) -> None:
        """Closes some of those pending since before April if the target has fewer: only in tiny samples."""
        pending = early[self.end[early] > self.newest]
        if len(pending) > most:
            chosen = rng.choice(pending, len(pending) - most, replace=False)
            self.end[chosen] = rng.uniform(self.april, self.newest, len(chosen))

    def _bend(self, mine: Flags, pending: int, before: float, first: int, last: int) -> float:
        """A pace that leaves `pending` of these complaints open, reached from the pace `before` in steps day by day."""
        free = np.flatnonzero(mine & ~self.fixed)
        pending -= int((self.end[mine & self.fixed] > self.newest).sum())
        share = (self.day[free] - first + 1.0) / (last - first)
        critical = np.log((self.newest - self.begin[free]) / self.delay[free])
        reached = pace((critical - (1.0 - share) * before) / share, pending)
        self.end[free] = self.begin[free] + np.exp((1.0 - share) * before + share * reached) * self.delay[free]
        return reached
