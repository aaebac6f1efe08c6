"""The complaints that something can happen to: open stays, and closings of late."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Date, Integer, Select, and_, case, cast, func, literal, or_, select

from data_access.arrays import arrays_of
from data_access.intake.feed.habits import WINDOW, Habits
from data_access.intake.feed.tallies import outcome_place
from data_access.intake.sample.numbers import Ints, Rng
from data_access.measures import AGE_LIMITS
from data_access.tables.facts import assignment

ENOUGH: Final = 40_000
"""Ledger rows that are read for a batch, about: more are as good as these."""
UNANSWERED: Final = -1


@dataclass(frozen=True)
class Pool:
    """One entry each in the order of `complaint`; `office`, `government` are ids.

    `age`: days since receipt. `closed`: days since the closing, -1 for an open stay. `outcome`: place in OUTCOMES, -1
    for an open stay. `answer`: UNANSWERED, 0 or 1 (satisfied). `part`: an entry stands for so many like it.
    """

    complaint: Ints
    office: Ints
    government: Ints
    age: Ints
    closed: Ints
    outcome: Ints
    answer: Ints
    part: int

    @property
    def bucket(self) -> Ints:
        """Place of the age bucket."""
        return np.asarray(np.searchsorted(AGE_LIMITS, self.age, side="left"))

    def where(self, mask: np.ndarray) -> "Pool":
        """The entries of the mask, or at these places."""
        kept = {name: getattr(self, name)[mask] for name in _COLUMNS}
        return replace(self, **kept)


_COLUMNS: Final = ("complaint", "office", "government", "age", "closed", "outcome", "answer")


def read_pool(connection: Connection, habits: Habits, begin: datetime, end: datetime, rng: Rng) -> Pool:
    """Open stays and standing closings of the last WINDOW days at `begin`: all, or every so manieth from a chance one.

    A span of many hours gets more of them, so that what it has done to one entry is not wanted of it again.
    """
    days = (end - begin) / timedelta(days=1)
    part = max(1, int(min((habits.pending + habits.closings) / ENOUGH, 1.0 / days)))
    found = arrays_of(connection, _entries(begin.date(), part, int(rng.integers(part))))
    return Pool(**{name: found[name].astype(np.int64) for name in _COLUMNS}, part=part)


def _entries(day: date, part: int, rest: int) -> Select[Any]:
    """One row per open stay or standing closing of late. One scan: row stores have no index that serves it."""
    a, today = assignment.c, literal(day, Date)
    standing = and_(a.closed_on >= day - timedelta(days=WINDOW), a.outcome != "transferred", a.reopened_on.is_(None))
    columns = (
        a.complaint_id,
        a.office_id,
        a.government_id,
        cast(today - a.received_on, Integer),
        func.coalesce(cast(today - a.closed_on, Integer), -1),
        outcome_place(),
        case((a.feedback_on.is_(None), UNANSWERED), (a.satisfied, 1), else_=0),
    )
    labelled = (column.label(name) for name, column in zip(_COLUMNS, columns, strict=True))
    return (
        select(*labelled)
        # What another batch brought for later days is none of this day's business.
        .where(or_(a.closed_on.is_(None), standing), a.received_on <= day, a.complaint_id % part == rest)
        .order_by(a.complaint_id)
    )
