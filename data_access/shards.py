"""Where complaints lie on several machines, a commit reaches them one after the other: then nobody may be reading.

Who reads holds a lock with all others who do; who writes waits for them when all is written, and only for the commit.
"""

import time
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

_COMMIT_LOCK: Final = 0x4A415744
"""Any constant that no other lock of ours has."""
_NOT_HAD: Final = "55P03"
"""What PostgreSQL calls a lock that was waited for too long."""
_PAUSE: Final = 0.2


def has_citus(connection: Connection) -> bool:
    """Whether this database can be laid out over several machines."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.execute(text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")).scalar_one())


@dataclass
class Shards:
    """Made once for a database; whether it has any is asked once."""

    there: bool | None = None
    patience: float = 3.0
    """Seconds that a commit waits at a time: who comes to read meanwhile waits for it, also who reads already elsewhere
    in the same thread, and whom the commit waits for."""

    def reading(self, connection: Connection) -> None:
        """Before the first read of a snapshot: no commit comes in between until its transaction ends."""
        if self._are_there(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _COMMIT_LOCK})

    def committing(self, connection: Connection) -> None:
        """After the last write of a transaction."""
        if not self._are_there(connection):
            return
        connection.execute(text(f"SET LOCAL lock_timeout = {int(self.patience * 1000)}"))
        while not self._is_locked(connection):
            time.sleep(_PAUSE)

    def _is_locked(self, connection: Connection) -> bool:
        try:
            with connection.begin_nested():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _COMMIT_LOCK})
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _NOT_HAD:
                raise
            return False
        return True

    def _are_there(self, connection: Connection) -> bool:
        if self.there is None:
            self.there = has_citus(connection)
        return self.there
