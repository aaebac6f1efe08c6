"""Median and 90th percentile of the days to the standing closing: Kaplan and Meier 1958, open complaints censored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, and_, cast, func, literal, select

from data_access.cohorts import EPOCH, Changes, Cohorts
from data_access.questions.counts import in_cohorts
from data_access.questions.grids import Level, Wanted, places_of
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.questions.periods import by_period
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment

QUANTILES: Final = {"median_days": 0.5, "p90_days": 0.9}
Columns = dict[str, np.ndarray]
Grids = dict[Window, Columns]


def waiting_days(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], level: Level) -> list[Columns]:
    """For each window median_days and p90_days, one value for each row of the level; NaN where not reached."""
    cohorts = snapshot.cohorts() if in_cohorts(selection, level.by) else None
    found: Grids = {}
    for group in by_period(windows):
        if cohorts is None:
            found |= _from_ledger(snapshot, selection, group, level)
        else:
            received = cohorts if len(group) == 1 else _received_in(cohorts, group[0])
            found |= {window: _from_memory(received, selection, window, level) for window in group}
    return [found[window] for window in windows]


def _from_ledger(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], level: Level) -> Grids:
    """Windows of one period, in the order of their days: one scan for closings and one for what is open serve all."""
    statements = _ledger_days(selection, windows, Wanted(level, ()))
    closed, waiting = (snapshot.columns(statement) for statement in statements)
    return {
        window: _waited(_of_window(closed, place), _of_window(waiting, place), window, level)
        for place, window in enumerate(windows)
    }


def _of_window(found: Columns, place: int) -> Columns:
    """The rows that count in the window at this place, and how many complaints each is."""
    complaints = found[f"in_{place}"]
    own = complaints > 0
    return {name: values[own] for name, values in {**found, "complaints": complaints}.items()}


def _waited(closed: Columns, waiting: Columns, window: Window, level: Level) -> Columns:
    """The quantiles from standing closings by days, and from open complaints by day of receipt."""
    age = {**waiting, "days": (window.as_of - EPOCH).days - waiting["received"]}
    return _quantiles(_grid(closed, level), _grid(age, level))


def _from_memory(cohorts: Cohorts, selection: Selection, window: Window, level: Level) -> Columns:
    period = (window.as_of, window.from_on, window.to_on)
    wanted = [selection.government] if selection.government is not None else None
    grids = (_rows_of(grid, level, wanted) for grid in (cohorts.closed(*period), cohorts.waiting(*period)))
    return _quantiles(*grids)


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


def _ledger_days(selection: Selection, windows: Sequence[Window], wanted: Wanted) -> tuple[Select[Any], Select[Any]]:
    """The same from the ledger; each of the windows, of one period and in the order of their days, has a column."""
    a, first, last = assignment.c, windows[0], windows[-1]
    member = wanted.member(assignment)
    lag = cast(a.closed_on - a.received_on, Integer).label("days")
    ends = [stands(window).label(f"in_{place}") for place, window in enumerate(windows)]
    rest = [
        and_(a.opened_on <= window.as_of, is_open(window)).label(f"in_{place}") for place, window in enumerate(windows)
    ]
    where = ledger_conditions(selection, last)
    closed = select(member, lag, *ends).where(*where, a.closed_on <= last.as_of, a.outcome != "transferred").subquery()
    waiting = select(member, a.received_on, *rest).where(*where, is_open(first)).subquery()
    received = waiting.c.received_on
    return (
        select(closed.c.member, closed.c.days, *_times(closed, windows)).group_by(closed.c.member, closed.c.days),
        select(waiting.c.member, _epoch_day(received), *_times(waiting, windows)).group_by(waiting.c.member, received),
    )


def _times(rows: Any, windows: Sequence[Window]) -> list[ColumnElement[int]]:  # a subquery and its columns
    """How many rows count in each window."""
    names = [f"in_{place}" for place in range(len(windows))]
    return [cast(func.sum(cast(rows.c[name], Integer)), BigInteger).label(name) for name in names]


def _epoch_day(day: Any) -> Any:  # an SQL expression in and out
    """Days since 1970-01-01."""
    return cast(day - literal(EPOCH, Date), Integer).label("received")


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


def _grid(found: Columns, level: Level) -> np.ndarray:
    """Rows of member, days and complaints as a grid of the level's rows and days."""
    width = int(found["days"].max()) + 1 if len(found["days"]) else 1
    rows = places_of(found["member"], level)
    own = rows >= 0
    place = rows[own] * width + found["days"][own].astype(np.int64)
    weights = found["complaints"][own].astype(np.float64)
    return np.bincount(place, weights, minlength=level.rows * width).reshape(level.rows, width)
