"""When complaints are filed, and which government ends up holding them."""

from typing import Final

import numpy as np

from data_access.intake.sample.clock import DAY, Clock, filing_activity
from data_access.intake.sample.numbers import Floats, Ints, Rng, apportion
from data_access.intake.sample.published import APRIL, DAYS, REVIEW_DAYS, SINDH, YOUNG, Target, day_number

DECEMBER: Final = day_number(REVIEW_DAYS[0])
SINDH_GROWTH: Final = ((0, 150.0), (YOUNG, 330.0), (DAYS - 1, 484.0))
"""(day, complaints a day) at the default size: Sindh's share grows, so that a third of its complaints are young."""
LATEST: Final = 23 * 3600 + 50 * 60
"""Nothing is filed in the last minutes of a day, so that whatever follows on the same day has its time."""


def arrivals(target: Target, rng: Rng) -> tuple[Ints, Ints]:
    """Day of receipt and the government that holds it on the newest day, one entry a complaint, in order of the day."""
    active = filing_activity()[:DAYS]
    sindh = active * np.interp(np.arange(DAYS), *np.array(SINDH_GROWTH).T)
    sindh_days = _spread(sindh, _sums(sindh, int(target.received[SINDH])), rng)
    others = np.array([target.by_december, target.by_april - target.by_december, target.complaints - target.by_april])
    others -= np.bincount(np.searchsorted([DECEMBER, APRIL], sindh_days), minlength=3)
    curve = active * _smooth(active, others)
    young = round(others[2] * curve[YOUNG:].sum() / curve[APRIL + 1 :].sum())
    other_days = _spread(curve, np.array([others[0], others[1], others[2] - young, young]), rng)
    day = np.concatenate([sindh_days, other_days])
    government = np.concatenate([np.full(len(sindh_days), SINDH), _holders(target, other_days, rng)])
    order = np.argsort(day, kind="stable")
    return day[order], government[order]


def _sums(curve: Floats, total: int) -> Ints:
    """How many of `total` fall into each of the four periods: to December, April, YOUNG and the newest day."""
    return apportion(np.add.reduceat(curve, [0, DECEMBER + 1, APRIL + 1, YOUNG]), total)


def _smooth(active: Floats, periods: Ints) -> Floats:
    """A curve without jumps whose product with `active` comes to each of the three periods' sums."""
    edges = np.array([0, DECEMBER + 1, APRIL + 1, DAYS])
    middles = (edges[:-1] + edges[1:]) / 2
    hats = np.array([np.interp(np.arange(DAYS), middles, one) for one in np.eye(3)])
    levels = np.linalg.solve(np.add.reduceat(hats * active, edges[:-1], axis=1).T, periods)
    return np.asarray(levels @ hats)


def _spread(curve: Floats, periods: Ints, rng: Rng) -> Ints:
    """Sorted days of receipt: by chance along the curve, with the exact number in each of the four periods."""
    counts = np.zeros(DAYS, dtype=np.int64)
    for begin, end, number in zip(
        [0, DECEMBER + 1, APRIL + 1, YOUNG], [DECEMBER + 1, APRIL + 1, YOUNG, DAYS], periods, strict=True
    ):
        weights = np.maximum(curve[begin:end], 0.0)
        counts[begin:end] = rng.multinomial(number, weights / weights.sum())
        # Few complaints must not leave the first or the newest day empty.
        for day in {0, DAYS - 1} & set(range(begin, end)):
            if number and counts[day] == 0:
                counts[begin + int(np.argmax(counts[begin:end]))] -= 1
                counts[day] += 1
    return np.repeat(np.arange(DAYS), counts)


def _holders(target: Target, day: Ints, rng: Rng) -> Ints:
    """The governments other than Sindh over these days: exact in sum, and enough young complaints to be pending.

    On the newest day every government has a complaint, as far as it has any.
    """
    received = np.where(np.arange(len(target.received)) == SINDH, 0, target.received)
    pending = np.where(received > 0, target.pending_young, 0)
    fresh = np.maximum(apportion(received, int((day >= YOUNG).sum())), np.minimum(pending, received))
    while fresh.sum() > (day >= YOUNG).sum():
        fresh[np.argmax(fresh - pending)] -= 1
    names = np.arange(len(received))
    old, young = np.repeat(names, received - fresh), rng.permutation(np.repeat(names, fresh))
    _greet(young, int((day == DAYS - 1).sum()), rng)
    return np.concatenate([rng.permutation(old), young])


def _greet(young: Ints, last: int, rng: Rng) -> None:
    """Swaps until each government among the young complaints is among the `last` of them, those of the newest day."""
    newest = young[len(young) - last :]
    for government in np.setdiff1d(young, newest):
        often = np.bincount(newest, minlength=1)
        if often.max() < 2:
            return
        place = rng.choice(np.flatnonzero(newest == np.argmax(often)))
        other = rng.choice(np.flatnonzero(young == government))
        young[other], newest[place] = newest[place], government


def moments(day: Ints, citizens: Clock, rng: Rng) -> Ints:
    """Seconds since LAUNCH at which complaints of these days are filed."""
    begin, end = citizens.read(day * DAY), citizens.read(day * DAY + LATEST)
    seconds = citizens.when(begin + (end - begin) * rng.random(len(day))).astype(np.int64)
    return np.asarray(np.clip(seconds, day * DAY, day * DAY + LATEST))
