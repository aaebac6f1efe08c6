"""How often somebody asks, counted in the database, for all processes of all hosts that serve it together.

One row for each name: the window of time that runs, and what was counted in the one before it, of which less and less
counts as the new one goes on.
"""

import hashlib
import hmac
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, case, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from data_access.database import Database
from data_access.tables.together import asked

_AGAIN: Final = 2.0
"""Seconds for which a database that did not answer is not asked to count."""
_PART: Final = 100
_MOST: Final = 5_000
"""Names of which something is held at a time."""
_FORGOTTEN: Final = 10
"""Windows after which a row may go."""


@dataclass(frozen=True)
class _Taken:
    """What this process may answer without counting anew in the window that began then; how many to take next."""

    begun: int = 0
    left: int = 0
    next: int = 1


class AskedTogether:
    """Counts on PostgreSQL. Made once for a server; `key` keeps names unreadable, `now` gives seconds since 1970.

    Far from the limit several are counted at once, a hundredth of what is left, and answered one by one: so the
    database is asked at every ninth request or so, and never is more answered than may be, by however many processes.
    """

    def __init__(self, database: Database, key: str, now: Callable[[], float] = time.time) -> None:
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._key, self._now = key.encode(), now
        self._gone_until = -math.inf
        self._taken: dict[str, _Taken] = {}
        self._lock = Lock()

    def more(self, name: str, most: int, window: int, rest: int = 0) -> float | None:
        """Count one more; the seconds until it may be asked again, 0 where this one may. None: nobody can count now.

        `most` in a `window` of seconds; one that is over it rests for `rest` seconds, or until the window ends.
        """
        begun = int(self._now() // window) * window
        taken = self._one_taken(name, begun)
        if taken.left:
            return 0.0
        if time.monotonic() < self._gone_until:
            return None
        try:
            with self._engine.connect() as connection:
                return self._counted(connection, name, begun, taken.next, most, window, rest)
        except SQLAlchemyError:
            self._gone_until = time.monotonic() + _AGAIN
            return None

    def _one_taken(self, name: str, begun: int) -> _Taken:
        """What is held of this name before one of it is given away; nothing of a window that has ended."""
        with self._lock:
            found = self._taken.get(name, _Taken())
            if found.begun != begun:
                return _Taken()
            self._taken[name] = replace(found, left=max(found.left - 1, 0))
            return found

    def _counted(
        self, connection: Connection, name: str, begun: int, many: int, most: int, window: int, rest: int
    ) -> float:
        now = self._now()
        hashed = hmac.new(self._key, name.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
        times, before, rests = _more(connection, hashed, begun, window, int(now), many)
        if rests > now:
            return rests - now
        if times == many and not before:
            connection.execute(delete(asked).where(asked.c.begun < begun - _FORGOTTEN * window))
        over = times + before * max(begun + window - now, 0) / window - most
        if over <= 0:
            self._take(name, _Taken(begun, many - 1, max(1, int(-over) // _PART)))
            return 0.0
        one_may = over - (many - 1) <= 0
        until = now if one_may else now + rest if rest else begun + window
        given_back: dict[str, Any] = {"times": asked.c.times - (many - 1 if one_may else many)}
        if rest and not one_may:
            given_back["rests"] = math.ceil(until)
        connection.execute(update(asked).where(asked.c.name == hashed).values(given_back))
        self._take(name, _Taken(begun))
        return until - now

    def _take(self, name: str, taken: _Taken) -> None:
        with self._lock:
            if len(self._taken) > _MOST:
                self._taken.clear()
            self._taken[name] = taken


def _more(connection: Connection, name: str, begun: int, window: int, now: int, many: int) -> tuple[int, int, int]:
    """Times in this window, in the one before, and until when it rests; whoever rests is not counted."""
    a = asked.c
    runs, has_ended = a.begun >= begun, a.begun == begun - window  # the clock of another host may be ahead of ours
    counted = {
        "begun": func.greatest(a.begun, begun),
        "before": case((runs, a.before), (has_ended, a.times), else_=0),
        "times": case((runs, a.times), else_=0) + case((a.rests > now, 0), else_=many),
    }
    first = insert(asked).values(name=name, begun=begun, times=many, before=0, rests=0)
    statement = first.on_conflict_do_update(index_elements=[a.name], set_=counted)
    row = connection.execute(statement.returning(a.times, a.before, a.rests)).one()
    return row.times, row.before, row.rests
