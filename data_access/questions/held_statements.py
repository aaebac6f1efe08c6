"""Counts and days of holders by statements, where the ledger is not held in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import CTE, Integer, cast, func, select

from data_access.questions.held_counts import counted_by, pending_on
from data_access.questions.held_days import days_at
from data_access.questions.held_figures import Told
from data_access.questions.tenures import tenures
from data_access.reader import Snapshot
from data_access.selection import View, Window

MANY: Final = 1_000
"""Holders from which on no statement names them: it would take longer than to look at all."""


@dataclass(frozen=True)
class Stated:
    """Whose figures: those of offices, or of whoever held the post; under one view."""

    snapshot: Snapshot
    view: View
    window: Window
    of_offices: bool
    trend: Sequence[date] = ()

    def counts(self, names: Sequence[str]) -> pd.DataFrame:
        """One row per holder, by his number, that a stay was held by: held, and these counts."""
        return self._counted(names, None)

    def there(self) -> tuple[np.ndarray, np.ndarray]:
        """All holders that there are, ascending, and which of them a posting names; an office needs none."""
        held = tenures(self.view.selection, self.window).c
        key = (held.office_id if self.of_offices else held.holder).label("key")
        said = func.max(cast(held.said, Integer)).label("said")
        found = self.snapshot.columns(select(key, said).group_by(key).order_by(key))
        return found["key"].astype(np.int64), found["said"].astype(bool) | self.of_offices

    def offices(self, holders: Sequence[int]) -> list[int] | None:
        """Where these were holders; None where all offices are to be looked at."""
        if len(holders) > MANY:
            return None
        if self.of_offices:
            return list(holders)
        held = tenures(self.view.selection, self.window).c
        found = select(held.office_id).where(held.holder.in_(holders)).distinct()
        return list(self.snapshot.connection.execute(found).scalars())

    def told(self, names: Sequence[str], holders: Sequence[int]) -> Told:
        """These counts of these holders, the days that complaints took there, and what was pending on days."""
        offices = self.offices(holders)
        counts, tenure = self._counted(names, offices), self._tenure(offices)
        days = days_at(self.snapshot, self.view.selection, self.window, tenure, offices)
        then = pending_on(self.view, self.window, self._tenure(offices), offices, self.trend)
        lines = {row[0]: list(row[1:]) for row in self.snapshot.connection.execute(then)}
        return Told(counts[counts.index.isin(holders)], days, lines)

    def _counted(self, names: Sequence[str], offices: Sequence[int] | None) -> pd.DataFrame:
        columns = tuple(dict.fromkeys(("held", *names)))
        counted = counted_by(self.view, self.window, self._tenure(offices), offices, columns)
        rows = self.snapshot.connection.execute(counted).all()
        return pd.DataFrame([row[1:] for row in rows], columns=list(columns), index=[row[0] for row in rows])

    def _tenure(self, offices: Sequence[int] | None) -> CTE | None:
        return None if self.of_offices else tenures(self.view.selection, self.window, offices)
