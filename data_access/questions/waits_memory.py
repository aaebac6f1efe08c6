"""What survival curves are drawn from, across dimensions: the ledger in memory."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from data_access.cohorts import EPOCH
from data_access.ledger import Ledger
from data_access.questions.chosen_stays import Chosen, chosen
from data_access.questions.grids import Level
from data_access.questions.waits_cohorts import Grids
from data_access.selection import Selection, Window
from data_access.stays import ENDINGS


def from_memory(ledger: Ledger, selection: Selection, windows: Sequence[Window], level: Level) -> Grids:
    """Windows of one period: its stays are picked out once for all."""
    stays = chosen(ledger, selection, windows[0], level)
    return {window: _grids(stays, window.as_of) for window in windows}


def _grids(stays: Chosen, as_of: date) -> tuple[np.ndarray, np.ndarray]:
    """Standing closings by lag, and open stays by age, at the end of the day."""
    today = (as_of - EPOCH).days
    received, closed = stays.column("received"), stays.column("closed")
    ended, left = closed <= today, stays.column("outcome") == ENDINGS["transferred"]
    stands = np.flatnonzero(ended & ~left & (stays.column("reopened") > today))
    waiting = np.flatnonzero((stays.column("opened") <= today) & ~ended)
    lag = closed[stands].astype(np.int32) - received[stands]
    age = today - received[waiting].astype(np.int32)
    return _grid(stays.row[stands], lag, stays.rows), _grid(stays.row[waiting], age, stays.rows)


def _grid(row: np.ndarray, days: np.ndarray, rows: int) -> np.ndarray:
    width = int(days.max(initial=0)) + 1
    return np.bincount(row * np.int64(width) + days, minlength=rows * width).reshape(rows, width)
