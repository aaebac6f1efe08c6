"""The flows, held in memory per data version: what they add up to by any day, in a millisecond or two.

Added up by the database, twenty counts of a hundred thousand rows took a row store a third of a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Date, Integer, Table, cast, literal, select

from data_access.arrays import many_of
from data_access.cohorts import EPOCH
from data_access.measures import DIMENSIONS, MEASURES
from data_access.tables.flow import cohort_flow, flow
from data_access.version_cache import Edition, VersionCache

_SPAN: Final = 1 << 20
"""More days than any group has."""


def number_of(day: date) -> int:
    """Days since EPOCH."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Running:
    """Changes of counts, group by group and in each in the order of the days.

    A group is a `government` and a `member`: one of the flow's dimension, or in the cohort flow a day of receipt, as
    days since EPOCH. `starts`: where the rows of each group begin, and last the number of all. `places`: the number of
    the group times _SPAN plus the day, of each row. `counts`: the changes of each measure, and a last 0 that ends them.
    """

    government: np.ndarray
    member: np.ndarray
    starts: np.ndarray
    places: np.ndarray
    counts: Mapping[str, np.ndarray]

    def until(self, groups: np.ndarray, days: Sequence[date], names: Sequence[str]) -> np.ndarray:
        """int64, measures × days × groups: the counts of these groups at the end of each day; both rise."""
        numbers = np.array([number_of(day) for day in days], dtype=np.int64)
        ends = np.searchsorted(self.places, groups[:, None] * _SPAN + numbers, side="right")
        marks = np.column_stack([self.starts[groups], ends])
        nothing = marks[:, :-1] == marks[:, 1:]  # reduceat gives a neighbour's value for what is empty
        found = np.zeros((len(names), len(days), len(groups)), dtype=np.int64)
        for place, name in enumerate(names):
            if len(groups):
                sums = np.add.reduceat(self.counts[name], marks.ravel(), dtype=np.int64).reshape(marks.shape)[:, :-1]
                found[place] = np.cumsum(np.where(nothing, 0, sums), axis=1).T
        return found

    def by_day(self, groups: np.ndarray, last: date, names: Sequence[str]) -> dict[str, np.ndarray]:
        """What changed in all of these groups together on each day until the last, oldest first; the days as `day`."""
        first, end = self.starts[groups], np.searchsorted(self.places, groups * _SPAN + number_of(last), side="right")
        lengths = end - first
        rows = np.repeat(first - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        days, place = np.unique(self.places[rows] % _SPAN, return_inverse=True)
        sums = {name: np.bincount(place, self.counts[name][rows], minlength=len(days)) for name in names}
        told = {name: column.astype(np.int64) for name, column in sums.items()}
        return {"day": np.datetime64(EPOCH, "D") + days, **told}


def read_running(connection: Connection, table: Table, member: Any, *where: Any) -> Running:
    """The rows of one of the flows that meet the conditions, as this connection sees them."""
    c = table.c
    day = cast(c.day - literal(EPOCH, Date), Integer).label("day")
    counts = [c[name] for name in MEASURES]
    found = many_of(connection, select(c.government_id, member.label("member"), day, *counts).where(*where))
    keys = [found[name].astype(np.int64) for name in ("day", "member", "government_id")]
    order = np.lexsort(keys)
    days, members, governments = (key[order] for key in keys)
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (members[1:] != members[:-1]) | (governments[1:] != governments[:-1])
    starts = np.flatnonzero(begins)
    places = (np.cumsum(begins) - 1) * _SPAN + days
    changes = {name: _small(found[name][order]) for name in MEASURES}
    return Running(governments[starts], members[starts], np.append(starts, len(order)), places, changes)


def _small(counts: np.ndarray) -> np.ndarray:
    """The counts and a last 0, in as few bytes as hold them: most changes are of a few complaints."""
    most = int(np.abs(counts).max(initial=0))
    kind = next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if most <= np.iinfo(kind).max)
    return np.append(counts, 0).astype(kind)


def _of_dimension(connection: Connection, dimension: str) -> Running:
    return read_running(connection, flow, flow.c.member_id, flow.c.dimension == dimension)


def _of_receipt(connection: Connection) -> Running:
    received = cast(cohort_flow.c.received_on - literal(EPOCH, Date), Integer)
    return read_running(connection, cohort_flow, received)


def _unread() -> dict[str, VersionCache[Connection, Running]]:
    by_dimension = {name: VersionCache(partial(_of_dimension, dimension=name)) for name in DIMENSIONS}
    return {**by_dimension, RECEIVED: VersionCache(_of_receipt)}


RECEIVED: Final = "received"
"""The cohort flow, beside the dimensions of the flow."""


@dataclass(frozen=True)
class Flows:
    """All flows of one database; each is read when it is first asked for."""

    _held: Mapping[str, VersionCache[Connection, Running]] = field(default_factory=_unread)

    def of_version(self, name: str, edition: Edition, connection: Connection) -> Running:
        """The flow of a dimension, or the cohort flow (RECEIVED), as of that data version."""
        return self._held[name].of_version(edition, connection)

    def forget(self) -> None:
        """Read anew at the next question."""
        for held in self._held.values():
            held.forget()
