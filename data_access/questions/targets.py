"""What governments have promised, beside what they have reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import select

from data_access.metrics import METRICS
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.records import commitment

COLUMNS: Final = ("target_metric", "target", "target_by", "target_met", "target_source")
FIRST: Final = "resolution_rate"
"""The metric whose promise is shown, whatever else was promised."""


@dataclass(frozen=True)
class Promise:
    """One commitment: the metric shall reach the value, which is in its unit, by that day."""

    holder: int
    metric: str
    value: float
    due_by: date
    source: str

    def met(self, figure: float) -> bool | None:
        """Whether the figure reaches the value; None where there is no figure, or no direction that is good."""
        good = METRICS[self.metric].good
        if np.isnan(figure) or not good:
            return None
        return bool(figure >= self.value if good > 0 else figure <= self.value)


def targets(
    snapshot: Snapshot, view: View, members: Sequence[int], figures: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """COLUMNS, one value for each of the members (ids of governments), whose figures as of the view's day these are.

    target_metric names the metric, target is the value in its unit, target_by the day, target_met whether the figure
    reaches it. All are null where nothing was promised by that day, and where the view looks at a period or at a part
    of the complaints: promises are about all of them since launch.
    """
    shown: dict[int, Promise] = {}
    if view.as_of is not None and view.from_on is None and not view.selection.crossed:
        promises = in_force(snapshot, view.as_of)
        for holder in {promise.holder for promise in promises}:
            shown[holder] = first_of([each for each in promises if each.holder == holder], view.as_of)
    found = [shown.get(key) for key in members]
    met = [
        promise.met(float(figures[promise.metric][row])) if promise and promise.metric in figures else None
        for row, promise in enumerate(found)
    ]
    return {
        "target_metric": np.array([promise and promise.metric for promise in found], dtype=object),
        "target": np.array([promise.value if promise else np.nan for promise in found], dtype=np.float64),
        "target_by": np.array([promise and promise.due_by for promise in found], dtype=object),
        "target_met": np.array(met, dtype=object),
        "target_source": np.array([promise and promise.source for promise in found], dtype=object),
    }


def in_force(snapshot: Snapshot, day: date) -> list[Promise]:
    """What governments promised by that day for all they hold, and not anew: one for each metric, oldest first."""
    c = commitment.c
    rows = select(c.holder_id, c.metric, c.value, c.due_by, c.source).where(
        c.set_on <= day,
        c.metric.in_(list(METRICS)),
        c.withdrawn_at.is_(None),
        *(part.is_(None) for part in (c.district_id, c.department_id, c.office_id)),
    )
    newest: dict[tuple[int, str], Promise] = {}
    for row in snapshot.connection.execute(rows.order_by(c.set_on, c.id)):
        newest[row.holder_id, row.metric] = Promise(*row)
    return list(newest.values())


def first_of(promises: Iterable[Promise], day: date) -> Promise:
    """The promise on the resolution rate; else the one due next; else the one that was due last."""
    due = sorted(promises, key=lambda promise: promise.due_by)
    coming = [promise for promise in due if promise.due_by >= day]
    of_first = [promise for promise in due if promise.metric == FIRST]
    return (of_first or coming or due[-1:])[0]
