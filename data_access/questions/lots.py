"""Windows that one scan of the cohort flow serves together, told apart by a label on each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, and_, case, or_

from data_access.selection import Selection, Window
from data_access.tables.flow import cohort_flow


def segment(day: ColumnElement[Any], ends: Sequence[date]) -> ColumnElement[int]:
    """0 until the first of the days, 1 until the second, and so on: one scan serves several as-of days."""
    return case(*((day <= end, position) for position, end in enumerate(ends))).label("segment")


@dataclass(frozen=True)
class Lot:
    """Some windows, in order. `segment` labels each row that counts in one of them.

    `running`: a row labelled for one window counts in all later ones, too.
    """

    windows: tuple[Window, ...]
    segment: ColumnElement[int]
    where: tuple[ColumnElement[bool], ...]
    running: bool

    def rows_of(self, found: dict[str, np.ndarray], window: Window) -> dict[str, np.ndarray]:
        """What of the result of a scan, which has the column `segment`, counts in that window."""
        position = self.windows.index(window)
        own = found["segment"] <= position if self.running else found["segment"] == position
        return {name: values[own] for name, values in found.items()}


def lots(selection: Selection, windows: Sequence[Window]) -> list[Lot]:
    """The windows in as few scans as can be: those since launch together, and periods that do not overlap together."""
    where = () if selection.government is None else (cohort_flow.c.government_id == selection.government,)
    launched = sorted({window for window in windows if window.from_on is None}, key=lambda window: window.as_of)
    periods = sorted({window for window in windows if window.from_on is not None}, key=_received)
    found = [_since_launch(launched, where)] if launched else []
    if all(before.to_on < after.from_on for before, after in pairwise(periods) if before.to_on and after.from_on):
        return found + ([_of_periods(periods, where)] if periods else [])
    return found + [_of_periods([window], where) for window in periods]


def _received(window: Window) -> tuple[date, date]:
    return (window.from_on or date.min, window.to_on or date.max)


def _since_launch(windows: list[Window], where: tuple[ColumnElement[bool], ...]) -> Lot:
    ends = [window.as_of for window in windows]
    day = cohort_flow.c.day
    return Lot(tuple(windows), segment(day, ends), (*where, day <= ends[-1]), running=True)


def _of_periods(windows: list[Window], where: tuple[ColumnElement[bool], ...]) -> Lot:
    c = cohort_flow.c
    inside = [and_(c.received_on.between(*_received(window)), c.day <= window.as_of) for window in windows]
    label = case(*((condition, position) for position, condition in enumerate(inside))).label("segment")
    return Lot(tuple(windows), label, (*where, or_(*inside)), running=False)
