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


def period(first: date | None, last: date | None, language: str) -> str:
    """The complaints that a view looks at, by the day they were received."""
    if first and last:
        return say("received {first} to {last}", language, first=day(first, language), last=day(last, language))
    if first:
        return say("received since {first}", language, first=day(first, language))
    if last:
        return say("received until {last}", language, last=day(last, language))
    return say("received since launch", language)
