"""The time as it is stored."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time in UTC, without a zone, as stamps are stored."""
    return datetime.now(UTC).replace(tzinfo=None)
