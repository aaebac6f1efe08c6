"""Median and 90th percentile of the days at a holder, from the day of arrival to the standing closing.

Kaplan and Meier 1958, with late entry: a stay counts among those at risk from the day on which the holder had it.
Transfer, a closing that was undone, a change of the officer and the as-of day end the observation without the event.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import CTE, BigInteger, Date, Integer, Select, and_, case, cast, func, literal, select

from data_access.questions.ledger_counts import ledger_conditions, stands
from data_access.questions.survival import QUANTILES, quantiles
from data_access.questions.tenures import meets
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
    columns = (found[name] for name in ("holder", "entered", "left", "closed", "stays"))
    return quantiles_by_holder(*columns)


def quantiles_by_holder(
    holder: np.ndarray, entered: np.ndarray, left: np.ndarray, closed: np.ndarray, stays: np.ndarray | None = None
) -> Quantiles:
    """Holder -> median and 90th percentile, from days at which so many stays (None: one) entered and left."""
    holders, place = np.unique(holder, return_inverse=True)
    if not len(holders):
        return {}
    width = int(left.max()) + 2
    weights = np.ones(len(place)) if stays is None else stays.astype(np.float64)
    step = max(_CELLS // width, 1)
    found: Quantiles = {}
    for begin in range(0, len(holders), step):
        rows = (place >= begin) & (place < begin + step) if len(holders) > step else slice(None)
        some = [one[rows] for one in (place, entered, left, closed.astype(bool), weights)]
        some[0] = some[0] - begin
        found.update(zip(map(int, holders[begin : begin + step]), _reached(width, *some), strict=True))
    return found


_CELLS: Final = 4_000_000
"""Holders times days that are looked at together: bounds the memory, whatever the number of years."""


def _reached(
    width: int, place: np.ndarray, entered: np.ndarray, left: np.ndarray, closed: np.ndarray, stays: np.ndarray
) -> list[tuple[float, float]]:
    """QUANTILES of the holders by their place."""
    rows = int(place.max()) + 1

    def grid(days: np.ndarray, counted: np.ndarray) -> np.ndarray:
        return np.bincount(place * width + days, counted, minlength=rows * width).reshape(rows, width)

    reached = quantiles(grid(entered, stays), grid(left, stays), grid(left, stays * closed))
    return [(float(median), float(p90)) for median, p90 in zip(*(reached[name] for name in QUANTILES), strict=True)]


def with_days(frame: pd.DataFrame, holders: Iterable[int], found: Quantiles) -> pd.DataFrame:
    """The rows of these holders with QUANTILES; NaN where nothing is known."""
    rows = [found.get(int(holder), (np.nan, np.nan)) for holder in holders]
    days = pd.DataFrame(rows, columns=list(QUANTILES), index=frame.index, dtype=float)
    return pd.concat([frame, days], axis=1)


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
        first, last = func.greatest(s.opened_on, tenure.c.from_on), func.least(s.until_on, tenure.c.to_on)
        rows = select(
            tenure.c.holder.label("holder"),
            cast(first - s.opened_on, Integer).label("entered"),
            cast(last - s.opened_on, Integer).label("left"),
            and_(s.closed, s.until_on <= tenure.c.to_on).label("closed"),
        ).select_from(stays.join(tenure, meets(s.office_id, s.opened_on, s.until_on, tenure)))
    seen = rows.subquery().c
    keys = (seen.holder, seen.entered, seen.left, seen.closed)
    return select(*keys, cast(func.count(), BigInteger).label("stays")).group_by(*keys)
