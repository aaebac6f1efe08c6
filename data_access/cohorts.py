"""What survival curves need of the cohort flow, held in memory per data version.

A curve asks for every closing so far by its lag. Scanned in the database that was more than half of the scorecard's
time; added up from arrays in the order of their days it is a few milliseconds.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Date, Integer, Select, cast, literal, select

from data_access.arrays import many_of
from data_access.tables.flow import cohort_flow

EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Changes:
    """Changes in the order of their days, one value per row.

    `day` and `received`: days since EPOCH. `place`: where the change counts in a grid of governments (by id) and
    columns, row by row. `complaints`: how many, as floats, because weights are.
    """

    day: np.ndarray
    received: np.ndarray
    place: np.ndarray
    complaints: np.ndarray
    shape: tuple[int, int]

    def until(self, as_of: date, from_on: date | None, to_on: date | None) -> np.ndarray:
        """The grid as of the end of that day, of complaints received in the period (None: whenever)."""
        end = int(np.searchsorted(self.day, _number(as_of), side="right"))
        place, complaints = self.place[:end], self.complaints[:end]
        if from_on is not None and to_on is not None:
            received = self.received[:end]
            own = (received >= _number(from_on)) & (received <= _number(to_on))
            place, complaints = place[own], complaints[own]
        return np.bincount(place, complaints, minlength=self.shape[0] * self.shape[1]).reshape(self.shape)


@dataclass(frozen=True)
class Cohorts:
    """Standing closings, columns by lag, and pending complaints, columns by day of receipt from `first` on."""

    resolved: Changes
    pending: Changes
    first: int

    def closed(self, as_of: date, from_on: date | None, to_on: date | None) -> np.ndarray:
        """Standing closings by government id and lag."""
        return self.resolved.until(as_of, from_on, to_on)

    def waiting(self, as_of: date, from_on: date | None, to_on: date | None) -> np.ndarray:
        """Pending complaints by government id and age in days."""
        columns = max(_number(as_of) - self.first + 1, 0)
        grid = self.pending.until(as_of, from_on, to_on)[:, :columns]
        # Days of receipt after the last one that occurs have nothing pending, but they are ages too.
        return np.pad(grid, ((0, 0), (0, columns - grid.shape[1])))[:, ::-1]


def read_cohorts(connection: Connection) -> Cohorts:
    """The whole cohort flow, as this connection sees it."""
    c = cohort_flow.c
    closings = many_of(connection, _changes(c.resolved).where(c.lag >= 0, c.resolved != 0))
    waiting = many_of(connection, _changes(c.pending).where(c.pending != 0))
    first = int(waiting["received"].min()) if len(waiting["received"]) else 0
    return Cohorts(
        resolved=_placed(closings, closings["lag"].astype(np.int64)),
        pending=_placed(waiting, waiting["received"].astype(np.int64) - first),
        first=first,
    )


def _number(day: date) -> int:
    return (day - EPOCH).days


def _changes(complaints: Any) -> Select[Any]:
    c = cohort_flow.c
    epoch = literal(EPOCH, Date)
    return select(
        cast(c.day - epoch, Integer).label("day"),
        cast(c.received_on - epoch, Integer).label("received"),
        c.government_id.label("member"),
        c.lag,
        complaints.label("complaints"),
    )


def _placed(found: dict[str, np.ndarray], column: np.ndarray) -> Changes:
    member = found["member"].astype(np.int64)
    rows, width = (int(values.max()) + 1 if len(values) else 1 for values in (member, column))
    order = np.argsort(found["day"], kind="stable")
    complaints, place = found["complaints"].astype(np.float64), member * width + column
    return Changes(found["day"][order], found["received"][order], place[order], complaints[order], (rows, width))
