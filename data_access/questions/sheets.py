"""Tables of some thousand rows that a statement makes: searched, sorted and cut in the database."""

from collections.abc import Iterator, Mapping, Sequence
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

    `sorts` are the columns that rows can be sorted by; null comes last, whichever way.
    """

    rows: Subquery
    key: str
    sorts: tuple[str, ...]
    default: str
    searched: tuple[str, ...] = ()

    def part(self, snapshot: Snapshot, filters: Filters) -> Part:
        """The rows that were searched for from a place on, as they are sorted, and how many there are in all."""
        place = place_of(filters.cursor, self._sort(filters), int, farthest=MOST)
        passed, limit = (place.rows if isinstance(place, Over) else 0), filters.limit or DEFAULT_LIMIT
        found = self._found(filters)
        counted = func.count().over().label("counted")
        wanted = found.add_columns(counted).order_by(*self._order(filters)).offset(passed).limit(limit)
        rows = snapshot.connection.execute(wanted).all()
        count = rows[0].counted if rows else self._count(snapshot, filters)
        behind = passed + len(rows)
        following = cursor_of(Over(behind)) if rows and behind < count else None
        return Part(self.frame(rows), count, following)

    def whole(self, snapshot: Snapshot, filters: Filters) -> Iterator[pd.DataFrame]:
        """All rows that were searched for, as they are sorted. Raises FilterError where a part is asked for."""
        refuse_parts(filters)
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
        return sort_of(filters, self.sorts, self.default)

    def _order(self, filters: Filters) -> tuple[ColumnElement[Any], ...]:
        return in_order(self.rows, self._sort(filters), self.key)

    def _found(self, filters: Filters) -> Select[Any]:
        return select(self.rows).where(*holds_words(self.rows, filters, self.searched))


def sort_of(filters: Filters, sorts: Sequence[str], default: str) -> str:
    """The column to sort by, with - before it for the largest first. Raises FilterError for none of `sorts`."""
    sort = filters.sort or default
    if sort.removeprefix("-") not in sorts:
        known = ", ".join(sorts)
        message = f"sort={sort} cannot be had; sort by one of {known}, with - before it for the largest first."
        raise FilterError("sort", sort, message)
    return sort


def refuse_parts(filters: Filters) -> None:
    """Raise FilterError where a part of what is told whole is asked for."""
    for name in ("limit", "cursor"):
        if name in filters.given():
            message = f"A file holds the whole table, so it takes no {name}; leave it out."
            raise FilterError(name, filters.given()[name], message)


def in_order(rows: Subquery, sort: str, key: str) -> tuple[ColumnElement[Any], ...]:
    """By the column, then by the key; null comes last, whichever way."""
    column = rows.c[sort.removeprefix("-")]
    is_missing = case((column.is_(None), 1), else_=0)
    return (is_missing, column.desc() if sort.startswith("-") else column.asc(), rows.c[key])


def holds_words(rows: Subquery, filters: Filters, searched: Sequence[str]) -> list[ColumnElement[bool]]:
    """Whether a row's text, of these columns, holds every word that was searched for, whatever its capitals."""
    text: ColumnElement[str] = cast("", String)
    for name in searched:
        column: KeyedColumnElement[Any] = rows.c[name]
        text = text + " " + func.lower(func.coalesce(cast(column, String), ""))
    return [text.contains(word, autoescape=True) for word in (filters.search or "").lower().split()]


def labelled(columns: Mapping[str, ColumnElement[Any]]) -> tuple[ColumnElement[Any], ...]:
    """The expressions by their names."""
    return tuple(column.label(name) for name, column in columns.items())
