"""How does the whole stand? One row."""

import pandas as pd

from data_access.questions.figures import figures
from data_access.questions.grids import WHOLE
from data_access.reader import Snapshot
from data_access.selection import View


def totals(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row: every metric, the counts behind it and its change (`figures.COLUMNS`)."""
    return pd.DataFrame(figures(snapshot, view, WHOLE))
