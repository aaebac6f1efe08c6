"""Windows of one period of receipt, which one look at the changes so far serves together."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from data_access.selection import Window


def by_period(windows: Sequence[Window]) -> list[list[Window]]:
    """The windows that differ in their as-of days alone, together, in the order of those days; each window once."""
    found: dict[tuple[date | None, date | None], list[Window]] = {}
    for window in sorted(set(windows), key=attrgetter("as_of")):
        found.setdefault((window.from_on, window.to_on), []).append(window)
    return list(found.values())
