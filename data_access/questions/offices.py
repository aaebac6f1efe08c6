"""How does each office do? All offices, one row each, searched, sorted and cut in the database."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from sqlalchemy import Integer, Select, and_, case, cast, func, literal, null, select
from sqlalchemy.types import Date, String

from data_access.questions.actions import in_force
from data_access.questions.held_counts import FIGURES
from data_access.questions.held_figures import TREND
from data_access.questions.held_tables import Asked, HeldTable, Who
from data_access.questions.held_tables import Offices as OnlyAt
from data_access.questions.listing import Part
from data_access.questions.sheets import labelled
from data_access.questions.survival import QUANTILES
from data_access.questions.tenures import is_within, offices_of, tenures
from data_access.reader import Snapshot
from data_access.roles import OFFICER_NAMES
from data_access.selection import View, Window
from data_access.tables.records import accountability_action
from data_access.tables.reference import department, district, government, office, officer

ABOUT: Final = (
    *("slug", "name", "post", "department_slug", "department", "government_slug", "government"),
    *("serves_slug", "serves", "officer", "vacant", "since", "actions"),
)
COLUMNS: Final = ("id", *ABOUT, *FIGURES, *QUANTILES, TREND)


def _base(table: Asked, only: OnlyAt) -> Select[Any]:
    """All offices that are asked about, with whoever holds the post on the as-of day."""
    held = tenures(table.view.selection, table.window, only)
    now = and_(held.c.office_id == office.c.id, is_within(literal(table.window.as_of, Date), held))
    may = table.snapshot.scope.may(OFFICER_NAMES)  # a post that was acted on is as good as a name
    named = officer.c.name if may else cast(null(), String)
    a, holds = accountability_action.c, in_force(table.window.as_of)
    acts = select(a.office_id, func.count().label("actions")).where(holds, a.office_id.is_not(None))
    acted = acts.group_by(a.office_id).subquery()
    columns: dict[str, Any] = {
        "id": office.c.id,
        "slug": office.c.slug,
        "name": office.c.name,
        "post": office.c.designation,
        "department_slug": department.c.slug,
        "department": department.c.name,
        "government_slug": government.c.slug,
        "government": government.c.name,
        "serves_slug": district.c.slug,
        "serves": district.c.name,
        "officer": named,
        "vacant": held.c.officer_id.is_(None),
        "since": case((held.c.said, held.c.from_on)),
        "actions": func.coalesce(acted.c.actions, 0) if may else cast(null(), Integer),
    }
    rows = office.join(department, department.c.id == office.c.department_id)
    rows = rows.join(government, government.c.id == office.c.government_id)
    rows = rows.outerjoin(district, district.c.id == office.c.district_id)
    rows = rows.outerjoin(acted, acted.c.office_id == office.c.id)
    rows = rows.outerjoin(held, now).outerjoin(officer, officer.c.id == held.c.officer_id)
    found = select(*labelled(columns)).select_from(rows)
    return found.where(*offices_of(table.view.selection, only))


_OFFICES: Final = Who(
    key="id",
    about=ABOUT,
    searched=("name", "post", "department", "serves", "officer"),
    base=_base,
    of_offices=True,
)


def offices(snapshot: Snapshot, view: View) -> Part:
    """A part of the table: one row per office, COLUMNS. Rates are fractions, null where there is nothing to divide by.

    officer is null where the account may not see names; since is the day from which the post is held as it is, null
    where nobody says. Raises FilterError for a sort or a cursor that cannot be taken.
    """
    if view.window is None:
        return Part(pd.DataFrame(columns=list(COLUMNS)), 0, None)
    return _table(snapshot, view, view.window).part()


def all_offices(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """The whole table."""
    return iter(()) if view.window is None else _table(snapshot, view, view.window).whole()


def _table(snapshot: Snapshot, view: View, window: Window) -> HeldTable:
    return HeldTable(_OFFICES, Asked(snapshot, view, window))
