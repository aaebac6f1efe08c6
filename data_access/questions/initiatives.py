"""What came out of complaints: policies, campaigns for the portal, and stories of how complaints were redressed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import select

from data_access.filters import FilterError
from data_access.reader import Snapshot
from data_access.roles import COMPLAINTS
from data_access.selection import View
from data_access.tables.records import initiative, initiative_category, success_story

POLICY: Final = "policy"
CAMPAIGN: Final = "campaign"
KINDS: Final = (POLICY, CAMPAIGN)
"""What an initiative can be: a policy that answers complaints, or a campaign that makes the portal known."""
SEVERAL: Final = "; "
"""Stands between the names of several categories, which may have commas in them."""
COLUMNS: Final = (
    *("id", "slug", "kind", "title", "owner", "started_on", "category_slugs", "categories", "summary", "source"),
)
STORIES: Final = (
    *("slug", "title", "kind", "told_on", "category_slug", "category", "district_slug", "district"),
    *("complaint", "summary", "source"),
)


def initiatives(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per initiative that had begun by the as-of day and is not withdrawn, the newest first: COLUMNS.

    categories are the names of those that it answers, with SEVERAL between, and category_slugs their slugs in the same
    order, with blanks between; both null where it answers none.
    """
    if view.as_of is None:
        return pd.DataFrame(columns=list(COLUMNS))
    i = initiative.c
    begun = select(initiative).where(i.started_on <= view.as_of, i.withdrawn_at.is_(None))
    answered = categories_answered(snapshot)
    rows = [
        {**row, **_named(answered.get(row["id"], ()))}
        for row in snapshot.connection.execute(begun.order_by(i.started_on.desc(), i.id)).mappings()
    ]
    return _table(rows, COLUMNS)


def categories_answered(snapshot: Snapshot) -> dict[int, list[tuple[str, str]]]:
    """By the id of each initiative the slug and name of every category that it answers, by name."""
    ic, members = initiative_category.c, snapshot.directory.members["category"]
    found: dict[int, list[tuple[str, str]]] = {}
    for row in snapshot.connection.execute(select(ic.initiative_id, ic.category_id)):
        if row.category_id in members:
            member = members[row.category_id]
            found.setdefault(row.initiative_id, []).append((member.slug, member.name))
    return {key: sorted(pairs, key=lambda pair: pair[1]) for key, pairs in found.items()}


def stories(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per story told by the as-of day and not withdrawn, the newest first: STORIES.

    complaint is its number, null where none is named or the account may not see complaints.
    """
    if view.as_of is None:
        return pd.DataFrame(columns=list(STORIES))
    s = success_story.c
    told = select(success_story).where(s.told_on <= view.as_of, s.withdrawn_at.is_(None))
    sees = snapshot.scope.may(COMPLAINTS) and not snapshot.scope.pinned
    rows = [
        {
            **row,
            **_member(snapshot, "category", row["category_id"]),
            **_member(snapshot, "district", row["district_id"]),
            "complaint": row["complaint_id"] if sees else None,
        }
        for row in snapshot.connection.execute(told.order_by(s.told_on.desc(), s.id)).mappings()
    ]
    return _table(rows, STORIES)


def looked_at(table: pd.DataFrame, number: int | None, kind: str = POLICY) -> "pd.Series[Any] | None":
    """The initiative of this kind that is looked at: the one of that id, the newest where none is asked for.

    Of policies that is the newest that answers a category. None: there is none, or the one of that id is of another
    kind. Raises FilterError for an id that nobody has.
    """
    if number is not None and table[table["id"] == number].empty:
        message = f"There is no initiative {number} by that day; the panel initiatives lists them."
        raise FilterError("id", str(number), message)
    rows: list[Mapping[str, Any]] = table.to_dict("records")  # type: ignore[assignment]  # columns have names
    found = place_of(rows, number, kind)
    return None if found is None else table.iloc[found]


def place_of(rows: Sequence[Mapping[str, Any]], number: int | None, kind: str) -> int | None:
    """Which of the rows, the newest first, `looked_at` means."""
    of_kind = [place for place, row in enumerate(rows) if row["kind"] == kind]
    if number is not None:
        return next((place for place in of_kind if rows[place]["id"] == number), None)
    return next((place for place in of_kind if kind != POLICY or rows[place]["category_slugs"]), None)


def _named(answered: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    return {
        "category_slugs": " ".join(slug for slug, _ in answered) or None,
        "categories": SEVERAL.join(name for _, name in answered) or None,
    }


def _member(snapshot: Snapshot, name: str, key: int | None) -> dict[str, str | None]:
    member = None if key is None else snapshot.directory.members[name].get(key)
    return {f"{name}_slug": member.slug if member else None, name: member.name if member else None}


def _table(rows: list[dict[str, object]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})
