"""What survival curves are drawn from, of governments: the cohort flow, from memory."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data_access.cohorts import EPOCH, Changes, Cohorts
from data_access.questions.grids import Level
from data_access.selection import Selection, Window

Grids = dict[Window, tuple[np.ndarray, np.ndarray]]
"""Of each window: standing closings by lag, and pending complaints by age; rows are the level's, columns days."""


def from_cohorts(cohorts: Cohorts, selection: Selection, windows: Sequence[Window], level: Level) -> Grids:
    """Windows of one period."""
    received = cohorts if len(windows) == 1 else _received_in(cohorts, windows[0])
    return {window: _grids(received, selection, window, level) for window in windows}


def _grids(cohorts: Cohorts, selection: Selection, window: Window, level: Level) -> tuple[np.ndarray, np.ndarray]:
    period = (window.as_of, window.from_on, window.to_on)
    wanted = [selection.government] if selection.government is not None else None
    closed, waiting = cohorts.closed(*period), cohorts.waiting(*period)
    return _rows_of(closed, level, wanted), _rows_of(waiting, level, wanted)


def _received_in(cohorts: Cohorts, window: Window) -> Cohorts:
    """What counts in a period, picked out once for all as-of days that are asked about."""
    if window.from_on is None or window.to_on is None:
        return cohorts
    first, last = ((day - EPOCH).days for day in (window.from_on, window.to_on))

    def picked(changes: Changes) -> Changes:
        own = (changes.received >= first) & (changes.received <= last)
        arrays = {name: getattr(changes, name)[own] for name in ("day", "received", "place", "complaints")}
        return replace(changes, **arrays)

    return replace(cohorts, resolved=picked(cohorts.resolved), pending=picked(cohorts.pending))


def _rows_of(grid: np.ndarray, level: Level, wanted: list[int] | None) -> np.ndarray:
    """The level's rows of a grid by government id, of which only the `wanted` (None: all) count."""
    found = np.zeros((level.rows, grid.shape[1]))
    for key in range(len(grid)) if wanted is None else [key for key in wanted if key < len(grid)]:
        row = level.row_of.get(0 if level.by is None else key)
        if row is not None:
            found[row] += grid[key]
    return found
