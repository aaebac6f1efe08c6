"""What is to be done until the next review, and by whom? Each office's work, by the district it is about."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Select, select

from data_access.directory import Directory
from data_access.questions import crossing
from data_access.questions.grids import UNPLACED, member_of
from data_access.questions.ledger_counts import is_open, ledger_conditions
from data_access.questions.members import NOT_PLACED, PLACED_ELSEWHERE
from data_access.questions.places import territory_of
from data_access.questions.promises import COLUMNS as PROMISED
from data_access.questions.promises import promised
from data_access.reader import Snapshot
from data_access.selection import View, Window
from data_access.tables.facts import assignment

ABOUT: Final = (
    "slug",
    "name",
    "is_member",
    *(f"{part}_{what}" for part in ("district", "department", "government") for what in ("slug", "name")),
)
CHANGING: Final = ("pending", "pending_over_90", "overdue")
COLUMNS: Final = (*ABOUT, *crossing.COUNTS, *crossing.PER_DAY, *(f"{name}_change" for name in CHANGING), *PROMISED)
MOST: Final = 1000
"""Rows of the whole country; the rest is one row."""
OTHERS: Final = "others"
_ELSEWHERE: Final = -1
"""Stands for all districts outside the territory of the government that is looked at."""

Cell = tuple[int, int]
"""An office and a district, by their ids."""


def worklist(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per office and district where complaints are pending, or were when changes begin: COLUMNS.

    What hurts most comes first: most that is over 90 days old or will be by then, then most overdue, then most pending.
    slug and name are the office's. What is not placed, or placed outside the territory of the government looked at, has
    rows of its own per office. Of the whole country the MOST rows that hurt most are told and the others summed up.
    """
    if view.window is None or view.until is None:
        return pd.DataFrame(columns=list(COLUMNS))
    cells = _cells(snapshot, view)
    whole_country = view.selection.government is None and not view.selection.crossed
    shown, rest = (cells[:MOST], cells[MOST:]) if whole_country else (cells, cells[:0])
    told: list[Cell | None] = list(shown.index)
    if len(rest):
        told, shown = [*told, None], pd.concat([shown, rest.sum().to_frame().T], ignore_index=True)
    found = {name: shown[name].to_numpy(dtype=np.int64) for name in crossing.COUNTS}
    changes = {f"{name}_change": _moved(shown, name, view) for name in CHANGING}
    lines = _lines(snapshot.directory, told)
    return pd.DataFrame(
        {**lines, **found, **crossing.per_day(found, view), **changes, **promised(snapshot, view, told)}
    )


def _moved(shown: pd.DataFrame, name: str, view: View) -> "pd.Series[Any]":
    """The change of a count; null where there is nothing to compare with."""
    moved = (shown[name] - shown[f"{name}_before"]).astype("Int64").reset_index(drop=True)
    return moved if view.before else moved.mask(moved.notna())


def _cells(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """The counts now and before of each office and district (the index), what hurts most first."""
    now = _held(snapshot, view, _counted(view))
    before = now[list(CHANGING)][:0] if view.before is None else _held(snapshot, view, _earlier(view, view.before))
    both = now.merge(before, "outer", left_index=True, right_index=True, suffixes=("", "_before"), sort=True)
    both = both.fillna(0).astype(np.int64)
    order = pd.DataFrame(
        {
            "long": -both["pending_over_90"] - both["crosses_90"],
            "overdue": -both["overdue"],
            "pending": -both["pending"],
        }
    )
    return both.loc[order.sort_values([*order, "office", "district"]).index]


def _counted(view: View) -> Select[Any]:
    if view.window is None:
        raise ValueError("there is no day to count on")
    return _by_cell(view, view.window, list(crossing.counts(view).values()))


def _earlier(view: View, window: Window) -> Select[Any]:
    """The first three counts as of the day that changes are measured against."""
    counts = crossing.counts(View(view.filters, view.selection, window, None, view.until))
    return _by_cell(view, window, [counts[name] for name in CHANGING])


def _by_cell(view: View, window: Window, counts: Sequence[Any]) -> Select[Any]:
    office, district = (
        assignment.c.office_id.label("office"),
        member_of(assignment, "district").element.label("district"),
    )
    return (
        select(office, district, *counts)
        .where(*ledger_conditions(view.selection, window), is_open(window))
        .group_by(office.element, district.element)
    )


def _held(snapshot: Snapshot, view: View, statement: Select[Any]) -> pd.DataFrame:
    """The counts of each office and district; districts that are not one's own are one."""
    found = pd.DataFrame(snapshot.columns(statement)).astype(np.int64)
    land = territory_of(snapshot.directory, view.selection) if view.selection.districts is None else ()
    if land:
        found["district"] = found["district"].where(found["district"].isin([UNPLACED, *land]), _ELSEWHERE)
    return found.groupby(["office", "district"]).sum()


def _lines(directory: Directory, cells: Sequence[Cell | None]) -> dict[str, list[Any]]:
    """ABOUT, one value for each cell; None is that of all others."""
    others = {"slug": OTHERS, "name": "All others", "is_member": False}
    rows = [_line(directory, *cell) if cell else {**dict.fromkeys(ABOUT), **others} for cell in cells]
    return {name: [row[name] for row in rows] for name in ABOUT}


def _line(directory: Directory, office_id: int, key: int) -> Mapping[str, Any]:
    office = directory.member("office", office_id)
    department = directory.parent_of(office, "department")
    government = None if department is None else directory.parent_of(department, "government")
    rest = {UNPLACED: (NOT_PLACED, "Not placed"), _ELSEWHERE: (PLACED_ELSEWHERE, "Placed elsewhere")}
    district = rest.get(key)
    if district is None:
        found = directory.member("district", key)
        district = (found.slug, found.name)
    above = [value for one in (department, government) for value in ((one.slug, one.name) if one else (None, None))]
    return dict(zip(ABOUT, (office.slug, office.name, True, *district, *above), strict=True))
