"""How fresh the data are, for whoever watches the server."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from data_access.clock import KARACHI
from data_access.tables.system import data_version


@dataclass(frozen=True)
class Freshness:
    """The newest data version (0: none), when it landed (UTC), and the day of its newest event."""

    version: int
    landed_at: datetime | None = None
    newest_day: date | None = None

    def age_in_days(self, now: datetime) -> int:
        """Whole days from the newest event's day to today's, in Karachi; 0 where there is none."""
        return (now.astimezone(KARACHI).date() - self.newest_day).days if self.newest_day else 0


def read_freshness(connection: Connection) -> Freshness:
    """How fresh they are now."""
    version = data_version.c
    newest = select(version.version, version.made_at, version.newest_day).order_by(version.version.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return Freshness(0) if row is None else Freshness(row.version, row.made_at, row.newest_day)
