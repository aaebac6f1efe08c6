"""What the controls write: an address from the one that is there and what was chosen."""

from datetime import date

from data_access.filters import FilterError, parse_query


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
    query = filters.but(as_of=wanted, compare=compare).query()
    return f"?{query}" if query else ""
