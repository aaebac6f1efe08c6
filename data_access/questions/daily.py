"""What happened day by day: the changes that make the backlog."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Date, Integer, Select, case, cast, func, literal, select, union_all

from data_access.measures import OUTCOMES
from data_access.questions.counts import flow_conditions, in_flow
from data_access.questions.ledger_counts import ledger_conditions
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment
from data_access.tables.flow import flow

CHANGES = ("filed", "stays", "closings", "transfers")


def daily_changes(snapshot: Snapshot, selection: Selection, last: date) -> pd.DataFrame:
    """One row per day until `last` on which something happened, indexed by day (datetime64): CHANGES, int64.

    The backlog is the sum of stays − closings − transfers over the days so far.
    """
    statement = _from_flow(selection, last) if in_flow(selection) else _from_ledger(selection, last)
    frame = snapshot.frame(statement)
    frame.index = pd.Index(pd.to_datetime(frame.pop("day")).to_numpy("datetime64[D]").astype("datetime64[s]"))
    return frame.astype("int64").sort_index()


def sum_until(changes: pd.DataFrame, days: list[date]) -> pd.DataFrame:
    """The running sums of the changes at the end of each of these days; rows in the order of the days."""
    running = np.vstack([np.zeros((1, len(changes.columns)), dtype="int64"), changes.cumsum().to_numpy()])
    position = np.searchsorted(changes.index.to_numpy(), np.array(days, dtype="datetime64[s]"), side="right")
    return pd.DataFrame(running[position], columns=changes.columns)


def _from_flow(selection: Selection, last: date) -> Select[Any]:
    closings = sum((flow.c[name] for name in OUTCOMES), start=literal(0))
    values = {"filed": flow.c.filed, "stays": flow.c.stays, "closings": closings, "transfers": flow.c.transfers}
    sums = [cast(func.sum(value), BigInteger).label(name) for name, value in values.items()]
    return select(flow.c.day, *sums).where(*flow_conditions(selection), flow.c.day <= last).group_by(flow.c.day)


def _from_ledger(selection: Selection, last: date) -> Select[Any]:
    """Arrivals and departures counted apart: a stay counts on two days."""
    a, where = assignment.c, ledger_conditions(selection, Window(last))
    zero = cast(literal(0), Integer)
    first = case((a.seq == 1, 1), else_=0)
    moved = case((a.outcome == "transferred", 1), else_=0)
    opened = select(cast(a.opened_on, Date).label("day"), first.label("filed"), literal(1).label("stays"))
    closed = select(cast(a.closed_on, Date).label("day"), zero.label("filed"), zero.label("stays"))
    both = union_all(
        opened.add_columns(zero.label("closings"), zero.label("transfers")).where(*where),
        closed.add_columns((1 - moved).label("closings"), moved.label("transfers")).where(*where, a.closed_on <= last),
    ).subquery()
    sums = [cast(func.sum(both.c[name]), BigInteger).label(name) for name in CHANGES]
    return select(both.c.day, *sums).group_by(both.c.day)
