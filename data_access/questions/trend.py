"""Is the backlog growing? Filed, closings and pending, week by week."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data_access.questions.daily import daily_changes, sum_until
from data_access.reader import Snapshot
from data_access.selection import View

COLUMNS = ("week_ending", "days", "filed", "closings", "pending")


def trend(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week, oldest first: week_ending, days, filed, closings (on those days), pending (at its end).

    Weeks end on the weekday of the as-of day, so that the last one is whole; the first may have fewer than 7 days.
    A period is read as days of events, not of receipt.
    """
    if view.window is None or snapshot.state.first_day is None:
        return pd.DataFrame(columns=list(COLUMNS))
    first = view.window.from_on or snapshot.state.first_day
    ends = week_ends(first, view.window.to_on or view.window.as_of)
    days = [first - timedelta(days=1), *ends]
    sums = sum_until(daily_changes(snapshot, view.selection, ends[-1]), days)
    backlog = sums["stays"] - sums["closings"] - sums["transfers"]
    return pd.DataFrame(
        {
            "week_ending": ends,
            "days": [(end - start).days for start, end in zip(days, ends, strict=False)],
            "filed": np.diff(sums["filed"]),
            "closings": np.diff(sums["closings"]),
            "pending": backlog[1:],
        }
    )


def week_ends(first: date, last: date) -> list[date]:
    """The last day of each week from `first` to `last`, counted back from `last`."""
    weeks = (last - first).days // 7
    return [last - timedelta(days=7 * back) for back in range(weeks, -1, -1)]
