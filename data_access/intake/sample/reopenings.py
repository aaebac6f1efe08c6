"""Closings that did not last: a complaint is closed, reopened, and goes on to its final closing (or pends).

One round is a closing and the reopening that undoes it, both before the final closing. Rounds that span the end of the
calibration day in April make a complaint stand closed there, so their number is exact.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from data_access.intake.sample.clock import DAY, Clock
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Flags, Floats, Ints, Rng
from data_access.intake.sample.published import APRIL, COMPLAINTS, DAYS

SHARE: Final = 0.051
"""Of complaints that lived long enough, how many are reopened."""
AGAIN: Final = 0.05
"""Of those reopened, how many once more."""
SPARE: Final = 3 * DAY
WAIT: Final = 7.0
"""Days from a closing to its reopening, on average."""
BRIDGED: Final = 880 / COMPLAINTS
"""Share of complaints in a round at the end of the April day; the natural number is near, the rest is made to fit."""


@dataclass
class Rounds:
    """One entry a complaint: seconds of a closing and the reopening that undid it; 0 where there was none."""

    closed: Ints
    reopened: Ints

    def there(self) -> Flags:
        """Which complaints went through it."""
        return self.reopened > 0


def bridged(complaints: int) -> int:
    """How many complaints are in a round at the end of the April day."""
    return round(complaints * BRIDGED)


def rounds(
    those: Complaints, final: Ints, spared: Flags, work: Clock, citizens: Clock, rng: Rng
) -> tuple[Rounds, Rounds]:
    """A first round for some complaints, and a second for some of these. `spared` complaints are left alone."""
    until = np.minimum(final, DAYS * DAY - 1)
    # Complaints still pending have their rounds late in their lives so far: fewer of them, lest these pile up.
    share = np.where(final < DAYS * DAY, SHARE, 0.5 * SHARE)
    chance = np.where(spared | (until - those.second < SPARE), 0.0, share)
    first = _round(those.second, until, chance, work, citizens, rng)
    _settle(first, those, final, spared, rng)
    begin = np.where(first.there(), first.reopened, until)
    second = _round(begin, until, np.where(until - begin < SPARE, 0.0, AGAIN), work, citizens, rng)
    # A second round must not span the April day: the first ones are counted already.
    over = _spans(second)
    second.closed[over] = second.reopened[over] = 0
    return first, second


def _round(begin: Ints, until: Ints, chance: Floats, work: Clock, citizens: Clock, rng: Rng) -> Rounds:
    """A round for some complaints within the time from `begin` to `until`."""
    chosen = np.flatnonzero(rng.random(len(begin)) < chance)
    start, stop = work.read(begin[chosen]), work.read(until[chosen])
    closed = work.when(start + rng.uniform(0.2, 0.85, len(chosen)) * (stop - start)).astype(np.int64)
    closed = np.clip(closed, begin[chosen] + SPARE // 4, until[chosen] - SPARE // 2)
    told, last = citizens.read(closed), citizens.read(until[chosen])
    wait = 0.3 + rng.standard_exponential(len(chosen)) * WAIT
    # Those closed for good leave time for that; those still pending at the newest moment need none.
    pending = until[chosen] >= DAYS * DAY - 1
    again = citizens.when(told + np.where(pending, wait, np.minimum(wait, 0.7 * (last - told)))).astype(np.int64)
    # What would be reopened after the newest moment is not to be closed before: it pends all along.
    known = again < until[chosen] - 3600
    chosen, closed, again = chosen[known], closed[known], again[known]
    found = Rounds(np.zeros(len(begin), dtype=np.int64), np.zeros(len(begin), dtype=np.int64))
    found.closed[chosen] = closed
    found.reopened[chosen] = np.clip(again, closed + 3600, until[chosen] - 3600)
    return found


def _spans(one: Rounds) -> Flags:
    """Rounds that are closed, and not reopened yet, at the end of the April day."""
    border = (APRIL + 1) * DAY
    return (one.closed > 0) & (one.closed < border) & (one.reopened >= border)


def _settle(first: Rounds, those: Complaints, final: Ints, spared: Flags, rng: Rng) -> None:
    """Brings the number of rounds that span the April day to what calibration counted on."""
    wanted, border = bridged(len(final)), (APRIL + 1) * DAY
    spanning = np.flatnonzero(_spans(first))
    surplus = rng.permutation(spanning)[: max(0, len(spanning) - wanted)]
    first.closed[surplus] = first.reopened[surplus] = 0
    room = (those.second < border - 2 * DAY) & (final > border + 8 * DAY) & ~first.there() & ~spared
    added = rng.permutation(np.flatnonzero(room))[: max(0, wanted - len(spanning))]
    first.closed[added] = border - rng.integers(7 * 3600, DAY + 15 * 3600, len(added))
    first.reopened[added] = border + rng.integers(8 * 3600, 6 * DAY + 22 * 3600, len(added))
