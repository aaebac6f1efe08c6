"""Where the data come from: the place that all of it is about, and the register that it was kept in."""

import time
from dataclasses import dataclass
from threading import Lock
from typing import Final

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import SQLAlchemyError

from data_access.database import Database
from data_access.tables.system import dataset

LONGEST: Final = 60
"""Letters of either: they stand in the head of every page."""
_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Origin:
    """`place` is where all governments together are, `source` what the complaints were registered in.

    Empty is what a mapping does not tell.
    """

    place: str = ""
    source: str = ""


OURS: Final = Origin("Pakistan", "Pakistan Citizen Portal")
UNTOLD: Final = Origin()


def read_origin(connection: Connection) -> Origin:
    """The origin of what this database holds."""
    row = connection.execute(select(dataset.c.place, dataset.c.source)).one_or_none()
    return OURS if row is None else origin_of(row.place, row.source)


def origin_of(place: str | None, source: str | None) -> Origin:
    """The origin by its columns, of which null is Pakistan's."""
    return Origin(place or OURS.place, source or OURS.source)


def write_origin(connection: Connection, told: Origin) -> None:
    """From now on the data are of this origin; what is not told stays as it was."""
    values = {name: value for name, value in vars(told).items() if value}
    if values:
        connection.execute(update(dataset).values(values))


class Origins:
    """The origin for pages that ask nothing else of the database: the last one known while it does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known, self._read_at, self._times = OURS, -_SECONDS, -1
        self._lock = Lock()

    def now(self) -> Origin:
        """The origin, read anew where this process wrote something, or some seconds after the last time."""
        times, now = self._database.written.times, time.monotonic()
        with self._lock:
            if times == self._times and now - self._read_at < _SECONDS:
                return self._known
            self._times, self._read_at = times, now
        try:
            with self._database.snapshot() as connection:
                self._known = read_origin(connection)
        except (SQLAlchemyError, RuntimeError):
            pass  # what was known before
        return self._known
