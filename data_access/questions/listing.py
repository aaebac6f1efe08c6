"""Lists too long to be answered whole: a part at a time, from a place that a cursor holds.

A cursor is opaque to those who carry it. It holds the sort and the key of the last row that was given, so that the next
part begins behind that row, however many came before it; or a number of rows to pass over, for tables that jump.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from data_access.filters import FilterError

FARTHEST: Final = 10_000
"""Rows that can be passed over by their number: each of them costs as much as one that is shown."""

LONGEST_KEY: Final = 100
"""Letters of a text by which a list is sorted, so that a cursor fits into an address."""

Key = int | str | date


@dataclass(frozen=True)
class Part:
    """Some rows of a list. `count` are all its rows, `next` is the cursor of the part that follows; None: none does."""

    rows: pd.DataFrame
    count: int
    next: str | None


@dataclass(frozen=True)
class Behind:
    """The place behind the row with this key, and this id among rows of the same key, of a list that is so sorted."""

    sort: str
    key: Key
    id: int


@dataclass(frozen=True)
class Over:
    """The place behind so many rows."""

    rows: int


Place = Behind | Over
START: Final[Place] = Over(0)


def cursor_of(place: Place) -> str:
    """The place as a cursor."""
    if isinstance(place, Over):
        content: list[int | str] = [place.rows]
    else:
        key = place.key.isoformat() if isinstance(place.key, date) else place.key
        content = [place.sort, key, place.id]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(cursor: str | None, sort: str, kind: type[Key], farthest: int = FARTHEST) -> Place:
    """The place that a cursor holds; the start without one. `kind` is the type of the keys of this sort.

    `farthest`: rows that can be passed over by their number.

    Raises FilterError for what is no cursor, or the cursor of a list that is sorted in another way.
    """
    if cursor is None:
        return START
    try:
        content = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        content = None
    match content:
        case [int(rows)] if not isinstance(rows, bool) and 0 <= rows <= farthest:
            return Over(rows)
        case [str(sorted_by), int() | str() as key, int(number)] if sorted_by == sort and abs(number) < 2**63:
            try:
                return Behind(sort, _key(key, kind), number)
            except ValueError:
                pass
    message = "cursor is none that an answer under these filters gave as next; leave it out to begin at the start."
    raise FilterError("cursor", cursor, message)


def _key(key: int | str, kind: type[Key]) -> Key:
    """The key as the database is asked with it. Raises ValueError for what no row can have."""
    if kind is date and isinstance(key, str):
        return date.fromisoformat(key)
    if type(key) is not kind:
        raise ValueError
    if isinstance(key, int) and abs(key) >= 2**63:
        raise ValueError
    if isinstance(key, str) and ("\0" in key or len(key) > LONGEST_KEY):
        raise ValueError
    if isinstance(key, str):
        key.encode()  # half of a pair of surrogates is a UnicodeEncodeError, which is a ValueError
    return key
