"""Stays of the ledger in memory that belong to what is asked about, and the rows of the answer in which they count."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from data_access.arrays import among
from data_access.cohorts import EPOCH
from data_access.ledger import Ledger
from data_access.questions.grids import Level, places_of
from data_access.selection import Selection, Window
from data_access.stays import WORDS

_HOLDERS: Final = ("government", "department", "office")


@dataclass(frozen=True)
class Chosen:
    """Some stays, by their `places` in the ledger; in which `row` of so many each counts."""

    ledger: Ledger
    places: slice | np.ndarray
    row: np.ndarray
    rows: int
    _columns: dict[str, np.ndarray] = field(default_factory=dict)

    def column(self, name: str) -> np.ndarray:
        """One column of these stays."""
        if name not in self._columns:
            self._columns[name] = self.ledger.columns[name][self.places]
        return self._columns[name]

    def begun(self, as_of: date) -> "Chosen":
        """Those of them that had begun by the end of the day."""
        return self.only(self.column("opened") <= (as_of - EPOCH).days)

    def only(self, flags: np.ndarray) -> "Chosen":
        """Those of them that are flagged."""
        if flags.all():
            return self
        some = np.flatnonzero(flags)
        places = some + self.places.start if isinstance(self.places, slice) else self.places[some]
        return Chosen(self.ledger, places, self.row[some], self.rows)

    def how_many(self, flags: np.ndarray | None = None) -> np.ndarray:
        """int64: of each row, those that are flagged, or all."""
        return np.bincount(self.row if flags is None else self.row[flags], minlength=self.rows)


def chosen(ledger: Ledger, selection: Selection, window: Window, level: Level) -> Chosen:
    """The stays of the selection, received in the window's period, that count in a row; whatever its as-of day."""
    places = ledger.received_in(window.from_on, window.to_on)
    within = Chosen(ledger, places, _rows(ledger, places, level), level.rows)
    own = within.row >= 0
    for name in _HOLDERS:
        value = getattr(selection, name)
        if value is not None:
            own &= within.column(name) == value
    for name, code_of in WORDS.items():
        word = getattr(selection, name)
        if word is not None:
            own &= within.column(name) == code_of[word]
    for name, values in (("district", selection.districts), ("category", selection.categories)):
        if values is not None:
            own &= among(within.column(name), values)
    return within.only(own)


def _rows(ledger: Ledger, places: slice, level: Level) -> np.ndarray:
    """The row of the level in which each stay counts; -1 where in none."""
    if level.by is None:
        return np.full(places.stop - places.start, level.row_of.get(0, -1), dtype=np.int32)
    keys = ledger.columns[level.by][places]
    every: np.ndarray = places_of(np.arange(int(keys.max(initial=0)) + 1), level).astype(np.int32)
    found: np.ndarray = every[keys]
    return found
