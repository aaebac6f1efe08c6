"""What the controls write: an address from the one that is there and what was chosen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.panels.catalogue import PANELS
from data_access.filters import FilterError, Filters, parse_query


def clicked(search: str, name: str, click: Mapping[str, Any] | None) -> str | None:
    """The search that a click on the chart of this panel leads to; None where it leads nowhere.

    A place or a row is asked for, with all other filters kept; a point in time becomes the as-of day.
    """
    points = (click or {}).get("points")
    point = points[0] if isinstance(points, list) and points and isinstance(points[0], dict) else {}
    panel = PANELS[name]
    try:
        filters = parse_query(search)
        if panel.chart.kind == "lines":
            return _search(filters.but(as_of=date.fromisoformat(str(point.get("x"))[:10])))
        slug = point.get("customdata")
        if panel.drill is None or not isinstance(slug, str) or not slug:
            return None
        return _search(parse_query(filters.but(**{panel.drill: slug}).query()))
    except ValueError:  # FilterError is one: the page says what is wrong with the address
        return None


def _search(filters: Filters) -> str:
    query = filters.query()
    return f"?{query}" if query else ""


def at_day(search: str, chosen: str | None, newest: str | None) -> str | None:
    """The search under which the figures of the chosen day are shown; None when they are shown already.

    The newest day is shown by an address that names no day: it goes on with the data.
    """
    if chosen is None or newest is None:
        return None
    day = date.fromisoformat(chosen[:10])
    wanted = None if day == date.fromisoformat(newest[:10]) else day
    try:
        filters = parse_query(search)
    except FilterError:
        return None  # the page says what is wrong with the address, and leads back to one that can be changed
    if filters.as_of in (day, wanted):
        return None
    compare = filters.compare if filters.compare and filters.compare < day else None
    return _search(filters.but(as_of=wanted, compare=compare))
