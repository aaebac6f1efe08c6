"""The tables of offices and of officers: who they are, what they held and did, one row each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Select, select

from data_access.metrics import METRICS, with_ratios
from data_access.questions.held_counts import COUNTS, FIGURES, RATES, narrows
from data_access.questions.held_days import with_days
from data_access.questions.held_figures import TREND, Figures, trend_days, with_trend
from data_access.questions.held_memory import Remembered
from data_access.questions.held_statements import Stated
from data_access.questions.listing import Over, Part, cursor_of, place_of
from data_access.questions.sheets import DEFAULT_LIMIT, MOST, holds_words, in_order, refuse_parts, sort_of
from data_access.reader import Snapshot
from data_access.selection import View, Window

DEFAULT: Final = "-pending"
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
    of them that hold words. `base` gives a row for each that there is: the key and `about`; at these offices only,
    None: at all. `of_offices`: rows are offices, else holders.
    """

    key: str
    about: tuple[str, ...]
    searched: tuple[str, ...]
    base: Callable[[Asked, Offices], Select[Any]]
    of_offices: bool


@dataclass(frozen=True)
class HeldTable:
    """One table, under one view."""

    who: Who
    asked: Asked

    def part(self) -> Part:
        """A part of the table: the places of all rows are found first, then the rows of this part told."""
        filters = self.asked.view.filters
        place = place_of(filters.cursor, self._sort(), int, farthest=MOST)
        passed, limit = (place.rows if isinstance(place, Over) else 0), filters.limit or DEFAULT_LIMIT
        keys = self._keys()
        behind = passed + limit
        following = cursor_of(Over(behind)) if passed < len(keys) and behind < len(keys) else None
        return Part(self._rows(keys[passed:behind]), len(keys), following)

    def whole(self) -> Iterator[pd.DataFrame]:
        """All of it."""
        refuse_parts(self.asked.view.filters)
        self._sort()
        return (self._rows(keys) for keys in (self._keys(),))

    @cached_property
    def _figures(self) -> Figures:
        asked, custody = self.asked, self.asked.snapshot.custody()
        days = self._trend_days()
        if custody is None:
            return Stated(asked.snapshot, asked.view, asked.window, self.who.of_offices, days)
        return Remembered(custody, asked.view, asked.window, self.who.of_offices, days)

    def _trend_days(self) -> tuple[date, ...]:
        return trend_days(self.asked.window, self.asked.snapshot.state.first_day or self.asked.window.as_of)

    def _sort(self) -> str:
        sorts = tuple(dict.fromkeys((self.who.key, *self.who.about, *FIGURES)))
        return sort_of(self.asked.view.filters, sorts, DEFAULT)

    def _keys(self) -> list[int]:
        """All rows that belong to the answer, by their keys, as they are sorted."""
        asked, name, figures = self.asked, self._sort().removeprefix("-"), self._figures
        counts = figures.counts(_needed(name))
        keys, named = figures.there()
        # Whoever held nothing of what is asked about does not belong to an answer about some complaints.
        is_there = np.isin(keys, counts.index.to_numpy())
        belongs = keys[is_there if narrows(asked.view) else is_there | named]
        one = asked.view.filters.officer
        if one is not None and not self.who.of_offices:
            belongs = belongs[belongs == one]
        by_words = name not in FIGURES
        if by_words or asked.view.filters.search:
            found = self._found_words(ordered=by_words)
            belongs = found[np.isin(found, belongs)]
        if by_words or (name == "pending_change" and asked.view.before is None):
            return [int(one) for one in belongs]
        return [int(one) for one in _in_order(belongs, _value(counts, name), is_down=self._sort().startswith("-"))]

    def _found_words(self, *, ordered: bool) -> np.ndarray:
        """The keys of all that hold the words that were searched for, as they are sorted or by the key."""
        base = self.who.base(self.asked, None).subquery()
        key, filters = base.c[self.who.key], self.asked.view.filters
        order = in_order(base, self._sort(), self.who.key) if ordered else (key,)
        wanted = select(key).where(*holds_words(base, filters, self.who.searched)).order_by(*order)
        return self.asked.snapshot.columns(wanted)[self.who.key].astype(np.int64)

    def _rows(self, keys: Sequence[int]) -> pd.DataFrame:
        """The rows of these keys, in their order, whole: the key, `about`, FIGURES, QUANTILES and TREND."""
        names = (self.who.key, *self.who.about)
        figures, asked = self._figures, self.asked
        if not keys:
            return with_days(pd.DataFrame(columns=[*names, *FIGURES], dtype=object), [], {}).assign(**{TREND: []})
        base = self.who.base(asked, figures.offices(keys)).subquery()
        found = asked.snapshot.connection.execute(select(*(base.c[name] for name in names))).all()
        place = {row[0]: row for row in found}
        about = {name: [place[key][number] for key in keys] for number, name in enumerate(names)}
        told = figures.told(COUNTS, keys)
        values = {**about, **_told(told.counts.reindex(pd.Index(keys), fill_value=0), asked.view)}
        frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in values.items()})
        return with_trend(with_days(frame, keys, told.days), keys, told, len(self._trend_days()))


def _needed(name: str) -> tuple[str, ...]:
    """The counts that rows are sorted by."""
    if name in RATES:
        return METRICS[name].counts
    return (name,) if name in COUNTS else ()


def _value(counts: pd.DataFrame, name: str) -> pd.Series:
    """The figure that rows are sorted by, null where undefined."""
    if name not in RATES:
        return counts[name].astype(float)
    found = with_ratios({one: counts[one].to_numpy(dtype=float) for one in _needed(name)})[name]
    return pd.Series(found, index=counts.index, name=name)


def _in_order(keys: np.ndarray, value: pd.Series, *, is_down: bool) -> np.ndarray:
    """The keys by their value; what has none comes last, whichever way."""
    of_key = value.reindex(keys).to_numpy(dtype=float)
    if value.name in COUNTS:
        of_key = np.nan_to_num(of_key)  # nothing was held: no complaint was counted
    missing = np.isnan(of_key)
    sign = -1.0 if is_down else 1.0
    return keys[np.lexsort((keys, np.where(missing, 0.0, sign * of_key), missing))]


def _told(counts: pd.DataFrame, view: View) -> dict[str, list[Any]]:
    """FIGURES, one value per row, null where undefined."""
    unknown = {"pending_change"} if view.before is None else set()
    found: dict[str, list[Any]] = {
        name: [None if name in unknown else int(one) for one in counts[name]] for name in COUNTS
    }
    rates = with_ratios({name: counts[name].to_numpy(dtype=float) for name in COUNTS})
    for name in RATES:
        found[name] = [None if np.isnan(one) else float(one) for one in rates[name]]
    return found
