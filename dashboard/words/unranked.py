"""Why a row of a league has no rank, or where its figures come from."""

from collections.abc import Mapping
from typing import Any

from dashboard.words.dates import day
from dashboard.words.text import say


def reasons(row: Mapping[str, Any], language: str) -> list[str]:
    """The sentences of one row; none for one that is ranked and has no note."""
    found = [say(row["note"], language)] if row["note"] else []
    if row["stale"]:
        latest = day(row["latest_event_day"], language)
        found.append(say("Stale, not ranked: no event since {day}.", language, day=latest))
    if not row["ranked"] and not found:
        found.append(say("Not ranked: nothing was received.", language))
    return found
