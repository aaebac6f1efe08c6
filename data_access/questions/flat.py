"""How do complaints come in, who complains, and how did it end? Figures by what has no levels below it.

One scan of the ledger counts each complaint where it is: at the stay that is open, or whose closing stands.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Integer, and_, case, cast, func, select

from data_access.filters import CHOICES
from data_access.measures import UNSTATED
from data_access.metrics import with_ratios
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.questions.listed import STATUSES
from data_access.reader import Snapshot
from data_access.selection import View, Window
from data_access.tables.facts import assignment

COUNTS: Final = (
    "received",
    "resolved",
    "pending",
    "pending_over_90",
    "overdue",
    "resolved_relief",
    "resolved_stated",
    "confirmed",
)
RATES: Final = ("resolution_rate", "relief_rate", "confirmed_rate")
COLUMNS: Final = ("slug", "name", "is_member", "share", *COUNTS, *RATES)
NOT_ENDED: Final = "not-ended"
"""The row of complaints that have no outcome: they are pending."""
OVER: Final = 90
_OF_OPEN: Final = ("pending_over_90", "overdue")
_OF_CLOSED: Final = ("resolved_relief", "resolved_stated", "confirmed")
_NAMES: Final = {("outcome", "partial"): "Partial relief", ("outcome", UNSTATED): "Not stated"}
"""What is called by more than its slug."""
_A: Final = assignment.c


def channels(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per channel, in the order in which they are listed: COLUMNS.

    share: of all received under the filters. Rates are fractions; NaN where nothing was received.
    """
    return _by(snapshot, view, "channel", _A.channel)


def residencies(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per residency of those who complain, as `channels`."""
    return _by(snapshot, view, "residency", _A.residency)


def genders(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per gender of those who complain, as `channels`."""
    return _by(snapshot, view, "gender", _A.gender)


def outcomes(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per outcome of the closing that stands, as `channels`; what is pending has a row "not-ended".

    Closings whose outcome the data do not state have a row only where there are any.
    """
    if view.window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    ended = case((is_open(view.window), NOT_ENDED), else_=_A.outcome)
    found = _by(snapshot, view, "outcome", ended, {NOT_ENDED: "Not ended yet"})
    return found[(found["slug"] != UNSTATED) | (found["received"] > 0)].reset_index(drop=True)


def _by(
    snapshot: Snapshot, view: View, name: str, column: ColumnElement[Any], rest: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """`rest` are rows of no member, by slug, and their names."""
    if view.window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    names = {slug: _name(name, slug) for slug in CHOICES[name]} | dict(rest or {})
    counted = _counted(snapshot, view, view.window, column, list(names))
    total = counted["received"].sum()
    share = counted["received"] / total if total else np.full(len(names), np.nan)
    about = {
        "slug": np.array(list(names), dtype=object),
        "name": np.array(list(names.values()), dtype=object),
        "is_member": np.array([slug not in (rest or {}) for slug in names], dtype=bool),
        "share": share,
    }
    return pd.DataFrame({**about, **with_ratios(counted)})[list(COLUMNS)]


def _name(name: str, slug: str) -> str:
    """Walk in; Partial relief."""
    words = slug.replace("-", " ").capitalize()
    return _NAMES.get((name, slug), words)


def _counted(
    snapshot: Snapshot, view: View, window: Window, column: ColumnElement[Any], members: Sequence[str]
) -> dict[str, np.ndarray]:
    """COUNTS, one value for each member."""
    where = [*ledger_conditions(view.selection, window), STATUSES["received"](window)]
    if view.filters.outcome is not None:
        where += [stands(window), _A.outcome == view.filters.outcome]
    told = {
        "pending_over_90": _A.received_on < window.as_of - timedelta(days=OVER),
        "overdue": _A.due_on < window.as_of,
        "resolved_relief": _A.outcome == "relief",
        "resolved_stated": _A.outcome != UNSTATED,
        "confirmed": and_(_A.outcome == "relief", _A.feedback_on <= window.as_of, _A.satisfied),
    }
    # Open and closed ones apart: what is asked of each then needs not be asked of the other.
    keys = (column.label("member"), cast(is_open(window), Integer).label("pending"))
    rows = select(*keys, *(one.label(name) for name, one in told.items())).where(*where).subquery()
    sums = [cast(func.sum(cast(rows.c[name], Integer)), BigInteger).label(name) for name in told]
    states = select(rows.c.member, rows.c.pending, func.count().label("complaints"), *sums)
    place = {slug: row for row, slug in enumerate(members)}
    found = {name: np.zeros(len(members), dtype=np.int64) for name in COUNTS}
    for row in snapshot.connection.execute(states.group_by(rows.c.member, rows.c.pending)):
        at = place[row.member]
        found["received"][at] += row.complaints
        found["pending" if row.pending else "resolved"][at] += row.complaints
        for name in _OF_OPEN if row.pending else _OF_CLOSED:
            found[name][at] += getattr(row, name) or 0
    return found
