"""All metrics of one level with their counts and changes: what totals and scorecard both show."""

from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from data_access.measures import MEASURES
from data_access.metrics import with_counts, with_ratios
from data_access.questions.counts import measures
from data_access.questions.survival import waiting_days
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window

CHANGING: Final = (
    "received",
    "resolved",
    "resolution_rate",
    "pending",
    "pending_over_90",
    "overdue",
    "on_time_rate",
    "relief_rate",
    "satisfaction",
    "response_rate",
    "confirmed_rate",
    "reopen_rate",
    "clearance_rate",
    "median_days",
    "p90_days",
)
COUNTS: Final = (
    "filed",
    "moved_in",
    "moved_out",
    "closings",
    "reopened",
    "resolved_relief",
    "resolved_partial",
    "resolved_refused",
    "resolved_dropped",
    "resolved_on_time",
    "resolved_late",
    "judged",
    "answers",
    "satisfied",
    "confirmed",
    "period_closings",
    "period_arrivals",
)
COLUMNS: Final = (*CHANGING, *COUNTS, *(f"{name}_change" for name in CHANGING))


def figures(snapshot: Snapshot, view: View, members: list[int], *, by_government: bool) -> pd.DataFrame:
    """One row per member, in their order: COLUMNS. Rates are fractions; NaN where the denominator is 0.

    Changes are differences (of fractions for rates) to `view.before`; NaN where there is nothing to compare with.
    """
    windows = [window for window in (view.window, view.before) if window is not None]
    whole = _whole(snapshot, view.selection, windows, members, by_government=by_government)
    now = whole[0] if whole else _nothing(members)
    changes = {
        f"{name}_change": now[name].astype(float) - whole[1][name].astype(float) if len(whole) > 1 else np.nan
        for name in CHANGING
    }
    return now.assign(**changes)[list(COLUMNS)]


def _nothing(members: list[int]) -> pd.DataFrame:
    index = pd.Index(members, name="member")
    counts = with_counts(pd.DataFrame(0, index=index, columns=list(MEASURES)))
    counts = counts.assign(period_closings=0, period_arrivals=0)
    return with_ratios(counts).assign(median_days=np.nan, p90_days=np.nan)


def _whole(
    snapshot: Snapshot, selection: Selection, windows: list[Window], members: list[int], *, by_government: bool
) -> list[pd.DataFrame]:
    """For each window every metric and count."""
    if not windows:
        return []
    counted = [
        with_counts(frame.reindex(members, fill_value=0))
        for frame in measures(snapshot, selection, windows, by_government=by_government)
    ]
    waits = waiting_days(snapshot, selection, windows, by_government=by_government)
    found = []
    for window, counts, wait in zip(windows, counted, waits, strict=True):
        cleared = _cleared(snapshot, selection, window, counts, members, by_government=by_government)
        found.append(with_ratios(counts.assign(**cleared)).join(wait))
    return found


def _cleared(
    snapshot: Snapshot,
    selection: Selection,
    window: Window,
    counts: pd.DataFrame,
    members: list[int],
    *,
    by_government: bool,
) -> dict[str, pd.Series]:
    """Closings and arrivals on the days of the period, whatever day the complaints were received."""
    if window.from_on is None or window.to_on is None:
        return _work(counts)
    ends = [Window(window.to_on), Window(window.from_on - timedelta(days=1))]
    until, before = (
        _work(with_counts(frame.reindex(members, fill_value=0)))
        for frame in measures(snapshot, selection, ends, by_government=by_government)
    )
    return {name: until[name] - before[name] for name in until}


def _work(counts: pd.DataFrame) -> dict[str, pd.Series]:
    arrivals = counts["filed"] + counts["moved_in"] + counts["reopened"]
    return {"period_closings": counts["closings"], "period_arrivals": arrivals}
