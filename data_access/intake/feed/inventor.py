"""What the feed brings next: reads what it needs of the database and invents a span of simulated time."""

from datetime import datetime, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, exists, func, select

from data_access.database import Database, DatabaseProblem
from data_access.intake.feed.habits import Habits, read_habits
from data_access.intake.feed.invent import invent
from data_access.intake.feed.patterns import Patterns, read_patterns
from data_access.intake.feed.pool import read_pool
from data_access.tables.facts import complaint, event
from data_access.tables.system import dataset, import_batch

SOURCE: Final = "feed"
"""What its batches are called."""
SEED: Final = 2019


def first_moment(database: Database) -> datetime:
    """The moment after which the feed goes on. Raises DatabaseProblem where no invented event may join.

    That is the end of the newest day, and once the feed has brought anything the newest event.
    """
    with database.snapshot() as connection:
        kind = connection.execute(select(dataset.c.kind)).scalar()
        newest: datetime | None = connection.execute(select(func.max(event.c.happened_at))).scalar()
        fed = connection.execute(select(exists().where(import_batch.c.source == SOURCE))).scalar()
    if kind != "sample":
        raise DatabaseProblem(
            "This database does not hold the sample, and invented events never join real data: leave FEED out."
        )
    if newest is None:
        raise DatabaseProblem(
            "The sample in this database is empty, so no events can be invented from it; make one with: "
            "python -m data_access sample"
        )
    if fed:
        return newest
    return datetime.combine(newest.date() + timedelta(days=1), datetime.min.time())


class Inventor:
    """Invents from a database. The same seed, span and content of the database give the same rows.

    What it knows of the days before is read once a simulated day; what is open, for each span.
    """

    def __init__(self, seed: int = SEED) -> None:
        self._seed = seed
        self._known: tuple[Habits, Patterns] | None = None

    def rows(self, connection: Connection, begin: datetime, end: datetime) -> dict[str, pa.Table]:
        """Canonical rows by kind, of complaints and events, for what happens after `begin` until `end`."""
        habits, patterns = self._of_late(connection, begin)
        moments = (int((at - datetime.min).total_seconds()) for at in (begin, end))
        rng = np.random.default_rng([self._seed, *moments])
        pool = read_pool(connection, habits, begin, end, rng)
        return invent(habits, patterns, pool, _next_id(connection), (begin, end), rng)

    def _of_late(self, connection: Connection, begin: datetime) -> tuple[Habits, Patterns]:
        day = begin.date()
        if self._known is None or self._known[0].day != day:
            habits = read_habits(connection, day)
            self._known = habits, read_patterns(connection, habits)
        return self._known


def _next_id(connection: Connection) -> int:
    """An id above those of all complaints, also of those that events wait for."""
    known = select(func.coalesce(func.max(complaint.c.id), 0))
    awaited = select(func.coalesce(func.max(event.c.complaint_id), 0))
    return 1 + int(max(connection.execute(statement).scalar_one() for statement in (known, awaited)))
