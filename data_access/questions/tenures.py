"""Whose day is it? Tenures at the offices that are asked about, and what lies in them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, and_, select

from data_access.selection import Selection, Window
from data_access.tables.reference import office
from data_access.tenures import tenures_at


def tenures(selection: Selection, window: Window, only: Sequence[int] | None = None) -> CTE:
    """One row per tenure, as `tenures_at` has them, that had begun by the window's day; `only` at these offices."""
    every = tenures_at(offices_of(selection, only)).subquery()
    return select(every).where(every.c.from_on <= window.as_of).cte("tenure")


def offices_of(selection: Selection, only: Sequence[int] | None = None) -> list[ColumnElement[bool]]:
    """Which offices are asked about; `only` these among them."""
    o, asked = office.c, selection
    wanted = ((o.id, asked.office), (o.department_id, asked.department), (o.government_id, asked.government))
    found = [column == value for column, value in wanted if value is not None]
    return found if only is None else [*found, o.id.in_(only)]


def is_within(day: ColumnElement[Any], tenure: FromClause) -> ColumnElement[bool]:
    """Whether a day is one of the tenure's."""
    return day.between(tenure.c.from_on, tenure.c.to_on)


def meets(
    office_id: ColumnElement[Any], opened: ColumnElement[Any], ended: ColumnElement[Any], tenure: CTE
) -> ColumnElement[bool]:
    """Whether a stay at the office was some day the tenure's: on the day it ended, too."""
    return and_(tenure.c.office_id == office_id, tenure.c.from_on <= ended, tenure.c.to_on >= opened)
