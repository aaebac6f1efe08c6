"""How often somebody failed at the door, counted in the database, for all processes that serve it together.

One row: what failures are counted by, under a keyed hash, in one window of time. `times` are those so far.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from data_access.database import Database
from data_access.tables.accounts import guess_count


@dataclass(frozen=True)
class GuessCounts:
    """Counts on PostgreSQL, each step in a transaction of its own. `now` gives seconds since 1970."""

    database: Database
    now: Callable[[], float] = time.time

    def more(self, name: str, seconds: int) -> int:
        """One more; how many there are then. What is first counted now may be forgotten after so many seconds."""
        now = int(self.now())
        g = guess_count.c
        counted = insert(guess_count).values(name=name, times=1, until=now + seconds)
        counted = counted.on_conflict_do_update(index_elements=[g.name], set_={"times": g.times + 1})
        with self.database.engine.begin() as connection:
            times: int = connection.execute(counted.returning(g.times)).scalar_one()
            if times == 1:
                connection.execute(delete(guess_count).where(g.until < now))
        return times

    def less(self, name: str) -> None:
        """One fewer: it was no failure."""
        g = guess_count.c
        with self.database.engine.begin() as connection:
            connection.execute(update(guess_count).where(g.name == name, g.times > 0).values(times=g.times - 1))
