"""What crosses a limit until a day to come, if nothing is closed: known to the complaint, for age rests on receipt."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Integer, and_, cast, func

from data_access.selection import View
from data_access.tables.facts import assignment

LIMITS: Final = (20, 40, 90)
"""Days: the usual limit for an answer, and the ages from which complaints are escalated and super-escalated."""
OVER: Final = 90
COUNTS: Final = (
    "pending",
    "pending_over_90",
    "overdue",
    *(f"crosses_{limit}" for limit in LIMITS),
    "falls_overdue",
)
PER_DAY: Final = ("hold_per_day", "clear_per_day")


def received_between(as_of: date, until: date, limit: int) -> tuple[date, date]:
    """First and last day of receipt of the open complaints that are not older than the limit, and will be then."""
    return as_of - timedelta(days=limit), min(as_of, until - timedelta(days=limit + 1))


def counts(view: View) -> dict[str, ColumnElement[Any]]:
    """COUNTS over stays that are open at the end of the as-of day. Raises ValueError where one looks no day ahead."""
    if view.as_of is None or view.until is None:
        raise ValueError("there is no day to look ahead to")
    a, day, until = assignment.c, view.as_of, view.until
    conditions = {
        "pending_over_90": a.received_on < day - timedelta(days=OVER),
        "overdue": a.due_on < day,
        **{f"crosses_{limit}": a.received_on.between(*received_between(day, until, limit)) for limit in LIMITS},
        "falls_overdue": and_(a.due_on >= day, a.due_on < until),
    }
    summed = {name: func.sum(cast(condition, Integer)) for name, condition in conditions.items()}
    every = {"pending": func.count(), **summed}
    return {name: cast(func.coalesce(count, 0), BigInteger).label(name) for name, count in every.items()}


def per_day(found: Mapping[str, np.ndarray], view: View) -> dict[str, np.ndarray]:
    """PER_DAY: closings a day until then that keep the number over 90 days where it is, or bring it to nothing."""
    days = (view.until - view.as_of).days if view.until and view.as_of else 0
    crossing, over = found[f"crosses_{OVER}"].astype(np.float64), found["pending_over_90"].astype(np.float64)
    return {"hold_per_day": crossing / days, "clear_per_day": (over + crossing) / days}
