"""Where complaints lie on several machines, a commit reaches them one after the other: then nobody may be reading.

Who reads holds a lock with all others who do; who writes waits for them when all is written, and only for the commit.
It is the lock of a table: LOCK TABLE alone can stand before the first statement of a snapshot. An advisory lock is
asked for by a SELECT: who has waited would see the coordinator as before the commit and the other machines as after it.
"""

import time
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

FIRST: Final = "complaint"
"""The table that all others which are spread lie with."""
_LOCKED: Final = "data_version"
_NOT_HAD: Final = "55P03"
"""What PostgreSQL calls a lock that was waited for too long."""
_PAUSE: Final = 0.2
_SETTINGS: Final = (
    # Reference rows are written between facts in one transaction, which Citus allows where shards are written in turn.
    "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'",
    # What goes by way of the coordinator, a batch or the whole ledger where it is proven, may be more than 1 GB.
    "SET LOCAL citus.max_intermediate_result_size TO -1",
)


def has_citus(connection: Connection) -> bool:
    """Whether this database can be laid out over several machines."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.execute(text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")).scalar_one())


def is_spread(connection: Connection) -> bool:
    """Whether a database that has Citus is laid out."""
    found = text("SELECT count(*) FROM pg_dist_partition WHERE logicalrelid = to_regclass(:name)")
    return bool(connection.execute(found, {"name": FIRST}).scalar_one())


def write_in_turn(connection: Connection) -> None:
    """Hold the transaction to what Citus takes of a batch."""
    for one in _SETTINGS:
        connection.execute(text(one))


@dataclass
class Shards:
    """Made once for a database. `there`: whether it has any; None as long as it may come to have some."""

    there: bool | None = None
    patience: float = 3.0
    """Seconds that a commit waits at a time: who comes to read meanwhile waits for it, also who reads already elsewhere
    in the same thread, and whom the commit waits for."""

    def look(self, engine: Engine) -> None:
        """Before a snapshot begins: whether there are any. Asked in it, it would be frozen before the lock is had."""
        if self.there is None:
            with engine.connect() as connection:
                self._ask(connection)

    def reading(self, connection: Connection) -> None:
        """Before the first read of a snapshot: no commit comes in between until its transaction ends."""
        if self.there:
            connection.execute(text(_SETTINGS[1]))
            connection.execute(text(f"LOCK TABLE {_LOCKED} IN ROW SHARE MODE"))

    def writing(self, connection: Connection) -> None:
        """Before the first write of a transaction."""
        self._ask(connection)
        if self.there:
            write_in_turn(connection)

    def committing(self, connection: Connection) -> None:
        """After the last write of a transaction."""
        self._ask(connection)
        if not self.there:
            return
        connection.execute(text(f"SET LOCAL lock_timeout = {int(self.patience * 1000)}"))
        while not self._is_locked(connection):
            time.sleep(_PAUSE)

    def _is_locked(self, connection: Connection) -> bool:
        try:
            with connection.begin_nested():
                connection.execute(text(f"LOCK TABLE {_LOCKED} IN EXCLUSIVE MODE"))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _NOT_HAD:
                raise
            return False
        return True

    def _ask(self, connection: Connection) -> None:
        """Tables that are spread stay so, and a server that has no Citus does not get it while it is in use."""
        if self.there is None:
            self.there = has_citus(connection) and (is_spread(connection) or None)
