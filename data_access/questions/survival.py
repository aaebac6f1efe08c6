"""Median and 90th percentile of the days to the standing closing: Kaplan and Meier 1958, open complaints censored."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from data_access.questions.counts import in_cohorts
from data_access.questions.grids import Level
from data_access.questions.periods import by_period
from data_access.questions.waits_cohorts import Grids, from_cohorts
from data_access.questions.waits_memory import from_memory
from data_access.questions.waits_statements import from_statements
from data_access.reader import Snapshot
from data_access.selection import Selection, Window

QUANTILES: Final = {"median_days": 0.5, "p90_days": 0.9}
Columns = dict[str, np.ndarray]


def waiting_days(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], level: Level) -> list[Columns]:
    """For each window median_days and p90_days, one value for each row of the level; NaN where not reached."""
    found: Grids = {}
    for group in by_period(windows):
        found |= _grids(snapshot, selection, group, level)
    return [_quantiles(*found[window]) for window in windows]


def _grids(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], level: Level) -> Grids:
    """Of windows of one period; all three sources say the same (tests/test_properties.py, tests/test_levels.py)."""
    if in_cohorts(selection, level.by):
        return from_cohorts(snapshot.cohorts(), selection, windows, level)
    ledger = snapshot.ledger()
    if ledger is None:
        return from_statements(snapshot, selection, windows, level)
    return from_memory(ledger, selection, windows, level)


def _quantiles(closed: np.ndarray, censored: np.ndarray) -> Columns:
    """Complaints by member (row) and days (column), all of them looked at from the first day."""
    width = max(closed.shape[1], censored.shape[1], 1)
    closed, censored = (np.pad(grid, ((0, 0), (0, width - grid.shape[1]))) for grid in (closed, censored))
    left, entered = closed + censored, np.zeros(closed.shape)
    entered[:, 0] = left.sum(axis=1)
    return quantiles(entered, left, closed)


def quantiles(entered: np.ndarray, left: np.ndarray, closed: np.ndarray) -> Columns:
    """By QUANTILES, the days that this share has reached, NaN where not; rows are members, columns days.

    On each day so many are looked at for the first time, so many for the last, of whom some for their closing: on equal
    days one enters first, a closing comes before a censoring.
    """
    at_risk = np.cumsum(entered, axis=1) - np.cumsum(left, axis=1) + left
    share = np.divide(closed, at_risk, out=np.zeros(closed.shape), where=at_risk > 0)
    surviving = np.cumprod(1 - share, axis=1)
    # A product of fractions that should be exactly 1 − q may miss it by a rounding of the last digits.
    reached = {name: surviving <= 1 - q + 1e-9 for name, q in QUANTILES.items()}
    return {name: np.where(hit.any(axis=1), hit.argmax(axis=1), np.nan) for name, hit in reached.items()}
