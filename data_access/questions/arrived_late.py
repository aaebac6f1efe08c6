"""Who holds what was old before it came? Complaints that arrived by transfer when they were over 90 days old."""

from datetime import timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, select

from data_access.questions.grids import By, Level, Wanted, member_of
from data_access.questions.ledger_counts import border_of, is_open, ledger_conditions
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment
from data_access.tables.reference import office

OVER: Final = 90
_A: Final = assignment.c


def arrived_late(snapshot: Snapshot, selection: Selection, window: Window, level: Level) -> np.ndarray:
    """For each row of the level how many of its complaints pending over 90 days were that old when they came, int64.

    That they came is told at the border of the narrowest holder that the level or the selection has; where there is
    none, as for districts of the whole country, nothing comes from beyond it.
    """
    border = border_of(selection, level.by)
    if border is None:
        return np.zeros(level.rows, dtype=np.int64)
    found = snapshot.columns(_statement(selection, window, level.by, border))
    return Wanted(level, ("late",)).grid(found)[:, 0]


def _statement(selection: Selection, window: Window, by: By | None, border: str) -> Select[Any]:
    """One row per id of what complaints are grouped by: member and late.

    A complaint only grows older: one that has once come to a holder after its 90th day came late the last time, too.
    """
    holder = _A[f"{border}_id"]
    old = _A.received_on < window.as_of - timedelta(days=OVER)
    came = (
        select(_A.complaint_id, holder.label("holder"))
        .select_from(assignment.join(office, office.c.id == _A.from_office_id))
        .where(
            *ledger_conditions(selection, window),
            old,
            cast(_A.opened_on - _A.received_on, Integer) > OVER,  # few: a row store has an index of it
            _beyond(border),
        )
        .distinct()
        .subquery()
    )
    member = member_of(assignment, by)
    columns: list[ColumnElement[Any]] = [member, func.count().label("late")]
    return (
        select(*columns)
        .select_from(assignment.join(came, and_(came.c.complaint_id == _A.complaint_id, came.c.holder == holder)))
        .where(*ledger_conditions(selection, window), is_open(window), old)
        .group_by(member.element)
    )


def _beyond(border: str) -> ColumnElement[bool]:
    """Whether the office that a stay came from lies beyond the border of its holder."""
    return office.c.id != _A.office_id if border == "office" else office.c[f"{border}_id"] != _A[f"{border}_id"]
