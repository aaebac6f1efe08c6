"""Where is the backlog: which department, in which district?"""

from datetime import timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Integer, cast, func, select

from data_access.directory import Directory
from data_access.questions.grids import UNPLACED, member_of
from data_access.questions.ledger_counts import is_open, ledger_conditions
from data_access.questions.members import NOT_PLACED, PLACED_ELSEWHERE
from data_access.questions.places import territory_of
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.facts import assignment

COUNTS: Final = ("pending", "pending_over_90", "overdue")
COLUMNS: Final = ("slug", "name", "district_slug", "district_name", "government_slug", "government_name", *COUNTS)
OVER: Final = 90
ELSEWHERE: Final = -1
"""Stands for all districts outside the territory of the government that is looked at."""


def hotspots(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per department and district where complaints are pending, the fullest first: COLUMNS.

    slug and name are the department's; complaints that are not placed have a row per department with the district
    "not-placed", those placed outside the territory of its government one with "placed-elsewhere". Counts are of
    complaints open at the end of the as-of day.
    """
    if view.window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    a, day = assignment.c, view.window.as_of
    department, district = a.department_id.label("department"), member_of(assignment, "district")
    counts = {
        "pending": func.count(),
        "pending_over_90": func.sum(cast(a.received_on < day - timedelta(days=OVER), Integer)),
        "overdue": func.sum(cast(a.due_on < day, Integer)),
    }
    columns: list[Any] = [cast(count, BigInteger).label(name) for name, count in counts.items()]
    statement = (
        select(department, district, *columns)
        .where(*ledger_conditions(view.selection, view.window), is_open(view.window))
        .group_by(department.element, district.element)
    )
    found = snapshot.columns(statement)
    land = territory_of(snapshot.directory, view.selection) if view.selection.districts is None else ()
    held: dict[tuple[int, int], np.ndarray] = {}
    rows = zip(found["department"].tolist(), found["member"].tolist(), strict=True)
    for place, (department_id, key) in enumerate(rows):
        cell = (department_id, ELSEWHERE if land and key != UNPLACED and key not in land else key)
        counted = np.array([int(found[name][place]) for name in COUNTS])
        held[cell] = held[cell] + counted if cell in held else counted
    fullest = sorted(held.items(), key=lambda item: (-int(item[1][0]), item[0]))
    return pd.DataFrame([_row(snapshot.directory, *cell, own) for cell, own in fullest], columns=list(COLUMNS))


def _row(directory: Directory, department_id: int, key: int, counted: np.ndarray) -> dict[str, object]:
    department = directory.member("department", department_id)
    government = directory.parent_of(department, "government")
    slug, name = _district(directory, key)
    return {
        "slug": department.slug,
        "name": department.name,
        "district_slug": slug,
        "district_name": name,
        "government_slug": government.slug if government else None,
        "government_name": government.name if government else None,
        **dict(zip(COUNTS, counted.tolist(), strict=True)),
    }


def _district(directory: Directory, key: int) -> tuple[str, str]:
    if key == UNPLACED:
        return NOT_PLACED, "Not placed"
    if key == ELSEWHERE:
        return PLACED_ELSEWHERE, "Placed elsewhere"
    found = directory.member("district", key)
    return found.slug, found.name
