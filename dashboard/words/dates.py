"""Days as they are read: 1 Oct 2019."""

from datetime import UTC, date, datetime

from babel.dates import format_date

from dashboard.words.text import say
from data_access.clock import KARACHI


def day(value: date | None, language: str) -> str:
    """1 Oct 2019."""
    return format_date(value, "d MMM y", locale=language) if value else say("n/a", language)


def month(value: date, language: str) -> str:
    """Oct 2019: of any of its days."""
    return format_date(value, "MMM y", locale=language)


def short_day(value: date, language: str) -> str:
    """1 Oct: where the year is plain from what stands around it."""
    return format_date(value, "d MMM", locale=language)


def moment(value: datetime, language: str) -> str:
    """1 Oct 2019, 17:04:05, in Karachi; the value is in UTC, without a zone, as times are stored."""
    there = value.replace(tzinfo=UTC).astimezone(KARACHI)
    return f"{day(there.date(), language)}, {there:%H:%M:%S}"


def received_in(first: date | None, last: date | None, language: str) -> str:
    """The complaints that a view looks at, by the day they were received."""
    if first is None or last is None:
        return say("received since launch", language)
    return say("received {first} to {last}", language, first=day(first, language), last=day(last, language))


def days_in(first: date | None, last: date | None, language: str) -> str:
    """The days of events that a view looks at."""
    if first is None or last is None:
        return say("since launch", language)
    return say("{first} to {last}", language, first=day(first, language), last=day(last, language))
