"""How have the totals moved? Week by week, until the as-of day."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from data_access.metrics import with_counts, with_ratios
from data_access.questions.counts import measures
from data_access.questions.figures import COUNTED
from data_access.questions.grids import WHOLE
from data_access.questions.survival import waiting_days
from data_access.questions.trend import week_ends
from data_access.reader import Snapshot
from data_access.selection import View

WEEKS: Final = 26
COLUMNS: Final = (
    "received",
    "resolved",
    "resolution_rate",
    "confirmed",
    "confirmed_rate",
    "pending",
    "pending_over_90",
    "resolved_on_time",
    "judged",
    "on_time_rate",
    "answers",
    "satisfied",
    "satisfaction",
    "median_days",
)


def course(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week, oldest first: week_ending and COLUMNS as of that day; at most WEEKS, the last is the as-of day.

    Each row looks at the same complaints as `totals` under the same filters, as many of them as had been received by
    then; weeks before the first day of receipt are left out. Rates are fractions, NaN where the denominator is 0.
    median_days is NaN under filters besides the government: each of its weeks would cost a scan of the ledger.
    """
    first = view.from_on or snapshot.state.first_day
    if view.window is None or first is None:
        return pd.DataFrame(columns=["week_ending", *COLUMNS])
    ends = week_ends(first, view.window.as_of)[-WEEKS:]
    windows = [replace(view.window, as_of=end) for end in ends]
    counted = measures(snapshot, view.selection, windows, WHOLE, COUNTED)
    figures = with_ratios(with_counts({name: np.concatenate([found[name] for found in counted]) for name in COUNTED}))
    figures["median_days"] = np.full(len(windows), np.nan)
    if not view.selection.crossed:
        waits = waiting_days(snapshot, view.selection, windows, WHOLE)
        figures["median_days"] = np.concatenate([found["median_days"] for found in waits])
    return pd.DataFrame({"week_ending": ends, **{name: figures[name] for name in COLUMNS}})
