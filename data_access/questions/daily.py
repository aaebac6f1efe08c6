"""What happened day by day: the changes that make the backlog."""

from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Date, Integer, Select, case, cast, func, literal, select, union_all

from data_access.measures import OUTCOMES
from data_access.questions.counts import flow_conditions, in_flow
from data_access.questions.ledger_counts import ledger_conditions
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment
from data_access.tables.flow import flow

CHANGES = ("filed", "stays", "closings", "transfers")


def daily_changes(snapshot: Snapshot, selection: Selection, last: date) -> dict[str, np.ndarray]:
    """One value per day until `last` on which something happened, oldest first: day (datetime64[D]) and CHANGES.

    The backlog is the sum of stays − closings − transfers over the days so far.
    """
    statement = _from_flow(selection, last) if in_flow(selection) else _from_ledger(selection, last)
    found = snapshot.columns(statement)
    days = found["day"].astype("datetime64[D]")
    order = np.argsort(days)
    return {"day": days[order], **{name: found[name][order].astype(np.int64) for name in CHANGES}}


def sum_until(changes: dict[str, np.ndarray], days: list[date]) -> dict[str, np.ndarray]:
    """The running sums of the changes at the end of each of these days."""
    position = np.searchsorted(changes["day"], np.array(days, dtype="datetime64[D]"), side="right")
    return {name: np.concatenate([[0], np.cumsum(changes[name])])[position] for name in CHANGES}


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
