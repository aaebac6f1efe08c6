"""What holders have done: counts of stays by office, or by whoever held the post on the day that each thing happened.

A closing, an answer to it and its reopening belong to whoever held the post on the day of the closing, what is pending
to whoever holds it on the as-of day, a day of delay to whoever held it on that day.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Double,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from data_access.measures import UNSTATED
from data_access.metrics import METRICS
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.questions.tenures import is_within, meets
from data_access.selection import Selection, View, Window
from data_access.tables.facts import assignment

COUNTS: Final = (
    "held",
    "received",
    "resolved",
    "pending",
    "pending_over_90",
    "overdue",
    "pending_change",
    "closings",
    "reopened",
    "resolved_relief",
    "resolved_stated",
    "resolved_on_time",
    "resolved_late",
    "judged",
    "answers",
    "satisfied",
    "confirmed",
    "moved_in",
    "moved_away",
    "days_held",
    "days_late",
)
"""What is counted of each holder; days are days that complaints lay there, added up."""
RATES: Final = (
    *("resolution_rate", "on_time_rate", "relief_rate", "confirmed_rate", "reopen_rate", "satisfaction"),
    "response_rate",
)
FIGURES: Final = (*COUNTS, *RATES)
_A: Final = assignment.c


def counted_by(
    view: View,
    window: Window,
    tenure: CTE | None,
    only: Collection[int] | None = None,
    names: Sequence[str] = COUNTS,
) -> Select[Any]:
    """One row per holder that a stay was held by: holder, then these of COUNTS. `tenure` None: holders are offices.

    `only` these holders, by their offices: spares looking at the others.
    """
    stays = _stays(view.selection, window, view.before, only).cte("stay")
    s = stays.c
    if tenure is None:
        rows = select(s.office_id.label("holder"), *_sums(stays, None, view.before, names))
        return rows.group_by(s.office_id)
    rows = select(tenure.c.holder, *_sums(stays, tenure, view.before, names))
    rows = rows.select_from(stays.join(tenure, meets(s.office_id, s.opened_on, s.until_on, tenure)))
    return rows.group_by(tenure.c.holder)


def pending_on(
    view: View, window: Window, tenure: CTE | None, only: Collection[int] | None, days: Sequence[date]
) -> Select[Any]:
    """One row per holder that a stay was held by: holder, then what was pending at the end of each of these days."""
    stays = _stays(view.selection, window, None, only).cte("stay")
    s = stays.c
    holder = s.office_id if tenure is None else tenure.c.holder
    told = []
    for place, day in enumerate(days):
        own = [] if tenure is None else [is_within(literal(day, Date), tenure)]
        was_open = and_(s.opened_on <= day, or_(s.left_on.is_(None), s.left_on > day))
        told.append(_how_many(*own, was_open).label(f"on_{place}"))
    rows = select(holder.label("holder"), *told)
    if tenure is not None:
        rows = rows.select_from(stays.join(tenure, meets(s.office_id, s.opened_on, s.until_on, tenure)))
    return rows.group_by(holder)


def _stays(selection: Selection, window: Window, before: Window | None, offices: Collection[int] | None) -> Select[Any]:
    """What of each stay is needed, as of the window's day, said in days and yes or no."""
    left = case((_A.closed_on <= window.as_of, _A.closed_on))
    closed = and_(_A.closed_on <= window.as_of, _A.outcome != "transferred")
    told: Mapping[str, ColumnElement[Any]] = {
        "office_id": _A.office_id,
        "opened_on": _A.opened_on,
        "due_on": _A.due_on,
        "received_on": _A.received_on,
        "left_on": left,
        "until_on": func.coalesce(left, literal(window.as_of, Date)),
        "is_open": is_open(window),
        "closing": closed,
        "moved": and_(_A.closed_on <= window.as_of, _A.outcome == "transferred"),
        "came": _A.opened_by == "transferred",
        "stands": stands(window),
        "relief": _A.outcome == "relief",
        "stated": _A.outcome != UNSTATED,
        "in_time": _A.closed_on <= _A.due_on,
        "undone": _A.reopened_on <= window.as_of,
        "answered": _A.feedback_on <= window.as_of,
        "satisfied": _A.satisfied,
        **({} if before is None else {"was_open": and_(_A.opened_on <= before.as_of, is_open(before))}),
    }
    where = [*ledger_conditions(selection, window), *([] if offices is None else [_A.office_id.in_(offices)])]
    return select(*(expression.label(name) for name, expression in told.items())).where(*where)


