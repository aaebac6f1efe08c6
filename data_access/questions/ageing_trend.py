"""Does the backlog grow old? By age, week by week or day by day, over the whole history."""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from data_access.questions.ageing import BUCKETS, COUNTED, by_age
from data_access.questions.daily import sums_at
from data_access.questions.trend import week_ends
from data_access.reader import Snapshot
from data_access.selection import View

COLUMNS: Final = ("day", "pending", *BUCKETS, "overdue", "escalated", "super_escalated")


def ageing_trend(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week, with by=day per day, oldest first: COLUMNS, each at the end of that day.

    Weeks end on the weekday of the last day. escalated: older than 40 days, the super-escalated among them; those are
    older than 90. A period is read as days of events, not of receipt.
    """
    first = view.from_on or snapshot.state.first_day
    if view.window is None or first is None:
        return pd.DataFrame(columns=list(COLUMNS))
    last = view.to_on or view.window.as_of
    days = days_between(first, last) if view.filters.by == "day" else week_ends(first, last)
    sums = sums_at(snapshot, view.selection, days, (*COUNTED, "overdue"))
    late = {"overdue": sums["overdue"], "escalated": sums["over_40"], "super_escalated": sums["over_90"]}
    return pd.DataFrame({"day": days, **by_age(sums), **late})


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
