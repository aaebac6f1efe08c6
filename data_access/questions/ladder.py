"""Are the resolved ones really so? The ladder of honesty: received, resolved, with relief, confirmed by the citizen."""

from typing import Final

import numpy as np
import pandas as pd

from data_access.metrics import with_counts
from data_access.questions.counts import measures
from data_access.questions.grids import WHOLE
from data_access.reader import Snapshot
from data_access.selection import View

STATED: Final = ("stated", "Resolved, outcome stated", "resolved_stated")
"""The rung that is there only where the data do not say of every closing how it ended."""
RUNGS: Final = (
    ("received", "Received", "received"),
    ("resolved", "Resolved", "resolved"),
    STATED,
    ("relief", "Resolved with relief", "resolved_relief"),
    ("confirmed", "Relief confirmed by the citizen", "confirmed"),
)


def ladder(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per rung: slug, name, complaints, share (of received) and of_previous (of the rung above); NaN over 0.

    Where nothing is stated of how the resolved ones ended, nobody knows what share of those received had relief: NaN.
    """
    found = measures(snapshot, view.selection, [view.window], WHOLE) if view.window is not None else []
    counts = {name: int(values[0]) for name, values in with_counts(found[0]).items()} if found else {}
    resolved, stated = counts.get("resolved", 0), counts.get("resolved_stated", 0)
    rungs = [rung for rung in RUNGS if rung is not STATED or stated < resolved]
    slugs = pd.Series([slug for slug, _, _ in rungs])
    complaints = pd.Series([counts.get(column, 0) for _, _, column in rungs], dtype="int64")
    unknown = slugs.isin(["relief", "confirmed"]) & (stated == 0 < resolved)
    return pd.DataFrame(
        {
            "slug": slugs,
            "name": [name for _, name, _ in rungs],
            "complaints": complaints,
            "share": (complaints / (complaints.iloc[0] or np.nan)).mask(unknown),
            "of_previous": (complaints / complaints.shift().replace(0, np.nan)).mask(unknown),
        }
    )