def _sums(stays: CTE, tenure: CTE | None, before: Window | None, names: Sequence[str]) -> list[ColumnElement[Any]]:
    s = stays.c
    own: list[ColumnElement[bool]] = [] if tenure is None else [is_within(s.until_on, tenure)]
    resolved, overdue = [*own, s.stands], [*own, s.is_open, s.due_on < s.until_on]
    answered = [*own, s.answered]
    counts = {
        "held": _how_many(),
        "received": _how_many(*own, or_(s.stands, s.is_open)),
        "resolved": _how_many(*resolved),
        "pending": _how_many(*own, s.is_open),
        "pending_over_90": _how_many(*own, s.is_open, s.received_on < s.until_on - 90),
        "overdue": _how_many(*overdue),
        "pending_change": _change(stays, tenure, before, own),
        "closings": _how_many(*own, s.closing),
        "reopened": _how_many(*own, s.undone),
        "resolved_relief": _how_many(*resolved, s.relief),
        "resolved_stated": _how_many(*resolved, s.stated),
        "resolved_on_time": _how_many(*resolved, s.in_time),
        "resolved_late": _how_many(*resolved, ~s.in_time),
        "judged": _how_many(*own, or_(s.stands, and_(s.is_open, s.due_on < s.until_on))),
        "answers": _how_many(*answered),
        "satisfied": _how_many(*answered, s.satisfied),
        "confirmed": _how_many(*resolved, s.relief, s.answered, s.satisfied),
        "moved_in": _how_many(*([] if tenure is None else [is_within(s.opened_on, tenure)]), s.came),
        "moved_away": _how_many(*own, s.moved),
        "days_held": _days(s.opened_on, s.until_on, tenure),
        "days_late": _days(func.greatest(s.opened_on, s.due_on + 1), s.until_on, tenure),
    }
    return [counts[name].label(name) for name in names]


def _how_many(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """Rows that meet all conditions. Counting what is not null takes less than adding up ones."""
    return func.count(case((and_(*conditions), 1))) if conditions else func.count()


def _change(
    stays: CTE, tenure: CTE | None, before: Window | None, own: list[ColumnElement[bool]]
) -> ColumnElement[Any]:
    """What is pending less what was then; null where there is nothing to compare with."""
    if before is None:
        return cast(None, BigInteger)
    then = [] if tenure is None else [is_within(literal(before.as_of, Date), tenure)]
    return _how_many(*own, stays.c.is_open) - _how_many(*then, stays.c.was_open)


def _days(first: ColumnElement[Any], end: ColumnElement[Any], tenure: CTE | None) -> ColumnElement[Any]:
    """Days from the first to the end, which does not count, that are the tenure's, added up."""
    begin, stop = first, end
    if tenure is not None:
        begin, stop = func.greatest(first, tenure.c.from_on), func.least(end, tenure.c.to_on + 1)
    return cast(func.sum(case((stop > begin, cast(stop - begin, Integer)), else_=0)), BigInteger)


def figures_of(counted: Subquery, view: View) -> dict[str, ColumnElement[Any]]:
    """FIGURES of rows that `counted_by` was joined to, where some have nothing: counts are 0 then, rates null."""
    c = counted.c
    unknown = {"pending_change"} if view.before is None else set()
    counts: dict[str, ColumnElement[Any]] = {
        name: c[name] if name in unknown else func.coalesce(c[name], 0) for name in COUNTS
    }
    return {**counts, **{name: _rate(counted, name) for name in RATES}}


def narrows(view: View) -> bool:
    """Whether some complaints are asked about, and not all that the holders have."""
    return bool(view.selection.crossed - {"department", "office"}) or view.from_on is not None


def _rate(counted: Subquery, name: str) -> ColumnElement[Any]:
    """A ratio of the counts; null where there is nothing to divide by, or nothing is stated."""
    above, below, *told = (counted.c[name] for name in METRICS[name].counts)
    ratio = cast(above, Double) / func.nullif(below, 0)
    if not told:
        return ratio
    resolved, stated = told
    return case((and_(resolved > 0, stated == 0), null()), else_=ratio)
