"""The complaints behind a figure, one row each: sorted, searched and cut in the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, FromClause, Row, Select, Table, and_, case, cast, func, null, or_, select
from sqlalchemy.types import Date, Integer

from data_access.directory import Directory, Member
from data_access.filters import FilterError
from data_access.query_limit import resting
from data_access.questions.ledger_counts import is_open, stands
from data_access.questions.listed import demand_lists, listed
from data_access.questions.listing import LONGEST_KEY, Behind, Key, Part, Place, cursor_of, place_of
from data_access.reader import Snapshot
from data_access.selection import View, Window
from data_access.tables.facts import assignment, complaint
from data_access.tables.reference import category, department, district, government, office

MEMBERS: Final = ("category", "district", "government", "department", "office")
COLUMNS: Final = (
    "id",
    "subject",
    "received_on",
    "due_on",
    "status",
    "outcome",
    "late",
    "satisfied",
    "age",
    "days_held",
    *(part for name in MEMBERS for part in (f"{name}_slug", name)),
    "channel",
    "residency",
    "gender",
)
DEFAULT_SORT: Final = "received_on"
DEFAULT_LIMIT: Final = 100
_AT_ONCE: Final = 5_000  # rows
_A: Final = assignment.c
_TABLES: Final[Mapping[str, Table]] = {
    "category": category,
    "district": district,
    "government": government,
    "department": department,
    "office": office,
}


@dataclass(frozen=True)
class _Order:
    """How a list is sorted: by an expression over `source`, whose values are of a kind; then by the number."""

    name: str
    key: ColumnElement[Any]
    kind: type[Key]
    source: FromClause
    falling: bool

    @property
    def keys(self) -> tuple[ColumnElement[Any], ...]:
        """What tells a row and its place."""
        return (_A.complaint_id, _A.seq, self.key.label("sorted_by"))

    def by(self, key: ColumnElement[Any], number: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
        """The order of rows that have this key and number."""
        return (key.desc() if self.falling else key.asc(), number.asc())

    def behind(self, place: Behind, key: ColumnElement[Any], number: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a row with this key and number stands behind the place."""
        further = key < place.key if self.falling else key > place.key
        return or_(further, and_(key == place.key, number > place.id))


def _expressions(window: Window) -> dict[str, tuple[ColumnElement[Any], type[Key]]]:
    """What rows can be sorted by, besides names."""
    day = cast(window.as_of, Date)
    ended = case((stands(window), _A.closed_on), else_=day)
    left = case((_A.closed_on <= window.as_of, _A.closed_on), else_=day)
    return {
        "id": (_A.complaint_id, int),
        "received_on": (_A.received_on, date),
        "due_on": (_A.due_on, date),
        "age": (cast(ended - _A.received_on, Integer), int),
        "days_held": (cast(left - _A.opened_on, Integer), int),
        "status": (_status(window), str),
        "outcome": (func.coalesce(_outcome(window), ""), str),
        **{name: (_A[name], str) for name in ("channel", "residency", "gender")},
    }


def _status(window: Window) -> ColumnElement[str]:
    """Where the complaint stands, seen from the office of the stay."""
    return case(
        (is_open(window), "pending"),
        (stands(window), "resolved"),
        (_A.outcome == "transferred", "moved"),
        else_="reopened",
    )


def _outcome(window: Window) -> ColumnElement[Any]:
    return case((stands(window), _A.outcome))


SORTS: Final = (*_expressions(Window(date.min)), *MEMBERS, "subject")
"""Columns that rows can be sorted by."""


def _begins(text: ColumnElement[Any]) -> ColumnElement[str]:
    return func.substr(func.coalesce(text, ""), 1, LONGEST_KEY)


def _order(sort: str, window: Window) -> _Order:
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    if name in _TABLES:
        table = _TABLES[name]
        named = assignment.outerjoin(table, table.c.id == _A[f"{name}_id"])
        return _Order(sort, _begins(table.c.name), str, named, falling)
    if name == "subject":
        said = complaint.alias("said")
        return _Order(
            sort, _begins(said.c.subject), str, assignment.outerjoin(said, said.c.id == _A.complaint_id), falling
        )
    if name not in SORTS:
        message = f"sort={sort} cannot be had; sort by one of {', '.join(SORTS)}, with - before it for the last first."
        raise FilterError("sort", sort, message)
    key, kind = _expressions(window)[name]
    return _Order(sort, key, kind, assignment, falling)


def _stay(window: Window) -> tuple[ColumnElement[Any], ...]:
    """What a row tells, as far as the ledger knows it."""
    late = or_(and_(stands(window), _A.closed_on > _A.due_on), and_(is_open(window), _A.due_on < window.as_of))
    told = {
        "id": _A.complaint_id,
        "status": _status(window),
        "outcome": _outcome(window),
        "late": late,
        "satisfied": case((and_(stands(window), _A.feedback_on <= window.as_of), _A.satisfied)),
        **{name: _expressions(window)[name][0] for name in ("age", "days_held")},
    }
    plain = ("received_on", "due_on", "channel", "residency", "gender", *(f"{name}_id" for name in MEMBERS))
    return (*(expression.label(name) for name, expression in told.items()), *(_A[name] for name in plain))


