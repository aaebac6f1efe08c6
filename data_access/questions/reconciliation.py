"""Do the figures add up? What was pending, what came and what went, and what is pending, between two days.

What is pending on the two days is counted in the ledger, stay by stay; what came and went is summed from the flow
wherever the flow can answer. The two know nothing of each other, so a remainder shows what is wrong with either.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Integer, Select, and_, cast, func, select

from data_access.measures import OUTCOMES
from data_access.questions.counts import measures
from data_access.questions.current_level import CurrentLevel, current_level
from data_access.questions.grids import WHOLE, Level, Wanted, member_of
from data_access.questions.ledger_counts import is_open, ledger_conditions
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window
from data_access.tables.facts import assignment

ALL: Final = "whole"
"""The slug of the row of the whole that is looked at."""
CAME: Final = ("filed", "moved_in", "reopened")
WENT: Final = ("closings", "moved_out")
COLUMNS: Final = ("opening_on", "closing_on", "opening", *CAME, *WENT, "closing", "remainder")
_COUNTED: Final = ("filed", "moved_in", "moved_out", *OUTCOMES, *(f"undone_{outcome}" for outcome in OUTCOMES))
_PENDING: Final = ("opening", "closing")


def reconciliation(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per member of the current level, then the whole: `current_level.ROWS` and COLUMNS.

    opening: pending at the end of opening_on; closing: at the end of closing_on. CAME and WENT: on the days between,
    moves across the border of the row. remainder: closing − (opening + came − went), 0 where the books are right.
    """
    level = current_level(snapshot.directory, view)
    days = days_between(snapshot, view)
    if days is None:
        return pd.DataFrame({name: [] for name in (*level.about(), *COLUMNS)})
    pending = _pending(snapshot, view.selection, days, level.level)
    parts = _moved(snapshot, view.selection, days, level.level)
    whole = _moved(snapshot, view.selection, days, WHOLE)
    counts = {name: np.append(parts[name], whole[name]) for name in parts} | pending
    came, went = (sum((counts[name] for name in names), start=np.int64(0)) for names in (CAME, WENT))
    counts["remainder"] = counts["closing"] - (counts["opening"] + came - went)
    rows = len(level.lines) + 1
    told = {"opening_on": np.full(rows, days[0], dtype=object), "closing_on": np.full(rows, days[1], dtype=object)}
    return pd.DataFrame({**_about(level), **{name: (told | counts)[name] for name in COLUMNS}})


def days_between(snapshot: Snapshot, view: View) -> tuple[date, date] | None:
    """The two days at whose ends one looks; None while there are no data.

    With a period the day before it and its last; else the day compared with, or where there is none the day before
    the first of the data, and the as-of day.
    """
    first = snapshot.state.first_day
    if view.window is None or first is None:
        return None
    if view.from_on is not None and view.to_on is not None:
        return view.from_on - timedelta(days=1), view.to_on
    return view.compare or first - timedelta(days=1), view.window.as_of


def _about(level: CurrentLevel) -> dict[str, np.ndarray]:
    last: Mapping[str, Any] = {"slug": ALL, "name": "All", "level": level.parameter, "is_member": False}
    return {
        name: np.append(values, np.array([last[name]], dtype=values.dtype)) for name, values in level.about().items()
    }


def _pending(snapshot: Snapshot, selection: Selection, days: tuple[date, date], level: Level) -> dict[str, np.ndarray]:
    """Open stays at the end of both days: of each row, and last of the whole, whether it has a row or not."""
    found = snapshot.columns(_open_stays(selection, days, level))
    grid = Wanted(level, _PENDING).grid(found)
    return {name: np.append(grid[:, place], found[name].sum()).astype(np.int64) for place, name in enumerate(_PENDING)}


def _open_stays(selection: Selection, days: tuple[date, date], level: Level) -> Select[Any]:
    """One row per id of what complaints are grouped by: member, and how many stays were open on each of the days."""
    opened = [and_(assignment.c.opened_on <= day, is_open(Window(day))) for day in days]
    counts = [
        func.coalesce(cast(func.sum(cast(condition, Integer)), BigInteger), 0).label(name)
        for name, condition in zip(_PENDING, opened, strict=True)
    ]
    member = member_of(assignment, level.by)
    columns: list[ColumnElement[Any]] = [member, *counts]
    rows: Select[Any] = select(*columns).where(*ledger_conditions(selection, Window(days[1])))
    return rows if level.by is None else rows.group_by(member.element)


def _moved(snapshot: Snapshot, selection: Selection, days: tuple[date, date], level: Level) -> dict[str, np.ndarray]:
    """CAME and WENT after the first day until the second, one value for each row of the level."""
    windows = [Window(day) for day in days]
    before, until = measures(snapshot, selection, windows, level, _COUNTED)
    moved = {name: until[name] - before[name] for name in _COUNTED}
    zero = np.zeros(level.rows, dtype=np.int64)
    return {
        **{name: moved[name] for name in ("filed", "moved_in", "moved_out")},
        "closings": sum((moved[outcome] for outcome in OUTCOMES), start=zero),
        "reopened": sum((moved[f"undone_{outcome}"] for outcome in OUTCOMES), start=zero),
    }
