"""Median and 90th percentile of the days to the standing closing: Kaplan and Meier 1958, open complaints censored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from sqlalchemy import BigInteger, Date, Integer, Select, cast, func, literal, select

from data_access.cohorts import EPOCH, Changes, Cohorts
from data_access.questions.counts import in_cohorts
from data_access.questions.grids import Level, Wanted, places_of
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.questions.lots import Lot, by_period, lots
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment
from data_access.tables.flow import cohort_flow

QUANTILES: Final = {"median_days": 0.5, "p90_days": 0.9}
Columns = dict[str, np.ndarray]


def waiting_days(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], level: Level) -> list[Columns]:
    """For each window median_days and p90_days, one value for each row of the level; NaN where not reached."""
    of_cohorts = in_cohorts(selection, level.by)
    cohorts = snapshot.cohorts() if of_cohorts else None
    found: dict[Window, Columns] = {}
    if cohorts is not None:
        for group in by_period(windows):
            received = cohorts if len(group) == 1 else _received_in(cohorts, group[0])
            found |= {window: _from_memory(received, selection, window, level) for window in group}
        return [found[window] for window in windows]
    # The ledger is scanned for each window apart: what stands and what is open differs from day to day.
    scans = lots(selection, windows) if of_cohorts else [lot for each in windows for lot in lots(selection, [each])]
    source = _cohort_days if of_cohorts else _ledger_days
    for lot in scans:
        closed, waiting = (snapshot.columns(statement) for statement in source(selection, lot, Wanted(level, ())))
        for window in lot.windows:
            open_ones = lot.rows_of(waiting, window)
            open_ones["days"] = (window.as_of - EPOCH).days - open_ones["received"]
            found[window] = _quantiles(_grid(lot.rows_of(closed, window), level), _grid(open_ones, level))
    return [found[window] for window in windows]


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


def _cohort_days(_selection: Selection, lot: Lot, wanted: Wanted) -> tuple[Select[Any], Select[Any]]:
    """Standing closings by lag, and open complaints by day of receipt, per segment."""
    c, last, member = cohort_flow.c, lot.segment, wanted.member(cohort_flow)
    lag, resolved, pending = c.lag.label("days"), c.resolved.label("complaints"), c.pending.label("complaints")
    ends = select(member, last, lag, resolved).where(*lot.where, c.lag >= 0).subquery()
    rest = select(member, last, c.received_on, pending).where(*lot.where, c.pending != 0).subquery()
    return _summed(ends, ends.c.days), _summed(rest, _epoch_day(rest.c.received_on), by=rest.c.received_on)


def _ledger_days(selection: Selection, lot: Lot, wanted: Wanted) -> tuple[Select[Any], Select[Any]]:
    """The same from the ledger, for one window."""
    a, window = assignment.c, lot.windows[0]
    where = ledger_conditions(selection, window)
    member, last, one = wanted.member(assignment), literal(0).label("segment"), literal(1).label("complaints")
    lag = cast(a.closed_on - a.received_on, Integer).label("days")
    ends = select(member, last, lag, one).where(*where, stands(window)).subquery()
    rest = select(member, last, a.received_on, one).where(*where, is_open(window)).subquery()
    return _summed(ends, ends.c.days), _summed(rest, _epoch_day(rest.c.received_on), by=rest.c.received_on)


def _epoch_day(day: Any) -> Any:  # an SQL expression in and out
    """Days since 1970-01-01."""
    return cast(day - literal(EPOCH, Date), Integer).label("received")


def _summed(rows: Any, shown: Any, by: Any = None) -> Select[Any]:  # a subquery and its columns
    keys = (rows.c.member, rows.c.segment, shown if by is None else by)
    total = cast(func.sum(rows.c.complaints), BigInteger).label("complaints")
    return select(rows.c.member, rows.c.segment, shown, total).group_by(*keys)


def _quantiles(closed: np.ndarray, censored: np.ndarray) -> Columns:
    """Complaints by member (row) and days (column). At equal days a closing comes before a censoring."""
    width = max(closed.shape[1], censored.shape[1], 1)
    closed, censored = (np.pad(grid, ((0, 0), (0, width - grid.shape[1]))) for grid in (closed, censored))
    leaving = closed + censored
    at_risk = leaving.sum(axis=1, keepdims=True) - np.cumsum(leaving, axis=1) + leaving
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
