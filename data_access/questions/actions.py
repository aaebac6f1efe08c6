"""The register of actions as it is read: what holds, one by one and added up. What only waits is nobody's figure."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Date, Subquery, and_, case, cast, func, or_, select

from data_access.actions.kinds import APPROVED, KINDS, PUBLISHED
from data_access.questions.listing import Part
from data_access.questions.sheets import Sheet, labelled
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.records import accountability_action, action_complaint
from data_access.tables.reference import department, government, office

COLUMNS: Final = (
    "id",
    "kind",
    "kind_label",
    "kind_urdu",
    "government_slug",
    "government",
    "department_slug",
    "department",
    "office_slug",
    "office",
    "post",
    "posts",
    "acted_on",
    "authority",
    "order_number",
    "reason",
    "complaints",
    "reply_due",
    "outcome",
    "source",
    "state",
)
SORTS: Final = tuple(name for name in COLUMNS if not name.endswith("_slug"))
_SEARCHED: Final = (
    *("kind_label", "kind_urdu", "government", "department", "office", "post"),
    *("authority", "order_number", "reason", "outcome", "source"),
)
TOTALS: Final = ("government_slug", "government", "kind", "kind_label", "kind_urdu", "month", "actions", "posts")
_A: Final = accountability_action.c


def actions(snapshot: Snapshot, view: View) -> Part:
    """One row per action that holds on the as-of day, COLUMNS; with a period, those ordered in it.

    An action that names a kind of post and no office belongs to its government as a whole: it is left out where a part
    of the government is asked for. state: approved here, or published, where it came with the data. complaints: how
    many are linked. Raises FilterError for a sort or a cursor that cannot be taken.
    """
    return _sheet(view).part(snapshot, view.filters)


def all_actions(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """The same whole, COLUMNS. Raises FilterError where a part is asked for."""
    return _sheet(view).whole(snapshot, view.filters)


def action_totals(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per government, kind and month of the order, TOTALS: what `actions` lists, added up; newest month first.

    actions: how many orders; posts: how many posts they are about. month is its first day.
    """
    held = _held(view)
    month = cast(func.date_trunc("month", held.c.acted_on), Date).label("month")
    # The month is named in a table of its own: two texts "month" are two expressions to PostgreSQL.
    dated = select(held, month).subquery("dated")
    counts = {"actions": func.count(), "posts": cast(func.sum(dated.c.posts), BigInteger)}
    by = (dated.c.government_id, dated.c.government_slug, dated.c.government, dated.c.kind, dated.c.month)
    rows = snapshot.connection.execute(
        select(*by[1:], *labelled(counts)).group_by(*by).order_by(dated.c.month.desc(), by[0], dated.c.kind)
    ).all()
    found = [{**row._mapping, **_called(row.kind)} for row in rows]
    return pd.DataFrame(found, columns=list(TOTALS)).astype(object)


def _called(slug: str) -> dict[str, str]:
    kind = KINDS.get(slug)
    return {"kind_label": kind.label if kind else slug, "kind_urdu": kind.urdu if kind else slug}


def _sheet(view: View) -> Sheet:
    held = _held(view)
    rows = select(*(held.c[name] for name in COLUMNS)).subquery("actions")
    return Sheet(rows, "id", SORTS, "-acted_on", _SEARCHED)


def _held(view: View) -> Subquery:
    """COLUMNS of every action that holds and is asked for, and the id of its government."""
    links = select(action_complaint.c.action_id, func.count().label("linked")).group_by(action_complaint.c.action_id)
    linked = links.subquery("linked")
    told: dict[str, ColumnElement[Any]] = {
        **{name: _A[name] for name in COLUMNS if name in _A},
        "kind_label": case({kind.slug: kind.label for kind in KINDS.values()}, value=_A.kind, else_=_A.kind),
        "kind_urdu": case({kind.slug: kind.urdu for kind in KINDS.values()}, value=_A.kind, else_=_A.kind),
        "government_slug": government.c.slug,
        "government": government.c.name,
        "department_slug": department.c.slug,
        "department": department.c.name,
        "office_slug": office.c.slug,
        "office": office.c.name,
        "complaints": func.coalesce(linked.c.linked, 0),
        "state": func.coalesce(_A.state, PUBLISHED),
        "government_id": _A.government_id,
    }
    around = (
        accountability_action.join(government, government.c.id == _A.government_id)
        .outerjoin(office, office.c.id == _A.office_id)
        .outerjoin(department, department.c.id == office.c.department_id)
        .outerjoin(linked, linked.c.action_id == _A.id)
    )
    return select(*labelled(told)).select_from(around).where(and_(*_conditions(view))).subquery("held")


def in_force(as_of: date | None) -> ColumnElement[bool]:
    """Whether an action holds, by the end of the day: approved, or come with the data."""
    holds = or_(_A.state.is_(None), _A.state == APPROVED)
    return holds if as_of is None else and_(holds, _A.acted_on <= as_of)


def _conditions(view: View) -> list[ColumnElement[bool]]:
    """What holds, by the day of the order, of the posts that are asked for."""
    asked = view.selection
    found = [in_force(view.as_of)]
    if view.from_on is not None and view.to_on is not None:
        found.append(_A.acted_on.between(view.from_on, view.to_on))
    if asked.government is not None:
        found.append(_A.government_id == asked.government)
    if asked.department is not None:
        found.append(office.c.department_id == asked.department)
    if asked.office is not None:
        found.append(_A.office_id == asked.office)
    if asked.districts is not None:
        found.append(office.c.district_id.in_(asked.districts))
    return found
