"""The register of actions as it is read: what holds, one by one and added up; and what waits, which is in no sum."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Date, Subquery, and_, case, cast, func, or_, select

from data_access.actions.kinds import APPROVED, KINDS, PROPOSED, PUBLISHED
from data_access.actions.reach import demand_waiting
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
    *("kind", "kind_label", "kind_urdu", "government", "department", "office", "post"),
    *("authority", "order_number", "reason", "outcome", "source"),
)
TOTALS: Final = ("government_slug", "government", "kind", "kind_label", "kind_urdu", "month", "actions", "posts")
_A: Final = accountability_action.c


def actions(snapshot: Snapshot, view: View) -> Part:
    """One row per action that holds on the as-of day, COLUMNS; with a period, those ordered in it.

    With state=proposed one per action that waits for approval now, whatever the as-of day: the account's own alone.

    An action that names a kind of post and no office belongs to its government as a whole: it is left out where a part
    of the government is asked for. state: approved here, published, where it came with the data, or proposed.
    complaints: how many are linked. Raises FilterError for a sort or a cursor that cannot be taken, OutOfScope for what
    waits for others.
    """
    return _sheet(snapshot, view).part(snapshot, view.filters)


def all_actions(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """The same whole, COLUMNS. Raises FilterError where a part is asked for."""
    return _sheet(snapshot, view).whole(snapshot, view.filters)


def action_totals(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per government, kind and month of the order, TOTALS: what `actions` lists, added up; newest month first.

    actions: how many orders; posts: how many posts they are about. month is its first day.
    """
    held = _rows(in_force(view.as_of), view)
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


def _sheet(snapshot: Snapshot, view: View) -> Sheet:
    is_listed = in_force(view.as_of) if view.filters.state is None else _waits(snapshot, view)
    found = _rows(is_listed, view)
    rows = select(*(found.c[name] for name in COLUMNS)).subquery("actions")
    return Sheet(rows, "id", SORTS, "-acted_on", _SEARCHED)


def _rows(is_listed: ColumnElement[bool], view: View) -> Subquery:
    """COLUMNS of every action that is listed and asked for, and the id of its government."""
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
    return select(*labelled(told)).select_from(around).where(is_listed, *_conditions(view)).subquery("held")


def in_force(as_of: date | None) -> ColumnElement[bool]:
    """Whether an action holds, by the end of the day: approved, or come with the data."""
    holds = or_(_A.state.is_(None), _A.state == APPROVED)
    return holds if as_of is None else and_(holds, _A.acted_on <= as_of)


def _waits(snapshot: Snapshot, view: View) -> ColumnElement[bool]:
    """Whether an action waits that the account may see. Raises OutOfScope where others are asked for.

    As on the page where they are decided: those of the account's own government, and inside its pins.
    """
    given, directory = view.filters.given(), snapshot.directory
    asked = next((name for name in ("office", "department", "government") if name in given), None)
    around = {} if asked is None else {asked: given[asked], **directory.around(asked, given[asked])}
    own = demand_waiting(snapshot.scope, snapshot.directory, around.get("government"), asked)
    return and_(_A.state == PROPOSED, _A.government_id == directory.id_of("government", own))


def _conditions(view: View) -> list[ColumnElement[bool]]:
    """By the day of the order, and of the posts that are asked for."""
    asked = view.selection
    found: list[ColumnElement[bool]] = []
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
