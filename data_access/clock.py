"""The time as it is stored, and the zone that days are told in."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = "Asia/Karachi"
KARACHI: Final = ZoneInfo(ZONE)


def utc_now() -> datetime:
    """The time in UTC, without a zone, as stamps are stored."""
    return datetime.now(UTC).replace(tzinfo=None)
