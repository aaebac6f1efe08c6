"""What crosses day 20, 40 and 90 before the next review, if nothing is closed?"""

from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import select

from data_access.questions.crossing import COUNTS, PER_DAY, counts, per_day
from data_access.questions.current_level import ROWS, current_level
from data_access.questions.grids import Wanted, member_of
from data_access.questions.ledger_counts import is_open, ledger_conditions
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.facts import assignment

COLUMNS: Final = (*ROWS, *COUNTS, *PER_DAY)


def crossings(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per member of the current level, and rows that keep sums whole, what hurts most first: COLUMNS.

    COUNTS are of complaints open at the end of the as-of day; those that cross are not older than a limit then, and
    will be at the end of the day until which one looks, wherever they are then and unless they are closed.
    """
    level = current_level(snapshot.directory, view)
    wanted = Wanted(level.level, COUNTS)
    grid = np.zeros((len(level.lines), len(COUNTS)), dtype=np.int64)
    if view.window is not None and view.until is not None:
        member = member_of(assignment, level.by)
        statement = (
            select(member, *counts(view).values())
            .where(*ledger_conditions(view.selection, view.window), is_open(view.window))
            .group_by(member.element)
        )
        grid = wanted.grid(snapshot.columns(statement))
    found = {name: grid[:, place] for place, name in enumerate(COUNTS)}
    table = pd.DataFrame({**level.about(), **found, **per_day(found, view)})
    return table.sort_values(["clear_per_day", "pending"], ascending=False, kind="stable", ignore_index=True)
