"""What stands in the filter bar and the breadcrumb under an address: plain functions, without Dash's callbacks."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dash.development.base_component import Component

from callbacks import periods, travel
from callbacks.address import sound
from callbacks.choices import Choices, Control
from callbacks.offered import Offered
from callbacks.periods import Days, Period
from callbacks.steps import steps
from callbacks.ways import within_reach
from dashboard.words.dates import day, short_day
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.filters import FilterError, Filters
from data_access.questions.posts import post_at
from data_access.reader import Snapshot
from data_access.selection import reviews_around
from layouts import as_of, received
from layouts.breadcrumb import crumb
from layouts.pages import PAGES, page_at
from layouts.parts import address

_OF_TIME: Final = frozenset({"from", "to"})


@dataclass(frozen=True)
class Bar:
    """Everything that the bar shows. `days` and the period are None while the data hold no day.

    `steps` lead to days farther off, `travel` tells the browser of those close by.
    """

    hidden: bool
    crumbs: Sequence[Component]
    controls: Mapping[str, Control]
    days: Days | None
    received: str
    periods: Sequence[Component]
    steps: Sequence[Component]
    travel: str
    from_on: date | None
    to_on: date | None

    def mark(self, part: str) -> str:
        """Differs when the crumbs, the periods or the controls, without what is chosen in them, differ."""
        if part == "controls":
            said: Any = {name: (one.options, one.reason) for name, one in self.controls.items()}
        else:
            said = [one.to_plotly_json() for one in getattr(self, part)]
        return hashlib.sha256(json.dumps(said, default=_plain).encode()).hexdigest()[:12]


def _plain(component: Component) -> Any:
    return component.to_plotly_json()


def days_of(snapshot: Snapshot, filters: Filters) -> Days | None:
    """The days of the data, and the one that these filters look at."""
    first, newest = snapshot.state.first_day, snapshot.state.newest_day
    if first is None or newest is None:
        return None
    as_of = filters.as_of or newest
    return Days(first, newest, min(max(as_of, first), newest))


def bar_of(snapshot: Snapshot, path: str, search: str) -> Bar:
    """The bar of the page at this path, within the scope of the snapshot."""
    filters = sound(search)
    language = filters.lang or DEFAULT_LANGUAGE
    page = page_at(path)
    taken = page.parameters if page else frozenset()
    outside = page.within if page else None  # one of many: what is asked for is the list that it stands in
    inside = say("Complaint {number}", language, number=path.rpartition("/")[2]) if outside else ""
    offered = Offered(snapshot.directory, filters, snapshot.scope)
    days = days_of(snapshot, filters)
    period = Period(filters.from_on, filters.to_on)
    spelt = period.within(days) if days and period != Period() else (None, None)
    office = offered.asked.get("office")
    post = post_at(snapshot, office, days.as_of) if office and days else None
    way, goal = steps(offered, taken, snapshot.state.origin.place, post, inside), PAGES[outside] if outside else page

    def leads(there: Filters | None) -> Filters | None:
        if goal is None or there is None:
            return there
        reached = within_reach(goal, there, snapshot)
        # How a table is sorted, and which of its rows are shown, is no reason not to go.
        is_there = reached.but(sort=None) == there.but(sort=None)
        return reached.but(cursor=None) if is_there else None

    return Bar(
        hidden=snapshot.scope.pages is not None or outside is not None,
        crumbs=[crumb(one.name, outside or path, leads(one.filters), here=one.here) for one in way],
        controls=Choices(offered, taken).controls(),
        days=days,
        received=_received(filters, days, language),
        steps=_steps(snapshot, path, filters, days, language),
        travel=travel.told(search, filters, days) if days else "",
        periods=_periods(path, filters, days, language) if taken >= _OF_TIME else [],
        from_on=spelt[0],
        to_on=spelt[1],
    )


def _steps(snapshot: Snapshot, path: str, filters: Filters, days: Days | None, language: str) -> list[Component]:
    """The ways to days that lie farther off."""
    if days is None:
        return []
    try:
        reviews = reviews_around(snapshot, filters, days.as_of)
    except FilterError:  # of a government that nobody knows; the page says so
        reviews = (None, None)
    return as_of.steps(
        (
            say(step.name, language),
            day(step.day, language),
            address(path, periods.at_day(filters, step.day, days)),
            step.is_later,
        )
        for step in travel.steps(days, reviews)
    )


def _received(filters: Filters, days: Days | None, language: str) -> str:
    """What the face of the period's control says."""
    if days is None:
        return ""
    name = periods.name_of(filters, days)
    if name != periods.OWN:
        return say(periods.LABELS[name], language)
    first, last = Period(filters.from_on, filters.to_on).within(days)
    shown = short_day(first, language) if first.year == last.year else day(first, language)
    return say("{first} to {last}", language, first=shown, last=day(last, language))


def _periods(path: str, filters: Filters, days: Days | None, language: str) -> list[Component]:
    if days is None:
        return []
    own = periods.name_of(filters, days)
    return received.periods(
        (say(periods.LABELS[name], language), address(path, periods.with_period(filters, one, days)), name == own)
        for name, one in periods.named(days).items()
    )
