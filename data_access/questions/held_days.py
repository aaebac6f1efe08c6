"""Median and 90th percentile of the days at a holder, from the day of arrival to the standing closing.

Kaplan and Meier 1958, with late entry: a stay counts among those at risk from the day on which the holder had it.
Transfer, a closing that was undone, a change of the officer and the as-of day end the observation without the event.
"""

from collections.abc import Collection
from typing import Any, Final

import numpy as np
from sqlalchemy import CTE, BigInteger, Date, Integer, Select, and_, case, cast, func, literal, select

from data_access.questions.ledger_counts import ledger_conditions, stands
from data_access.questions.survival import QUANTILES
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment

_A: Final = assignment.c
Quantiles = dict[int, tuple[float, float]]


def days_at(
    snapshot: Snapshot,
    selection: Selection,
    window: Window,
    tenure: CTE | None,
    offices: Collection[int] | None = None,
) -> Quantiles:
    """Holder -> median and 90th percentile; NaN where not reached. `tenure` None: holders are offices.

    `offices` are the only ones whose stays are looked at; None: all of the selection.
    """
    found = snapshot.columns(_observed(selection, window, tenure, offices))
    holders, place = np.unique(found["holder"].astype(np.int64), return_inverse=True)
    if not len(holders):
        return {}
    shape = len(holders), int(found["left"].max()) + 2

    def grid(days: np.ndarray, rows: np.ndarray) -> np.ndarray:
        flat = place[rows] * shape[1] + days[rows].astype(np.int64)
        return np.bincount(flat, found["stays"][rows].astype(np.float64), minlength=shape[0] * shape[1]).reshape(shape)

    every = np.ones(len(place), dtype=bool)
    entered, left = grid(found["entered"], every), grid(found["left"], every)
    closed = grid(found["left"], found["closed"].astype(bool))
    values = quantiles(entered, left, closed)
    return {int(holder): (values[0][row], values[1][row]) for row, holder in enumerate(holders)}


def quantiles(entered: np.ndarray, left: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Median and 90th percentile of each row; columns are days. At equal days one enters first and leaves last."""
    gone = np.cumsum(left, axis=1) - left
    at_risk = np.cumsum(entered, axis=1) - gone
    share = np.divide(closed, at_risk, out=np.zeros(closed.shape), where=at_risk > 0)
    surviving = np.cumprod(1 - share, axis=1)
    reached = [surviving <= 1 - q + 1e-9 for q in QUANTILES.values()]
    median, p90 = (np.where(hit.any(axis=1), hit.argmax(axis=1), np.nan) for hit in reached)
    return median, p90


def _observed(selection: Selection, window: Window, tenure: CTE | None, offices: Collection[int] | None) -> Select[Any]:
    """One row per holder, days at which he had it, days at which that ended, and whether by the closing: stays."""
    ends = func.coalesce(case((_A.closed_on <= window.as_of, _A.closed_on)), literal(window.as_of, Date))
    where = [*ledger_conditions(selection, window), *([] if offices is None else [_A.office_id.in_(offices)])]
    columns = (_A.office_id, _A.opened_on, ends.label("until_on"), stands(window).label("closed"))
    stays = select(*columns).where(*where).subquery()
    s = stays.c
    if tenure is None:
        holder: Any = s.office_id
        entered, left, closed = cast(literal(0), Integer), cast(s.until_on - s.opened_on, Integer), s.closed
        rows = select(holder.label("holder"), entered.label("entered"), left.label("left"), closed.label("closed"))
    else:
        meets = and_(tenure.c.office_id == s.office_id, tenure.c.from_on <= s.until_on, tenure.c.to_on >= s.opened_on)
        first, last = func.greatest(s.opened_on, tenure.c.from_on), func.least(s.until_on, tenure.c.to_on)
        rows = select(
            tenure.c.holder.label("holder"),
            cast(first - s.opened_on, Integer).label("entered"),
            cast(last - s.opened_on, Integer).label("left"),
            and_(s.closed, s.until_on <= tenure.c.to_on).label("closed"),
        ).select_from(stays.join(tenure, meets))
    seen = rows.subquery().c
    keys = (seen.holder, seen.entered, seen.left, seen.closed)
    return select(*keys, cast(func.count(), BigInteger).label("stays")).group_by(*keys)
