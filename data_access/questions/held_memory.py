"""Counts and days of holders, added up in memory: the figures of `held_counts` and `held_days` from arrays.

What is not asked for is not added up, and whoever is not on the page is not looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from data_access.cohorts import EPOCH
from data_access.custody import Custody
from data_access.questions.held_days import quantiles_by_holder
from data_access.questions.held_figures import Told
from data_access.questions.held_pieces import COUNTED, Pieces
from data_access.selection import View, Window


@dataclass(frozen=True)
class Remembered:
    """Whose figures: those of offices, or of whoever held the post; under one view."""

    custody: Custody
    view: View
    window: Window
    of_offices: bool
    trend: Sequence[date] = ()

    def counts(self, names: Sequence[str]) -> pd.DataFrame:
        """One row per holder, by his number, that a stay was held by: held, and these counts."""
        return self._counted(self._sums(self._tenures(None)), names)

    def there(self) -> tuple[np.ndarray, np.ndarray]:
        """All holders that there are, ascending, and which of them a posting names; an office needs none."""
        tenures = self._tenures(None)
        keys, place = np.unique(self._holders()[tenures], return_inverse=True)
        said = np.bincount(place, self.custody.tenures["said"][tenures], minlength=len(keys)) > 0
        return keys, said | self.of_offices

    def offices(self, holders: Sequence[int]) -> list[int]:
        """Where these were holders."""
        tenures = self._tenures(holders)
        return [int(office) for office in np.unique(self.custody.tenures["office"][tenures])]

    def told(self, names: Sequence[str], holders: Sequence[int]) -> Told:
        """These counts of these holders, the days that complaints took there, and what was pending on days."""
        sums = self._sums(self._tenures(holders))
        pieces, of = sums.pieces, np.repeat(sums.keys[sums.place], np.diff(sums.begins))
        (entered, left), closed, own = pieces.observed(), pieces.counted("resolved"), pieces.counted("asked")
        days = quantiles_by_holder(of[own], entered[own], left[own], closed[own])
        then = [sums.of(pieces.pending_on(day)) for day in self.trend]
        lines = np.array(then, dtype=np.int64).reshape(len(then), len(sums.keys)).T.tolist()
        return Told(self._counted(sums, names), days, dict(zip(sums.keys.tolist(), lines, strict=True)))

    def _counted(self, sums: "_Sums", names: Sequence[str]) -> pd.DataFrame:
        pieces = sums.pieces
        found = {name: sums.of(pieces.counted(name)) for name in dict.fromkeys(("held", *names)) if name in COUNTED}
        if "pending_change" in names:
            then = np.nan if self.view.before is None else sums.of(pieces.counted("was_pending"))
            found["pending_change"] = sums.of(pieces.counted("pending")) - then
        frame = pd.DataFrame(found, index=sums.keys)
        return frame[frame["held"] > 0]

    def _sums(self, tenures: np.ndarray) -> "_Sums":
        rows, begins = self.custody.rows(tenures)
        pieces = Pieces(self.custody, rows, self.view, self.window, of_offices=self.of_offices)
        keys, place = np.unique(self._holders()[tenures].astype(np.int64), return_inverse=True)
        return _Sums(pieces, begins, keys, place)

    def _holders(self) -> np.ndarray:
        return self.custody.tenures["office" if self.of_offices else "holder"]

    def _tenures(self, holders: Sequence[int] | None) -> np.ndarray:
        """The tenures that are asked about and had begun by the day."""
        held, selection = self.custody.tenures, self.view.selection
        asked = held["from_on"] <= (self.window.as_of - EPOCH).days
        for name in _ABOVE:
            value = getattr(selection, name)
            if value is not None:
                asked &= held[name] == value
        if holders is not None:
            asked &= np.isin(self._holders(), np.asarray(holders, dtype=np.int64))
        return np.flatnonzero(asked)


_ABOVE: Final = ("government", "department", "office")


@dataclass(frozen=True)
class _Sums:
    """Adds up over holders, the `keys`: `begins` is where the pieces of each tenure begin, `place` whose it is."""

    pieces: Pieces
    begins: np.ndarray
    keys: np.ndarray
    place: np.ndarray

    def of(self, values: np.ndarray) -> np.ndarray:
        """Sums over the pieces of each tenure, then over the tenures of each holder."""
        some = self.begins[:-1] < self.begins[1:]  # reduceat gives a neighbour's value for what is empty
        if not some.any():
            return np.zeros(len(self.keys), dtype=np.int64)
        numbers = values.view(np.int8) if values.dtype == bool else values
        sums = np.add.reduceat(numbers, self.begins[:-1][some], dtype=np.int64)
        return np.bincount(self.place[some], sums, minlength=len(self.keys)).astype(np.int64)
