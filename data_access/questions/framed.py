"""Tables of some thousand rows that were worked out in memory: searched, sorted and cut there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_access.filters import FilterError, Filters
from data_access.questions.listing import Over, Part, cursor_of, place_of
from data_access.questions.sheets import DEFAULT_LIMIT, MOST


@dataclass(frozen=True)
class Framed:
    """Rows as they stand, which is how they are sorted unless somebody asks for another way.

    `searched` are the columns that hold words, `sorts` those that rows can be sorted by; null comes last,
    whichever way.
    """

    rows: pd.DataFrame
    sorts: tuple[str, ...]
    searched: tuple[str, ...] = ()

    def part(self, filters: Filters) -> Part:
        """The rows that were searched for from a place on, as they are sorted, and how many there are in all."""
        place = place_of(filters.cursor, filters.sort or "", int, farthest=MOST)
        passed = place.rows if isinstance(place, Over) else 0
        found = self._found(filters)
        rows = found.iloc[passed : passed + (filters.limit or DEFAULT_LIMIT)]
        behind = passed + len(rows)
        more = bool(len(rows)) and behind < len(found)
        return Part(rows.reset_index(drop=True), len(found), cursor_of(Over(behind)) if more else None)

    def whole(self, filters: Filters) -> Iterator[pd.DataFrame]:
        """All rows that were searched for, as they are sorted. Raises FilterError where a part is asked for."""
        for name in ("limit", "cursor"):
            if name in filters.given():
                message = f"A file holds the whole table, so it takes no {name}; leave it out."
                raise FilterError(name, filters.given()[name], message)
        return iter((self._found(filters),))  # no generator: what cannot be asked is said at once

    def _found(self, filters: Filters) -> pd.DataFrame:
        rows = self.rows
        for word in (filters.search or "").lower().split():
            rows = rows[np.array([word in text for text in self._texts(rows)], dtype=bool)]
        if filters.sort is None:
            return rows
        name = filters.sort.removeprefix("-")
        if name not in self.sorts:
            known = ", ".join(self.sorts)
            message = (
                f"sort={filters.sort} cannot be had; sort by one of {known}, with - before it for the largest first."
            )
            raise FilterError("sort", filters.sort, message)
        values: list[Any] = rows[name].tolist()
        told = [place for place, value in enumerate(values) if value is not None and value == value]
        missing = [place for place, value in enumerate(values) if value is None or value != value]
        told.sort(key=lambda place: values[place], reverse=filters.sort.startswith("-"))
        return rows.iloc[[*told, *missing]]

    def _texts(self, rows: pd.DataFrame) -> list[str]:
        words = [[str(value or "").lower() for value in rows[name].tolist()] for name in self.searched]
        return [" ".join(row) for row in zip(*words, strict=True)]
