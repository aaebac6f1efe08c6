"""What came out of complaints: policy initiatives, and stories of how complaints were redressed."""

from typing import Any, Final

import pandas as pd
from sqlalchemy import select

from data_access.filters import FilterError
from data_access.reader import Snapshot
from data_access.roles import COMPLAINTS
from data_access.selection import View
from data_access.tables.records import initiative, success_story

COLUMNS: Final = ("id", "slug", "title", "owner", "started_on", "category_slug", "category", "summary", "source")
STORIES: Final = (
    *("slug", "title", "kind", "told_on", "category_slug", "category", "district_slug", "district"),
    *("complaint", "summary", "source"),
)


def initiatives(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per initiative that had begun by the as-of day, the newest first: COLUMNS.

    category is what it answers, null where it answers no single one.
    """
    if view.as_of is None:
        return pd.DataFrame(columns=list(COLUMNS))
    i = initiative.c
    begun = select(initiative).where(i.started_on <= view.as_of).order_by(i.started_on.desc(), i.id)
    rows = [
        {**row, **_member(snapshot, "category", row["category_id"])}
        for row in snapshot.connection.execute(begun).mappings()
    ]
    return _table(rows, COLUMNS)


def stories(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per story told by the as-of day, the newest first: STORIES.

    complaint is its number, null where none is named or the account may not see complaints.
    """
    if view.as_of is None:
        return pd.DataFrame(columns=list(STORIES))
    s = success_story.c
    told = select(success_story).where(s.told_on <= view.as_of).order_by(s.told_on.desc(), s.id)
    sees = snapshot.scope.may(COMPLAINTS) and not snapshot.scope.pinned
    rows = [
        {
            **row,
            **_member(snapshot, "category", row["category_id"]),
            **_member(snapshot, "district", row["district_id"]),
            "complaint": row["complaint_id"] if sees else None,
        }
        for row in snapshot.connection.execute(told).mappings()
    ]
    return _table(rows, STORIES)


def looked_at(table: pd.DataFrame, number: int | None) -> "pd.Series[Any] | None":
    """The initiative of that id; the newest that answers a category where none is asked for; None: there is none.

    Raises FilterError for an id that nobody has.
    """
    if number is None:
        found = table[table["category_slug"].notna()]
        return None if found.empty else found.iloc[0]
    found = table[table["id"] == number]
    if found.empty:
        message = f"There is no initiative {number} by that day; the panel initiatives lists them."
        raise FilterError("id", str(number), message)
    return found.iloc[0]


def _member(snapshot: Snapshot, name: str, key: int | None) -> dict[str, str | None]:
    member = None if key is None else snapshot.directory.members[name].get(key)
    return {f"{name}_slug": member.slug if member else None, name: member.name if member else None}


def _table(rows: list[dict[str, object]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})
