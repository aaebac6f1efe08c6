"""Tables of some thousand rows that a statement makes: searched, sorted and cut in the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Select, String, Subquery, case, cast, func, select
from sqlalchemy.sql.elements import KeyedColumnElement

from data_access.filters import FilterError, Filters
from data_access.questions.listing import Over, Part, cursor_of, place_of
from data_access.reader import Snapshot

DEFAULT_LIMIT: Final = 100
MOST: Final = 100_000
"""Rows that are answered at once: a table is aggregated whole, so that a part of it costs what all of it does."""


@dataclass(frozen=True)
class Sheet:
    """A statement's rows: `key` is a column that tells them apart, `default` the sort, `searched` hold words.

    `sorts` are the columns that rows can be sorted by; null comes last, whichever way. `told` gives the statement of
    the rows of these keys, where it costs much to tell all of a row, and little to find its place.
    """

    rows: Subquery
    key: str
    sorts: tuple[str, ...]
    default: str
    searched: tuple[str, ...] = ()
    told: Callable[[Sequence[int]], Select[Any]] | None = None

    def part(self, snapshot: Snapshot, filters: Filters) -> Part:
        """The rows that were searched for from a place on, as they are sorted, and how many there are in all."""
        place = place_of(filters.cursor, self._sort(filters), int, farthest=MOST)
        passed, limit = (place.rows if isinstance(place, Over) else 0), filters.limit or DEFAULT_LIMIT
        found = self._found(filters, () if self.told is None else (self.key,))
        counted = func.count().over().label("counted")
        wanted = found.add_columns(counted).order_by(*self._order(filters)).offset(passed).limit(limit)
        rows = snapshot.connection.execute(wanted).all()
        count = rows[0].counted if rows else self._count(snapshot, filters)
        behind = passed + len(rows)
        following = cursor_of(Over(behind)) if rows and behind < count else None
        frame = self.frame(rows) if self.told is None else self._told(snapshot, [row[0] for row in rows])
        return Part(frame, count, following)

    def _told(self, snapshot: Snapshot, keys: Sequence[int]) -> pd.DataFrame:
        """The rows of these keys, in their order."""
        if self.told is None or not keys:
            return self.frame([])
        place = {key: number for number, key in enumerate(keys)}
        rows = snapshot.connection.execute(self.told(keys)).all()
        return self.frame(sorted(rows, key=lambda row: place[getattr(row, self.key)]))

    def whole(self, snapshot: Snapshot, filters: Filters) -> Iterator[pd.DataFrame]:
        """All rows that were searched for, as they are sorted. Raises FilterError where a part is asked for."""
        for name in ("limit", "cursor"):
            if name in filters.given():
                message = f"A file holds the whole table, so it takes no {name}; leave it out."
                raise FilterError(name, filters.given()[name], message)
        wanted = self._found(filters).order_by(*self._order(filters))
        return (self.frame(snapshot.connection.execute(one).all()) for one in (wanted,))

    def frame(self, rows: Sequence[Any]) -> pd.DataFrame:
        """The rows as they are, null as None."""
        names = self.rows.c.keys()
        return pd.DataFrame(
            {name: pd.Series([getattr(row, name) for row in rows], dtype=object) for name in names}, columns=names
        )

    def _count(self, snapshot: Snapshot, filters: Filters) -> int:
        return snapshot.connection.execute(
            select(func.count()).select_from(self._found(filters).subquery())
        ).scalar_one()

    def _sort(self, filters: Filters) -> str:
        sort = filters.sort or self.default
        if sort.removeprefix("-") not in self.sorts:
            known = ", ".join(self.sorts)
            message = f"sort={sort} cannot be had; sort by one of {known}, with - before it for the largest first."
            raise FilterError("sort", sort, message)
        return sort

    def _order(self, filters: Filters) -> tuple[ColumnElement[Any], ...]:
        sort = self._sort(filters)
        column = self.rows.c[sort.removeprefix("-")]
        is_missing = case((column.is_(None), 1), else_=0)
        return (is_missing, column.desc() if sort.startswith("-") else column.asc(), self.rows.c[self.key])

    def _found(self, filters: Filters, names: Sequence[str] = ()) -> Select[Any]:
        """The rows, or these columns, that hold every word that was searched for, whatever its capitals."""
        text = self._text()
        words = (filters.search or "").lower().split()
        columns = [self.rows.c[name] for name in names] or [*self.rows.c]
        return select(*columns).where(*(text.contains(word, autoescape=True) for word in words))

    def _text(self) -> ColumnElement[str]:
        blank: ColumnElement[str] = cast("", String)
        for name in self.searched:
            column: KeyedColumnElement[Any] = self.rows.c[name]
            blank = blank + " " + func.lower(func.coalesce(cast(column, String), ""))
        return blank


def labelled(columns: Mapping[str, ColumnElement[Any]]) -> tuple[ColumnElement[Any], ...]:
    """The expressions by their names."""
    return tuple(column.label(name) for name, column in columns.items())
