"""What was counted in a window of days before `day`, by government: the statements behind the feed's habits."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, case, cast, func, literal, select

from data_access.measures import AGE_LIMITS, OUTCOMES
from data_access.tables.facts import assignment
from data_access.tables.flow import cohort_flow, flow

CLOSINGS = "closings"
TRANSFERS = "transfers"


def outcome_place() -> ColumnElement[Any]:
    """The place of a ledger row's outcome in OUTCOMES; -1 where it is none of them."""
    return case({name: place for place, name in enumerate(OUTCOMES)}, value=assignment.c.outcome, else_=-1)


def done(begin: date, day: date) -> Select[Any]:
    """One row per government: filed, answers, closings by outcome, and closings undone."""
    f = flow.c
    counts = {name: f[name] for name in ("filed", "answers", *OUTCOMES)}
    undone = _sum(*(f[f"undone_{name}"] for name in OUTCOMES))
    return (
        select(
            f.government_id.label("row"),
            literal(0).label("column"),
            *(_total(value).label(name) for name, value in counts.items()),
            _total(undone).label("undone"),
        )
        .where(f.dimension == "government", f.day >= begin, f.day < day)
        .group_by(f.government_id)
    )


def exposed(begin: date, day: date) -> Select[Any]:
    """One row per government: days that stays were open, all (`over_0`) and beyond each age limit (`over_1`, …)."""
    f = flow.c
    # A change counts on each day of the window from its own day on.
    days = cast(literal(day, Date) - cast(func.greatest(f.day, literal(begin, Date)), Date), Integer)
    open_stays = f.stays - f.transfers - _sum(*(f[name] for name in OUTCOMES))
    counts = (open_stays, *(f[f"over_{limit}"] for limit in AGE_LIMITS))
    return (
        select(
            f.government_id.label("row"),
            literal(0).label("column"),
            *(_total(value * days).label(f"over_{place}") for place, value in enumerate(counts)),
        )
        .where(f.dimension == "government", f.day < day)
        .group_by(f.government_id)
    )


def left(begin: date, day: date) -> Select[Any]:
    """One row per government and age bucket: stays that ended by a closing or a transfer."""
    c = cohort_flow.c
    age = cast(c.day - c.received_on, Integer)
    bucket = case(*((age <= limit, place) for place, limit in enumerate(AGE_LIMITS)), else_=len(AGE_LIMITS))
    inner = select(
        c.government_id.label("row"),
        bucket.label("column"),
        _sum(*(c[name] for name in OUTCOMES)).label(CLOSINGS),
        c.transfers.label(TRANSFERS),
    ).where(c.day >= begin, c.day < day)
    return _grouped(inner, CLOSINGS, TRANSFERS)


def answered(begin: date, day: date) -> Select[Any]:
    """One row per government and outcome: closings answered, and those answered satisfied."""
    a = assignment.c
    inner = select(
        a.government_id.label("row"),
        outcome_place().label("column"),
        literal(1).label("answers"),
        case((a.satisfied, 1), else_=0).label("satisfied"),
    ).where(a.feedback_on >= begin, a.feedback_on < day, a.outcome.in_(OUTCOMES))
    return _grouped(inner, "answers", "satisfied")


def _grouped(inner: Select[Any], *names: str) -> Select[Any]:
    # By columns of a subquery: an expression with bound values may not be told to be the same when it is grouped by.
    i = inner.subquery().c
    return select(i.row, i.column, *(_total(i[name]).label(name) for name in names)).group_by(i.row, i.column)


def _sum(*values: ColumnElement[Any]) -> ColumnElement[Any]:
    return sum(values, start=literal(0))


def _total(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.sum(value), BigInteger)
