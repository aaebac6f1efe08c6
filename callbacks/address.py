"""What the controls write: an address from the one that is there and what was chosen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from callbacks import periods
from callbacks.fitting import chosen
from callbacks.offered import Offered
from callbacks.periods import Days, Period
from dashboard.panels.catalogue import PANELS
from data_access.filters import FilterError, Filters, parse, parse_query


def sound(search: str) -> Filters:
    """What an address asks for, as far as it can be read: what is wrong with the rest, the page says itself."""
    pairs: list[tuple[str, str]] = []
    for pair in parse_qsl(search.removeprefix("?")):
        try:
            parse([*pairs, pair])
        except FilterError:
            continue
        pairs.append(pair)
    return parse(pairs)


def after(offered: Offered, changes: Mapping[str, str | None], days: Days | None) -> Filters:
    """The filters after what the controls say has changed: by parameter, a slug or None for all.

    `as_of` is a day; `received` two of them, with a slash between. What the bar shows already is no choice, and neither
    is what an account is pinned to.
    """
    for name, value in changes.items():
        if name == "as_of":
            offered = replace(offered, filters=_at_day(offered.filters, value, days))
        elif name == "received":
            offered = replace(offered, filters=_received(offered.filters, value, days))
        elif name not in offered.fixed and value != offered.shown(name):
            offered = replace(offered, filters=chosen(offered.filters, name, value, offered.directory))
    return offered.filters.but(cursor=None)


def _at_day(filters: Filters, value: str | None, days: Days | None) -> Filters:
    if value is None or days is None:
        return filters
    day = min(max(date.fromisoformat(value[:10]), days.first), days.newest)
    return filters if day == days.as_of else periods.at_day(filters, day, days)


def _received(filters: Filters, value: str | None, days: Days | None) -> Filters:
    if value is None or days is None:
        return filters
    first, last = (date.fromisoformat(one[:10]) for one in value.split("/"))
    there = Period(filters.from_on, filters.to_on)
    if there != Period() and there.within(days) == (first, last):
        return filters
    return periods.with_period(filters, Period(first, last), days)


def clicked(search: str, name: str, click: Mapping[str, Any] | None) -> str | None:
    """The search that a click on the chart of this panel leads to; None where it leads nowhere.

    A place or a row is asked for, with all other filters kept; a point in time becomes the as-of day.
    """
    points = (click or {}).get("points")
    point = points[0] if isinstance(points, list) and points and isinstance(points[0], dict) else {}
    panel = PANELS[name]
    try:
        filters = parse_query(search)
        if panel.chart.kind == "lines" and panel.looks_ahead:
            return None  # its days may be still to come
        if panel.chart.kind == "lines":
            return written(filters.back_to(date.fromisoformat(str(point.get("x"))[:10])))
        slug = point.get("customdata")
        if panel.drill is None or not isinstance(slug, str) or not slug:
            return None
        return written(parse_query(filters.but(**{panel.drill: slug}).query()))
    except ValueError:  # FilterError is one: the page says what is wrong with the address
        return None


def written(filters: Filters) -> str:
    """The filters as an address holds them."""
    query = filters.query()
    return f"?{query}" if query else ""
