"""Median and 90th percentile of the days to the standing closing: Kaplan and Meier 1958, open complaints censored."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import BigInteger, Date, Integer, Select, cast, func, literal, select

from data_access.questions.counts import NATION
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.questions.lots import Lot, lots
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment
from data_access.tables.flow import cohort_flow

QUANTILES: Final = {"median_days": 0.5, "p90_days": 0.9}
_EPOCH: Final = date(1970, 1, 1)
Columns = dict[str, np.ndarray]


def waiting_days(
    snapshot: Snapshot, selection: Selection, windows: Sequence[Window], members: Sequence[int]
) -> list[Columns]:
    """For each window median_days and p90_days, one value for each of the members; NaN where not reached."""
    found: dict[Window, Columns] = {}
    for lot in _lots(selection, windows):
        source = _ledger_days if selection.crossed else _cohort_days
        closed, waiting = (snapshot.columns(statement) for statement in source(selection, lot))
        for window in lot.windows:
            open_ones = lot.rows_of(waiting, window)
            open_ones["days"] = (window.as_of - _EPOCH).days - open_ones["received"]
            found[window] = _quantiles(lot.rows_of(closed, window), open_ones, members)
    return [found[window] for window in windows]


def _lots(selection: Selection, windows: Sequence[Window]) -> list[Lot]:
    """The ledger is scanned for each window apart: what stands and what is open differs from day to day."""
    if selection.crossed:
        return [lot for window in windows for lot in lots(selection, [window])]
    return lots(selection, windows)


def _cohort_days(_selection: Selection, lot: Lot) -> tuple[Select[Any], Select[Any]]:
    """Standing closings by lag, and open complaints by day of receipt, per segment."""
    c, last = cohort_flow.c, lot.segment
    member = c.government_id.label("member")
    lag, resolved, pending = c.lag.label("days"), c.resolved.label("complaints"), c.pending.label("complaints")
    ends = select(member, last, lag, resolved).where(*lot.where, c.lag >= 0).subquery()
    rest = select(member, last, c.received_on, pending).where(*lot.where, c.pending != 0).subquery()
    return _summed(ends, ends.c.days), _summed(rest, _epoch_day(rest.c.received_on), by=rest.c.received_on)


def _ledger_days(selection: Selection, lot: Lot) -> tuple[Select[Any], Select[Any]]:
    """The same from the ledger, for one window."""
    a, window = assignment.c, lot.windows[0]
    where = ledger_conditions(selection, window)
    member, last, one = a.government_id.label("member"), literal(0).label("segment"), literal(1).label("complaints")
    lag = cast(a.closed_on - a.received_on, Integer).label("days")
    ends = select(member, last, lag, one).where(*where, stands(window)).subquery()
    rest = select(member, last, a.received_on, one).where(*where, is_open(window)).subquery()
    return _summed(ends, ends.c.days), _summed(rest, _epoch_day(rest.c.received_on), by=rest.c.received_on)


def _epoch_day(day: Any) -> Any:  # an SQL expression in and out
    """Days since 1970-01-01."""
    return cast(day - literal(_EPOCH, Date), Integer).label("received")


def _summed(rows: Any, shown: Any, by: Any = None) -> Select[Any]:  # a subquery and its columns
    keys = (rows.c.member, rows.c.segment, shown if by is None else by)
    total = cast(func.sum(rows.c.complaints), BigInteger).label("complaints")
    return select(rows.c.member, rows.c.segment, shown, total).group_by(*keys)


def _quantiles(ends: Columns, open_ones: Columns, members: Sequence[int]) -> Columns:
    """Both: member, days, complaints. At equal days a closing comes before a censoring."""
    longest = int(max((int(found["days"].max()) for found in (ends, open_ones) if len(found["days"])), default=0))
    row_of = np.full(max([*members, *ends["member"].tolist(), *open_ones["member"].tolist()], default=0) + 1, -1)
    row_of[list(members)] = np.arange(len(members))
    if list(members) == [NATION]:
        row_of[:] = 0
    closed, censored = (np.zeros((len(members), longest + 1)) for _ in range(2))
    for grid, found in ((closed, ends), (censored, open_ones)):
        rows = row_of[found["member"].astype(np.int64)] if len(found["member"]) else np.zeros(0, dtype=np.int64)
        own = rows >= 0
        np.add.at(grid, (rows[own], found["days"][own].astype(np.int64)), found["complaints"][own].astype(float))
    leaving = closed + censored
    at_risk = leaving.sum(axis=1, keepdims=True) - np.cumsum(leaving, axis=1) + leaving
    share = np.divide(closed, at_risk, out=np.zeros_like(closed), where=at_risk > 0)
    surviving = np.cumprod(1 - share, axis=1)
    # A product of fractions that should be exactly 1 − q may miss it by a rounding of the last digits.
    reached = {name: surviving <= 1 - q + 1e-9 for name, q in QUANTILES.items()}
    return {name: np.where(hit.any(axis=1), hit.argmax(axis=1), np.nan) for name, hit in reached.items()}
