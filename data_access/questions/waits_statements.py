"""What survival curves are drawn from, across dimensions: the ledger, by statements."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, and_, cast, func, literal, select

from data_access.cohorts import EPOCH
from data_access.questions.grids import Level, Wanted, places_of
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.questions.waits_cohorts import Grids
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment

Columns = dict[str, np.ndarray]


def from_statements(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], level: Level) -> Grids:
    """Windows of one period, in the order of their days: one scan for closings and one for what is open serve all."""
    statements = _ledger_days(selection, windows, Wanted(level, ()))
    closed, waiting = (snapshot.columns(statement) for statement in statements)
    return {
        window: _grids(_of_window(closed, place), _of_window(waiting, place), window, level)
        for place, window in enumerate(windows)
    }


def _of_window(found: Columns, place: int) -> Columns:
    """The rows that count in the window at this place, and how many complaints each is."""
    complaints = found[f"in_{place}"]
    own = complaints > 0
    return {name: values[own] for name, values in {**found, "complaints": complaints}.items()}


def _grids(closed: Columns, waiting: Columns, window: Window, level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Standing closings by days, and open complaints by day of receipt."""
    age = {**waiting, "days": (window.as_of - EPOCH).days - waiting["received"]}
    return _grid(closed, level), _grid(age, level)


def _ledger_days(selection: Selection, windows: Sequence[Window], wanted: Wanted) -> tuple[Select[Any], Select[Any]]:
    """Closings and what is open; each of the windows, of one period and in the order of their days, has a column."""
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


def _grid(found: Columns, level: Level) -> np.ndarray:
    """Rows of member, days and complaints as a grid of the level's rows and days."""
    width = int(found["days"].max()) + 1 if len(found["days"]) else 1
    rows = places_of(found["member"], level)
    own = rows >= 0
    place = rows[own] * width + found["days"][own].astype(np.int64)
    weights = found["complaints"][own].astype(np.float64)
    return np.bincount(place, weights, minlength=level.rows * width).reshape(level.rows, width)
