"""The tables of offices and of officers: who they are, what they held and did, one row each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import CTE, Select, or_, select

from data_access.questions.held_counts import FIGURES, counted_by, figures_of, narrows
from data_access.questions.held_days import days_at, with_days
from data_access.questions.listing import Part
from data_access.questions.sheets import Sheet, labelled
from data_access.reader import Snapshot
from data_access.selection import View, Window

Offices = Sequence[int] | None


@dataclass(frozen=True)
class Asked:
    """What is asked, and of what."""

    snapshot: Snapshot
    view: View
    window: Window


@dataclass(frozen=True)
class Who:
    """Whose table it is.

    `key` tells rows apart and is what counts are by, `about` are the columns that say who it is, `searched` are those
    of them that hold words. `tenure` gives the tenures by which things are somebody's, None where they are the
    office's; `base` a row for each that there is: the key, `about`, and `always`, 1 where it is shown though it held
    nothing; both at these offices only, None: at all. `offices` are those at which some, by their keys, held anything.
    """

    key: str
    about: tuple[str, ...]
    searched: tuple[str, ...]
    tenure: Callable[[Asked, Offices], CTE | None]
    base: Callable[[Asked, CTE | None, Offices], Select[Any]]
    offices: Callable[[Asked, Sequence[int]], Sequence[int]]


@dataclass(frozen=True)
class HeldTable:
    """One table, under one view."""

    who: Who
    asked: Asked

    def part(self) -> Part:
        """A part of the table: where a row stands is found first, then all of the row told, by its offices alone."""
        offices: list[int] = []

        def told(keys: Sequence[int]) -> Select[Any]:
            offices.extend(self.who.offices(self.asked, keys))
            rows = self._statement(offices).subquery()
            return select(rows).where(rows.c[self.who.key].in_(keys))

        found = self._sheet(told).part(self.asked.snapshot, self.asked.view.filters)
        return Part(self._with_days(found.rows, offices), found.count, found.next)

    def whole(self) -> Iterator[pd.DataFrame]:
        """All of it."""
        frames = self._sheet(None).whole(self.asked.snapshot, self.asked.view.filters)
        return (self._with_days(frame, None) for frame in frames)

    def _sheet(self, told: Callable[[Sequence[int]], Select[Any]] | None) -> Sheet:
        return Sheet(
            rows=self._statement(None).subquery(),
            key=self.who.key,
            sorts=tuple(dict.fromkeys((self.who.key, *self.who.about, *FIGURES))),
            default="-pending",
            searched=self.who.searched,
            told=told,
        )

    def _statement(self, offices: Offices) -> Select[Any]:
        """The rows with FIGURES; `offices` are the only ones that are looked at, None: all."""
        who, view, window = self.who, self.asked.view, self.asked.window
        tenure = who.tenure(self.asked, offices)
        base = who.base(self.asked, tenure, offices).subquery()
        counted = counted_by(view, window, tenure, offices).subquery()
        key, is_there = base.c[who.key], counted.c.holder.is_not(None)
        columns = (key, *(base.c[name] for name in who.about), *labelled(figures_of(counted, view)))
        rows: Select[Any] = select(*columns).select_from(base.outerjoin(counted, counted.c.holder == key))
        if narrows(view):
            return rows.where(is_there)  # whoever held nothing of what is asked about does not belong to the answer
        return rows.where(or_(base.c.always == 1, is_there))

    def _with_days(self, frame: pd.DataFrame, offices: Offices) -> pd.DataFrame:
        """The rows with QUANTILES."""
        view, window = self.asked.view, self.asked.window
        tenure = self.who.tenure(self.asked, offices)
        nothing = offices is not None and not offices
        found = {} if nothing else days_at(self.asked.snapshot, view.selection, window, tenure, offices)
        return with_days(frame, frame[self.who.key], found)
