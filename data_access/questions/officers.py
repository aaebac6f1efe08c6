"""How does each officer do? All officers and all vacant posts, one row each: delay belongs to whoever held the post."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from sqlalchemy import Integer, Select, and_, case, cast, func, literal, select
from sqlalchemy.types import Date, String

from data_access.questions.actions import in_force
from data_access.questions.held_counts import FIGURES
from data_access.questions.held_figures import TREND
from data_access.questions.held_tables import Asked, HeldTable, Who
from data_access.questions.held_tables import Offices as OnlyAt
from data_access.questions.listing import Part
from data_access.questions.sheets import labelled
from data_access.questions.survival import QUANTILES
from data_access.questions.tenures import is_within, tenures
from data_access.reader import Snapshot
from data_access.selection import View, Window
from data_access.tables.records import accountability_action
from data_access.tables.reference import department, government, office, officer

ABOUT: Final = (
    *("id", "slug", "name", "vacant", "designation", "grade", "posted", "posts", "since", "ended", "actions"),
    *("office_slug", "office", "post", "department_slug", "department", "government_slug", "government"),
)
COLUMNS: Final = ("holder", *ABOUT, *FIGURES, *QUANTILES, TREND)


def _base(table: Asked, only: OnlyAt) -> Select[Any]:
    """All that held a post that is asked about, with the post that each of them has held last."""
    tenure = tenures(table.view.selection, table.window, only)
    t = tenure.c
    turn = func.row_number().over(partition_by=t.holder, order_by=(t.from_on.desc(), t.office_id))
    posts = func.sum(cast(t.said, Integer)).over(partition_by=t.holder)
    last = select(tenure, turn.label("turn"), posts.label("posts")).subquery()
    held = last.c
    a = accountability_action.c
    his = and_(tenure.c.office_id == a.office_id, is_within(a.acted_on, tenure))
    acts = select(t.holder, func.count().label("actions")).select_from(accountability_action.join(tenure, his))
    acted = acts.where(in_force(table.window.as_of)).group_by(t.holder).subquery()
    rows = last.join(office, office.c.id == held.office_id)
    rows = rows.join(department, department.c.id == office.c.department_id)
    rows = rows.join(government, government.c.id == office.c.government_id)
    rows = rows.outerjoin(acted, acted.c.holder == held.holder)
    rows = rows.outerjoin(officer, officer.c.id == held.officer_id)
    columns: dict[str, Any] = {
        "holder": held.holder,
        "id": held.officer_id,
        "slug": cast(held.officer_id, String),
        "name": officer.c.name,
        "vacant": held.officer_id.is_(None),
        "designation": func.coalesce(officer.c.designation, office.c.designation),
        "grade": officer.c.grade,
        "posted": is_within(literal(table.window.as_of, Date), last),
        "posts": held.posts,
        "since": case((held.said, held.from_on)),
        "ended": case((held.to_on < table.window.as_of, held.to_on)),
        "actions": func.coalesce(acted.c.actions, 0),
        "office_slug": office.c.slug,
        "office": office.c.name,
        "post": office.c.designation,
        "department_slug": department.c.slug,
        "department": department.c.name,
        "government_slug": government.c.slug,
        "government": government.c.name,
    }
    return select(*labelled(columns)).select_from(rows).where(held.turn == 1)


_OFFICERS: Final = Who(
    key="holder",
    about=ABOUT,
    searched=("name", "designation", "office", "post", "department"),
    base=_base,
    of_offices=False,
)


def officers(snapshot: Snapshot, view: View) -> Part:
    """A part of the table: one row per officer or vacant post, COLUMNS. Rates are fractions; null where undefined.

    holder tells rows apart: the officer's id, or less than 0 for a vacant post, the id of its office; id is null there.
    office and post are those held last; posted: on the as-of day still. Raises FilterError for a sort or a cursor that
    cannot be taken.
    """
    if view.window is None:
        return Part(pd.DataFrame(columns=list(COLUMNS)), 0, None)
    return _table(snapshot, view, view.window).part()


def all_officers(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """The whole table."""
    return iter(()) if view.window is None else _table(snapshot, view, view.window).whole()


def _table(snapshot: Snapshot, view: View, window: Window) -> HeldTable:
    return HeldTable(_OFFICERS, Asked(snapshot, view, window))
