"""What was promised, and is it kept?"""

from typing import Any, Final

import pandas as pd

from data_access.questions.promises import Commitment, Reached, commitments_in_force, reached
from data_access.reader import Snapshot
from data_access.selection import View

COLUMNS: Final = (
    "slug",
    "name",
    "level",
    "government_slug",
    "government_name",
    "target_metric",
    "target",
    "target_by",
    "target_met",
    "state",
    "reached",
    "reached_change",
    "missing",
    "days_left",
    "set_on",
    "target_source",
)
STATES: Final = ("missed", "open", "kept", "unknown")
"""In the order in which they are listed. open: the day is still to come, and the value not reached."""


def commitments(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per promise in force on the as-of day: COLUMNS; the missed first, then those due next.

    slug, name and level (a parameter) are of whom it holds: a government, or a district, department or office of it.
    target and reached are in the unit of the metric; missing is by how much it is not reached, 0 where it is.
    target_met and state are as of the as-of day.
    """
    promises = commitments_in_force(snapshot, view)
    known = reached(snapshot, view, promises)
    rows = [_row(snapshot, view, one, known[one.number]) for one in promises]
    rows.sort(key=lambda row: (STATES.index(row["state"]), row["target_by"], row["name"], row["target_metric"]))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)


def _row(snapshot: Snapshot, view: View, one: Commitment, found: Reached) -> dict[str, Any]:
    directory, member = snapshot.directory, one.member(snapshot.directory)
    government = directory.member("government", one.holder)
    met = None if found.value is None else one.met(found.value)
    left = (one.due_by - view.as_of).days if view.as_of else 0
    return {
        "slug": member.slug if member else None,
        "name": member.name if member else None,
        "level": one.part,
        "government_slug": government.slug,
        "government_name": government.name,
        "target_metric": one.metric,
        "target": one.value,
        "target_by": one.due_by,
        "target_met": met,
        "state": "unknown" if met is None else "kept" if met else "missed" if left <= 0 else "open",
        "reached": found.value,
        "reached_change": found.change,
        "missing": None if found.value is None else 0.0 if met else abs(one.value - found.value),
        "days_left": max(left, 0),
        "set_on": one.set_on,
        "target_source": one.source,
    }
