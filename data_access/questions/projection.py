"""Where does the pace of the last weeks lead? The backlog so far, and until a day to come if that pace goes on.

No forecast of what people will do. How sure it is, is measured and not assumed: the same rule is tried on the weeks
that were, and the band is as wide as four in five of those trials were off. (Taken for random, the weeks would give a
band that holds half of what it says: their pace drifts.)
"""

from datetime import date, timedelta
from math import ceil
from typing import Any, Final

import numpy as np
import pandas as pd

from data_access.questions.daily import daily_changes, sum_until
from data_access.reader import Snapshot
from data_access.selection import View

WEEKS: Final = 6
"""The weeks whose pace goes on."""
SHOWN: Final = 13
"""The weeks that are shown before it."""
SHARE: Final = 0.8
"""Of the trials, as many were off by no more than the band says."""
FEWEST: Final = 8
"""Without so many trials there is no band."""
COLUMNS: Final = ("week_ending", "arrivals", "closings", "pending", "expected", "low", "high", "trials")


def projection(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week so far, then one per week until the day one looks ahead to, that day last: COLUMNS.

    arrivals (filed, reopened or moved in, less moved out) and closings are of the week, pending is at its end; they
    are null in rows ahead. expected, low and high are null in earlier rows; on the as-of day all are what is pending.
    Nothing is ahead where the data hold no WEEKS whole weeks; low and high are null after fewer than FEWEST trials.
    """
    first = snapshot.state.first_day
    if view.as_of is None or view.until is None or first is None:
        return pd.DataFrame(columns=list(COLUMNS))
    length = (view.as_of - first).days + 1
    days = [first + timedelta(days=place) for place in range(-1, length)]
    sums = sum_until(daily_changes(snapshot, view.selection, view.as_of), days)
    came, closed = sums["stays"] - sums["transfers"], sums["closings"]
    ends = np.arange(length, 0, -7)[:SHOWN][::-1]
    rows: list[tuple[Any, ...]] = [
        (days[end], int(came[end] - came[start]), int(closed[end] - closed[start]), int(came[end] - closed[end]))
        + (None,) * 4
        for end, start in zip(ends, np.maximum(ends - 7, 0), strict=True)
    ]
    backlog = came - closed
    if length >= 7 * WEEKS:
        rows[-1] = (*rows[-1][:4], *(int(backlog[-1]),) * 3, None)
        rows += _ahead(view.as_of, view.until, backlog)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _ahead(as_of: date, until: date, backlog: np.ndarray) -> list[tuple[Any, ...]]:
    """A row for each week, from the backlog at the end of each day that was, the last one's last."""
    furthest = (until - as_of).days
    rows: list[tuple[Any, ...]] = []
    for horizon in (*range(7, furthest, 7), furthest):
        expected = backlog[-1] + horizon * paces(backlog)[-1]
        off = errors(backlog, horizon)
        bounds: tuple[int | None, int | None] = (None, None)
        if len(off) >= FEWEST:
            reach = np.sort(off)[min(ceil(SHARE * (len(off) + 1)), len(off)) - 1]
            bounds = (max(0, round(expected - reach)), max(0, round(expected + reach)))
        day = as_of + timedelta(days=horizon)
        rows.append((day, None, None, None, max(0, round(expected)), *bounds, len(off)))
    return rows


def paces(backlog: np.ndarray) -> np.ndarray:
    """By how much the backlog grew a day over the WEEKS before, for each day that has so many before it."""
    return np.asarray((backlog[7 * WEEKS :] - backlog[: -7 * WEEKS]) / (7 * WEEKS))


def errors(backlog: np.ndarray, horizon: int) -> np.ndarray:
    """How far off the rule was, so many days ahead: one trial a week, the newest first, of those whose day has come."""
    pace, then = paces(backlog), backlog[7 * WEEKS :]
    begun = np.arange(len(then) - 1 - horizon, -1, -7)
    return np.asarray(np.abs(then[begun + horizon] - (then[begun] + horizon * pace[begun])))
