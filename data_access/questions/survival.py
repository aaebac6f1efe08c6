"""Median and 90th percentile of the days to the standing closing: Kaplan and Meier 1958, open complaints censored."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Integer, Select, case, cast, func, literal, select

from data_access.measures import OUTCOMES
from data_access.questions.counts import NATION, cohort_conditions
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment
from data_access.tables.flow import cohort_flow

QUANTILES = {"median_days": 0.5, "p90_days": 0.9}


def waiting_days(
    snapshot: Snapshot, selection: Selection, windows: Sequence[Window], *, by_government: bool
) -> list[pd.DataFrame]:
    """For each window one row per government id (or NATION): median_days, p90_days; NaN where not reached."""
    return [_one_window(snapshot, selection, window, by_government=by_government) for window in windows]


def _one_window(snapshot: Snapshot, selection: Selection, window: Window, *, by_government: bool) -> pd.DataFrame:
    source = _ledger_days if selection.crossed else _cohort_days
    ends, open_ones = (snapshot.frame(statement) for statement in source(selection, window))
    if not by_government:
        ends, open_ones = (frame.assign(member=NATION) for frame in (ends, open_ones))
    received = pd.to_datetime(open_ones["received_on"]).to_numpy("datetime64[D]")
    ages = (np.datetime64(window.as_of) - received).astype("int64")
    return _quantiles(ends, open_ones.assign(days=ages))


def _cohort_days(selection: Selection, window: Window) -> tuple[Select[Any], Select[Any]]:
    """Standing closings by lag, and open complaints by day of receipt, as of the day, from the cohort flow."""
    c = cohort_flow.c
    standing = sum((c[name] - c[f"undone_{name}"] for name in OUTCOMES), start=literal(0))
    waiting = c.filed + c.moved_in - c.moved_out - standing
    where = (*cohort_conditions(selection, window), c.day <= window.as_of)
    closed = select(c.government_id.label("member"), c.lag.label("days"), _total(standing)).where(*where, c.lag >= 0)
    opened = select(c.government_id.label("member"), c.received_on, _total(waiting)).where(*where)
    return closed.group_by(c.government_id, c.lag), opened.group_by(c.government_id, c.received_on)


def _ledger_days(selection: Selection, window: Window) -> tuple[Select[Any], Select[Any]]:
    """The same from the ledger."""
    a = assignment.c
    where = ledger_conditions(selection, window)
    lag = cast(a.closed_on - a.received_on, Integer).label("days")
    rows = select(a.government_id.label("member"), lag).where(*where, stands(window)).subquery()
    closed = select(rows.c.member, rows.c.days, func.count().label("complaints")).group_by(rows.c.member, rows.c.days)
    opened = select(a.government_id.label("member"), a.received_on, _total(case((is_open(window), 1), else_=0)))
    return closed, opened.where(*where).group_by(a.government_id, a.received_on)


def _total(value: Any) -> Any:  # noqa: ANN401  an SQL expression in and out
    return cast(func.sum(value), BigInteger).label("complaints")


def _quantiles(ends: pd.DataFrame, open_ones: pd.DataFrame) -> pd.DataFrame:
    """Both frames: member, days, complaints. At equal days a closing comes before a censoring."""
    members = np.union1d(ends["member"].to_numpy("int64"), open_ones["member"].to_numpy("int64"))
    longest = int(max(ends["days"].max() if len(ends) else 0, open_ones["days"].max() if len(open_ones) else 0))
    closed, censored = (np.zeros((len(members), longest + 1)) for _ in range(2))
    for grid, frame in ((closed, ends), (censored, open_ones)):
        rows = np.searchsorted(members, frame["member"].to_numpy("int64"))
        np.add.at(grid, (rows, frame["days"].to_numpy("int64")), frame["complaints"].to_numpy("float64"))
    leaving = closed + censored
    at_risk = leaving.sum(axis=1, keepdims=True) - np.cumsum(leaving, axis=1) + leaving
    share = np.divide(closed, at_risk, out=np.zeros_like(closed), where=at_risk > 0)
    surviving = np.cumprod(1 - share, axis=1)
    # A product of fractions that should be exactly 1 − q may miss it by a rounding of the last digits.
    reached = {name: surviving <= 1 - q + 1e-9 for name, q in QUANTILES.items()}
    found = {name: np.where(hit.any(axis=1), hit.argmax(axis=1), np.nan) for name, hit in reached.items()}
    return pd.DataFrame(found, index=pd.Index(members, name="member"))
