"""Through time: the days around the one that is looked at, and the addresses that lead there."""

import json
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from callbacks.periods import Days, at_day
from dashboard.words.text import marked
from data_access.filters import Filters

REACH: Final = 7
"""Days to each side whose addresses the browser is given at once: so far it goes without asking."""
NAMES: Final = {
    "week": (marked("A week earlier"), marked("A week later")),
    "month": (marked("A month earlier"), marked("A month later")),
    "review": (marked("The review before"), marked("The next review")),
    "end": (marked("The first day"), marked("The newest day")),
}
"""How far a step goes -> what it is called, back and forward."""


@dataclass(frozen=True)
class Step:
    """One step: what it is called, the day that it leads to, and whether that is a later one."""

    name: str
    day: date
    is_later: bool


def steps(days: Days, reviews: tuple[date | None, date | None]) -> list[Step]:
    """All but those of a day: each pair back and forward, as far as the data reach; none that leads nowhere."""
    here = days.as_of
    targets = {
        "week": (here - timedelta(days=7), here + timedelta(days=7)),
        "month": (months_on(here, -1), months_on(here, 1)),
        "review": reviews,
        "end": (days.first, days.newest),
    }
    found = []
    for name, pair in targets.items():
        for later, day in enumerate(pair):
            if day is not None and day != here and days.first <= day <= days.newest:
                found.append(Step(NAMES[name][later], day, bool(later)))
    return found


def months_on(day: date, months: int) -> date:
    """The same day of another month, or its last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def told(search: str, filters: Filters, days: Days) -> str:
    """What the browser is told of the days around this address, as JSON.

    `searches` are the addresses of days one after the other, of which the one at `at` is what `search` shows; `first`
    is the first day of the data.
    """
    around = _around(days)
    queries = [at_day(filters, day, days).query() for day in around]
    content = {
        "here": search,
        "at": around.index(days.as_of),
        "searches": [f"?{query}" if query else "" for query in queries],
        "first": str(days.first),
    }
    return json.dumps(content)


def _around(days: Days) -> Sequence[date]:
    start = max(days.first, days.as_of - timedelta(days=REACH))
    end = min(days.newest, days.as_of + timedelta(days=REACH))
    return [start + timedelta(days=day) for day in range((end - start).days + 1)]
