"""Are the resolved ones really so? The ladder of honesty: received, resolved, with relief, confirmed by the citizen."""

from typing import Final

import numpy as np
import pandas as pd

from data_access.metrics import with_counts
from data_access.questions.counts import measures
from data_access.questions.grids import WHOLE
from data_access.reader import Snapshot
from data_access.selection import View

RUNGS: Final = (
    ("received", "Received", "received"),
    ("resolved", "Resolved", "resolved"),
    ("relief", "Resolved with relief", "resolved_relief"),
    ("confirmed", "Relief confirmed by the citizen", "confirmed"),
)


def ladder(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """Four rows: slug, name, complaints, share (of received) and of_previous (of the rung above); NaN over 0."""
    found = measures(snapshot, view.selection, [view.window], WHOLE) if view.window is not None else []
    counts = with_counts(found[0]) if found else {}
    complaints = pd.Series([int(counts[column][0]) if counts else 0 for _, _, column in RUNGS], dtype="int64")
    received = complaints.iloc[0] or np.nan
    return pd.DataFrame(
        {
            "slug": [slug for slug, _, _ in RUNGS],
            "name": [name for _, name, _ in RUNGS],
            "complaints": complaints,
            "share": complaints / received,
            "of_previous": complaints / complaints.shift().replace(0, np.nan),
        }
    )
