"""Which complaints have waited longest, and who holds them?"""

from dataclasses import replace
from typing import Final

import pandas as pd

from data_access.questions.complaints import complaints
from data_access.reader import Snapshot
from data_access.selection import View

MOST: Final = 100


def oldest(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """The hundred pending complaints that were received first, one row each: `complaints.COLUMNS`.

    Raises OutOfScope for accounts that see counts only.
    """
    pending = view.filters.but(status="pending", age=None, outcome=None, search=None)
    return complaints(snapshot, replace(view, filters=pending.but(sort=None, cursor=None, limit=MOST))).rows
