"""Days as they are read: 1 Oct 2019."""

from datetime import date

from babel.dates import format_date

from dashboard.words.text import say


def day(value: date | None, language: str) -> str:
    """1 Oct 2019."""
    return format_date(value, "d MMM y", locale=language) if value else say("n/a", language)


def short_day(value: date, language: str) -> str:
    """1 Oct: where the year is plain from what stands around it."""
    return format_date(value, "d MMM", locale=language)


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
