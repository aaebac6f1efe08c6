"""Windows that one scan of the cohort flow serves together, told apart by a label on each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import attrgetter
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


def by_period(windows: Sequence[Window]) -> list[list[Window]]:
    """The windows that differ in their as-of days alone, together, in the order of those days; each window once."""
    found: dict[tuple[date | None, date | None], list[Window]] = {}
    for window in sorted(set(windows), key=attrgetter("as_of")):
        found.setdefault((window.from_on, window.to_on), []).append(window)
    return list(found.values())


def lots(selection: Selection, windows: Sequence[Window]) -> list[Lot]:
    """The windows in as few scans as can be: those of one period together, and periods that do not overlap together."""
    where = () if selection.government is None else (cohort_flow.c.government_id == selection.government,)
    groups = by_period(windows)
    alone = sorted((group[0] for group in groups if len(group) == 1 and group[0].from_on), key=_received)
    apart = all(_received(before)[1] < _received(after)[0] for before, after in pairwise(alone))
    if not apart or len(alone) < 2:
        return [_of_days(group, where) for group in groups]
    return [_of_periods(alone, where), *(_of_days(group, where) for group in groups if group[0] not in alone)]


def _received(window: Window) -> tuple[date, date]:
    return (window.from_on or date.min, window.to_on or date.max)


def _of_days(windows: Sequence[Window], where: tuple[ColumnElement[bool], ...]) -> Lot:
    """Windows of one period, in the order of their as-of days."""
    c, ends = cohort_flow.c, [window.as_of for window in windows]
    period = () if windows[0].from_on is None else (c.received_on.between(*_received(windows[0])),)
    return Lot(tuple(windows), segment(c.day, ends), (*where, *period, c.day <= ends[-1]), running=True)


def _of_periods(windows: Sequence[Window], where: tuple[ColumnElement[bool], ...]) -> Lot:
    """Windows whose periods do not overlap."""
    c = cohort_flow.c
    inside = [and_(c.received_on.between(*_received(window)), c.day <= window.as_of) for window in windows]
    label = case(*((condition, position) for position, condition in enumerate(inside))).label("segment")
    return Lot(tuple(windows), label, (*where, or_(*inside)), running=False)
