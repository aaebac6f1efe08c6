"""Every level equals the level above: what adding up its rows must give."""

from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from data_access.filters import Filters, parse_query
from data_access.questions import flat
from data_access.questions.categories import categories
from data_access.questions.departments import departments, offices
from data_access.questions.figures import COUNTS
from data_access.questions.places import districts, provinces
from data_access.questions.totals import totals
from data_access.reader import Snapshot
from data_access.selection import View, view_of

Question = Callable[[Snapshot, View], pd.DataFrame]
PARTS: Final[dict[str, Question]] = {
    "provinces": provinces,
    "districts": districts,
    "departments": departments,
    "offices": offices,
    "categories": categories,
    "channels": flat.channels,
    "residencies": flat.residencies,
    "genders": flat.genders,
    "outcomes": flat.outcomes,
}
FLAT: Final = ("channels", "residencies", "genders", "outcomes")
"""Those without levels below them."""
ADDING: Final = ("received", "resolved", "pending", "pending_over_90", "overdue", *COUNTS)
MOVES: Final = frozenset({"moved_in", "moved_out", "period_arrivals", "filed"})
"""What is counted at the border of a row: moves inside the whole are moves of its parts."""


def ask(snapshot: Snapshot, question: Question, filters: Filters) -> pd.DataFrame:
    """The answer to a question under the filters."""
    return question(snapshot, view_of(snapshot, filters))


def broken(snapshot: Snapshot, name: str, filters: Filters) -> Iterator[str]:
    """For each count of a part that does not add up to the whole, what is wrong."""
    whole, parts = ask(snapshot, totals, filters).iloc[0], ask(snapshot, PARTS[name], filters)
    inner = name in {"departments", "offices"} or (name == "provinces" and filters.government is None)
    for count in flat.COUNTS if name in FLAT else ADDING:
        if inner and count in MOVES - {"filed"}:
            continue
        if parts[count].sum() != whole[count]:
            yield f"{name}?{filters.query()}: {count} adds up to {parts[count].sum()}, the whole is {whole[count]}"


def holding(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Every question about the parts of something: which parts, and the query that asks."""
    members = snapshot.directory.members
    for view in ("", "&view=placed"):
        for name in ("provinces", "districts", "departments", "categories", *FLAT):
            yield name, view
        for government in members["government"].values():
            if view and not snapshot.directory.territory(government.slug):
                continue
            for name in ("provinces", "districts", "departments", "categories", *FLAT):
                yield name, f"government={government.slug}{view}"
    for department in members["department"].values():
        for name in ("offices", "categories", "districts", *FLAT):
            yield name, f"department={department.slug}"
    for category in members["category"].values():
        yield "categories", f"category={category.slug}"
        if category.parent is None:
            yield "provinces", f"category={category.slug}"


def at(query: str, rest: str) -> Filters:
    """The filters of a query with more to it."""
    return parse_query("&".join(part for part in (query, rest) if part))
