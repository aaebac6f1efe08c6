"""Periods of receipt by name, counted back from the as-of day in the data's own days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dashboard.words.text import marked
from data_access.filters import Filters

SINCE_LAUNCH: Final = "since launch"
OWN: Final = "own range"
_LENGTHS: Final = {"last 7 days": 7, "last 30 days": 30, "last 90 days": 90}
LABELS: Final = {
    SINCE_LAUNCH: marked("since launch"),
    "last 7 days": marked("last 7 days"),
    "last 30 days": marked("last 30 days"),
    "last 90 days": marked("last 90 days"),
    "this month": marked("this month"),
    "last month": marked("last month"),
    OWN: marked("own range"),
}


@dataclass(frozen=True)
class Days:
    """The days of the data, and the one whose figures are looked at."""

    first: date
    newest: date
    as_of: date


@dataclass(frozen=True)
class Period:
    """First and last day of receipt. None: since launch, until the as-of day."""

    from_on: date | None = None
    to_on: date | None = None

    def within(self, days: Days) -> tuple[date, date]:
        """Its days, both spelt out."""
        return self.from_on or days.first, self.to_on or days.as_of


def named(days: Days) -> dict[str, Period]:
    """The periods that can be chosen by name; one that ends before the data begin is left out."""
    start = days.as_of.replace(day=1)
    month_before = start - timedelta(days=1)
    found = {SINCE_LAUNCH: Period()}
    for name, length in _LENGTHS.items():
        found[name] = Period(max(days.first, days.as_of - timedelta(days=length - 1)))
    found["this month"] = Period(max(days.first, start))
    if month_before >= days.first:
        found["last month"] = Period(max(days.first, month_before.replace(day=1)), month_before)
    return found


def name_of(filters: Filters, days: Days) -> str:
    """The name of the period that these filters select; OWN when it has none."""
    period = Period(filters.from_on, filters.to_on)
    if period == Period():
        return SINCE_LAUNCH
    own = period.within(days)
    return next((name for name, one in named(days).items() if one != Period() and one.within(days) == own), OWN)


def with_period(filters: Filters, period: Period, days: Days) -> Filters:
    """The filters with this period of receipt; a period is compared with the one before it and with no day."""
    to_on = None if period.to_on == days.as_of else period.to_on
    compare = filters.compare if period == Period() else None
    return filters.but(from_on=period.from_on, to_on=to_on, compare=compare)


def at_day(filters: Filters, day: date, days: Days) -> Filters:
    """The filters as of another day: a period that has a name is counted back from there, any other is cut off there.

    The newest day is shown by an address that names no day: it goes on with the data.
    """
    then = Days(days.first, days.newest, day)
    name = name_of(filters, days)
    period = named(then).get(name, Period()) if name != OWN else _cut_off(Period(filters.from_on, filters.to_on), day)
    compare = filters.compare if filters.compare and filters.compare < day else None
    moved = filters.but(as_of=None if day == days.newest else day, compare=compare)
    return moved if period == Period(filters.from_on, filters.to_on) else with_period(moved, period, then)


def _cut_off(period: Period, day: date) -> Period:
    if period.from_on is not None and period.from_on > day:
        return Period()
    return Period(period.from_on, min(period.to_on, day) if period.to_on else None)
