"""What new complaints and transfers are made after: those of late, so that every reference holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Select, select

from data_access.arrays import arrays_of
from data_access.intake.feed.habits import WINDOW, Habits
from data_access.intake.sample.numbers import Flags, Ints, Rng
from data_access.tables.facts import assignment, complaint
from data_access.tables.reference import category, district, office

MOST: Final = 20_000
"""How many complaints, and how many transfers, are held as patterns; about, from larger databases by chance."""
SIDES: Final[tuple[Literal["left"], Literal["right"]]] = ("left", "right")
_SCHEMA: Final = pa.schema(
    [
        ("citizen", pa.int64()),
        ("category", pa.string()),
        ("district", pa.string()),
        ("channel", pa.string()),
        ("subject", pa.string()),
        ("office", pa.string()),
        ("government", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Offices:
    """By office id: `slug`, and the id of its `department`."""

    slug: np.ndarray
    department: Ints


@dataclass(frozen=True)
class Patterns:
    """One row of `complaints` is a complaint of late, with the `office` it was received at and that one's `government`.

    `origin` and `goal`: office ids of transfers of late, in order of `origin`; `kin`: their places in order of the
    origin's department.
    """

    complaints: pa.Table
    government: Ints
    origin: Ints
    goal: Ints
    kin: Ints
    offices: Offices

    def like(self, government: int, count: int, rng: Rng) -> Ints:
        """Places of so many complaints of this government, as they were filed of late; none where none were."""
        own = np.flatnonzero(self.government == government)
        return rng.choice(own, count) if len(own) else own

    def onward(self, holder: Ints, rng: Rng) -> tuple[Flags, Ints]:
        """Where these offices may send a complaint: whether each can, and for those that can to which office.

        To where it sent one of late or, where it sent none, to where another office of its department did.
        """
        if not len(self.goal):
            return np.zeros(len(holder), dtype=bool), holder[:0]
        department = self.offices.department
        own, sent = _one_of(self.origin, holder, rng)
        others, kin_sent = _one_of(department[self.origin[self.kin]], department[holder], rng)
        goal = self.goal[np.where(sent, own, self.kin[others])]
        can = (sent | kin_sent) & (goal != holder)
        return can, goal[can]


def _one_of(keys: Ints, wanted: Ints, rng: Rng) -> tuple[Ints, Flags]:
    """For each wanted key a place in the sorted keys where it stands, by chance; and whether it stands there at all."""
    first, last = (np.searchsorted(keys, wanted, side=side) for side in SIDES)
    place = first + (rng.random(len(wanted)) * (last - first)).astype(np.int64)
    return np.minimum(place, len(keys) - 1), last > first


def read_patterns(connection: Connection, habits: Habits) -> Patterns:
    """The patterns that hold together with these habits, from the same days."""
    filed = float(habits.filed.sum()) * WINDOW
    rows = connection.execute(_complaints(habits.day, _part(filed))).all()
    columns = list(zip(*rows, strict=True)) or [()] * len(_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    complaints = pa.Table.from_arrays(arrays, schema=_SCHEMA)
    routes = arrays_of(connection, _transfers(habits.day, _part(habits.transfers)))
    origin, goal = (routes[name].astype(np.int64) for name in ("origin", "goal"))
    offices = _offices(connection)
    return Patterns(
        complaints=complaints,
        government=complaints.column("government").to_numpy().astype(np.int64),
        origin=origin,
        goal=goal,
        kin=np.argsort(offices.department[origin], kind="stable"),
        offices=offices,
    )


def _offices(connection: Connection) -> Offices:
    rows = connection.execute(select(office.c.id, office.c.slug, office.c.department_id)).all()
    size = max((row.id for row in rows), default=0) + 1
    found = Offices(np.full(size, None, dtype=object), np.full(size, -1, dtype=np.int64))
    for row in rows:
        found.slug[row.id], found.department[row.id] = row.slug, row.department_id
    return found


def _part(count: float) -> int:
    """One in how many is held."""
    return max(1, round(count / MOST))


def _complaints(day: date, part: int) -> Select[Any]:
    """One in so many of the complaints filed."""
    first, c, begin = assignment.c, complaint.c, day - timedelta(days=WINDOW)
    return (
        select(c.citizen_id, category.c.slug, district.c.slug, c.channel, c.subject, office.c.slug, first.government_id)
        .select_from(
            assignment.join(complaint, c.id == first.complaint_id)
            .join(category, category.c.id == c.category_id)
            .join(office, office.c.id == first.office_id)
            .outerjoin(district, district.c.id == c.district_id)
        )
        .where(first.seq == 1, first.opened_on >= begin, first.opened_on < day, first.complaint_id % part == 0)
        .order_by(first.complaint_id)
    )


def _transfers(day: date, part: int) -> Select[Any]:
    """One in so many of the stays that ended by a transfer, by the office that they ended at."""
    a, begin = assignment.c, day - timedelta(days=WINDOW)
    return (
        select(a.office_id.label("origin"), a.to_office_id.label("goal"))
        .where(a.outcome == "transferred", a.closed_on >= begin, a.closed_on < day, a.complaint_id % part == 0)
        .order_by(a.office_id, a.complaint_id, a.seq)
    )
