"""What survival curves are drawn from, across dimensions: all stays, from memory."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from data_access.cohorts import EPOCH
from data_access.questions.grids import Level, places_of
from data_access.questions.waits_cohorts import Grids
from data_access.selection import Selection, Window
from data_access.waits import Waits


def from_memory(waits: Waits, selection: Selection, windows: Sequence[Window], level: Level) -> Grids:
    """Windows of one period: its stays are picked out once for all."""
    some = waits.received_in(windows[0].from_on, windows[0].to_on)
    within = {name: values[some] for name, values in waits.columns.items()}
    row = _row(within, level)
    own = _chosen(within, waits, selection) & (row >= 0)
    if not own.all():
        row, within = row[own], {name: within[name][own] for name in _DAYS}
    return {window: _grids(within, row, level.rows, window.as_of) for window in windows}


_DAYS = ("received", "opened", "closed", "reopened", "transferred")


def _row(columns: Mapping[str, np.ndarray], level: Level) -> np.ndarray:
    """The row of the level in which each stay counts; less than 0 where in none."""
    if level.by is None:
        return np.full(len(columns["received"]), level.row_of.get(0, -1), dtype=np.int32)
    keys = columns[level.by]
    every: np.ndarray = places_of(np.arange(int(keys.max(initial=0)) + 1), level).astype(np.int32)
    found: np.ndarray = every[keys]
    return found


def _chosen(columns: Mapping[str, np.ndarray], waits: Waits, selection: Selection) -> np.ndarray:
    """Which stays belong to the selection."""
    found = np.ones(len(columns["received"]), dtype=bool)
    for name in ("government", "department", "office"):
        value = getattr(selection, name)
        if value is not None:
            found &= columns[name] == value
    for name, code_of in waits.codes.items():
        word = getattr(selection, name)
        if word is not None:
            found &= columns[name] == code_of[word] if word in code_of else False
    for name, values in (("district", selection.districts), ("category", selection.categories)):
        if values is not None:
            found &= np.isin(columns[name], values, kind="table")
    return found


def _grids(columns: Mapping[str, np.ndarray], row: np.ndarray, rows: int, as_of: date) -> tuple[np.ndarray, np.ndarray]:
    """Standing closings by lag, and open stays by age, at the end of the day."""
    today = (as_of - EPOCH).days
    received, closed = columns["received"], columns["closed"]
    ended = closed <= today
    stands = np.flatnonzero(ended & ~columns["transferred"] & (columns["reopened"] > today))
    waiting = np.flatnonzero((columns["opened"] <= today) & ~ended)
    lag = closed[stands].astype(np.int32) - received[stands]
    age = today - received[waiting].astype(np.int32)
    return _grid(row[stands], lag, rows), _grid(row[waiting], age, rows)


def _grid(row: np.ndarray, days: np.ndarray, rows: int) -> np.ndarray:
    width = int(days.max(initial=0)) + 1
    return np.bincount(row * np.int64(width) + days, minlength=rows * width).reshape(rows, width)