def _part(view: View, window: Window, order: _Order, place: Place, limit: int) -> Select[Any]:
    """So many rows from the place on: first found, then told, which spares carrying all columns through the sorting."""
    found: Select[Any] = select(*order.keys).select_from(order.source)
    found = found.where(*listed(view.filters, view.selection, window))
    key: ColumnElement[Any] = order.key
    number: ColumnElement[Any] = _A.complaint_id
    counted: ColumnElement[Any] = null()
    if view.filters.search is not None:  # what takes long to find is found once: counted and cut
        all_found = found.cte("found").prefix_with("MATERIALIZED")
        key, number = all_found.c.sorted_by, all_found.c.complaint_id
        counted = select(func.count()).select_from(all_found).scalar_subquery()
        found = select(all_found)
    found = found.add_columns(counted.label("counted"))
    if isinstance(place, Behind):
        found = found.where(order.behind(place, key, number))
    elif place.rows:
        found = found.offset(place.rows)
    cut = found.order_by(*order.by(key, number)).limit(limit).subquery()
    told = cut.join(assignment, and_(_A.complaint_id == cut.c.complaint_id, _A.seq == cut.c.seq))
    told = told.outerjoin(complaint, complaint.c.id == _A.complaint_id)
    rows = select(*_stay(window), complaint.c.subject, cut.c.sorted_by, cut.c.counted).select_from(told)
    return rows.order_by(*order.by(cut.c.sorted_by, cut.c.complaint_id))


def _whole(view: View, window: Window, order: _Order) -> Select[Any]:
    """All rows."""
    told = order.source.outerjoin(complaint, complaint.c.id == _A.complaint_id)
    rows = select(*_stay(window), complaint.c.subject).select_from(told)
    return rows.where(*listed(view.filters, view.selection, window)).order_by(*order.by(order.key, _A.complaint_id))


def complaints(snapshot: Snapshot, view: View) -> Part:
    """A part of the list, COLUMNS of it; counted and cut in one snapshot.

    Office, department and government are those of the stay that the list is about: the one that holds the complaint,
    or that closed it; for status=filed the first one. age: days from receipt to the closing that stands, else to the
    as-of day. days_held: days at that office. Raises OutOfScope for accounts that see counts only, FilterError for a
    sort or a cursor that cannot be taken.
    """
    demand_lists(snapshot.scope, view)
    window, filters = view.window, view.filters
    if window is None:
        return Part(_frame((), snapshot.directory), 0, None)
    order = _order(filters.sort or DEFAULT_SORT, window)
    place, limit = place_of(filters.cursor, order.name, order.kind), filters.limit or DEFAULT_LIMIT
    run = snapshot.connection.execute
    rows = run(_part(view, window, order, place, limit + 1)).all()
    count = rows[0].counted if rows else None
    if count is None:
        conditions = listed(filters, view.selection, window)
        count = run(select(func.count()).select_from(assignment).where(*conditions)).scalar_one()
    last = rows[limit - 1] if len(rows) > limit else None
    following = None if last is None else cursor_of(Behind(order.name, last.sorted_by, last.id))
    return Part(_frame(rows[:limit], snapshot.directory), count, following)


def all_complaints(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """The whole list, COLUMNS, thousands of rows at a time, while the snapshot is open. Raises as `complaints` does."""
    demand_lists(snapshot.scope, view)
    filters = view.filters
    for name in ("limit", "cursor"):
        if name in filters.given():
            message = f"A file holds the whole list, so it takes no {name}; leave it out."
            raise FilterError(name, filters.given()[name], message)
    if view.window is None:
        return iter(())
    return _streamed(snapshot, _whole(view, view.window, _order(filters.sort or DEFAULT_SORT, view.window)))


def _streamed(snapshot: Snapshot, statement: Select[Any]) -> Iterator[pd.DataFrame]:
    options = {"stream_results": True, "max_row_buffer": _AT_ONCE}
    with snapshot.connection.execution_options(**options).execute(statement) as result:
        while rows := result.fetchmany(_AT_ONCE):
            frame = _frame(rows, snapshot.directory)
            with resting(snapshot.connection):
                yield frame


def _frame(rows: Sequence[Row[*tuple[Any, ...]]], directory: Directory) -> pd.DataFrame:
    """COLUMNS, the names of members among them; those of no district are null."""
    held = {name: [getattr(row, name) for row in rows] for name in COLUMNS if name in _PLAIN}
    for name in MEMBERS:
        members = [_member(directory, name, getattr(row, f"{name}_id")) for row in rows]
        held[f"{name}_slug"] = [member.slug if member else None for member in members]
        held[name] = [member.name if member else None for member in members]
    return pd.DataFrame({name: pd.Series(held[name], dtype=object) for name in COLUMNS})


_PLAIN: Final = frozenset(COLUMNS) - {part for name in MEMBERS for part in (name, f"{name}_slug")}


def _member(directory: Directory, dimension: str, key: int | None) -> Member | None:
    return None if key is None else directory.members[dimension].get(key)
