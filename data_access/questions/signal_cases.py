"""What signals count among the stays of the ledger, as it stood at the end of a day: the statements, by office."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, and_, case, cast, func, or_, select

from data_access.questions.ledger_counts import ledger_conditions, stands
from data_access.selection import Selection, Window
from data_access.signals import SOON
from data_access.tables.facts import assignment, complaint

_A: Final = assignment.c
PLACES: Final = 100_000
"""More than there are days in the data: a count and a day behind it are one number, whose largest tells both."""


@dataclass(frozen=True)
class Case:
    """What a signal counts among the stays of an office: those that meet it, out of which, and the day of each.

    `base` tells apart what they are out of.
    """

    meets: ColumnElement[bool]
    out_of: ColumnElement[bool]
    day: ColumnElement[date]
    base: Literal["answered", "closed"]


def is_closed(window: Window) -> ColumnElement[bool]:
    """Whether a stay had been closed by the day, whatever came after."""
    return and_(_A.closed_on <= window.as_of, _A.outcome != "transferred")


def cases(window: Window) -> dict[str, Case]:
    """The signals that are a share of an office's stays."""
    answered = and_(stands(window), _A.outcome == "relief", _A.feedback_on <= window.as_of)
    closed = is_closed(window)
    at_limit = and_(closed, or_(_A.closed_on == _A.due_on, _A.closed_on == _A.due_on - 1))
    soon = and_(closed, _A.reopened_on <= window.as_of, _A.reopened_on <= _A.closed_on + SOON)
    return {
        "relief-denied": Case(and_(answered, _A.satisfied.is_(False)), answered, _A.feedback_on, "answered"),
        "last-day-before-limit": Case(at_limit, closed, _A.closed_on, "closed"),
        "quick-reopening": Case(soon, closed, _A.reopened_on, "closed"),
    }


def _sum(what: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(cast(func.sum(cast(what, Integer)), BigInteger), 0)


def _day(window: Window) -> ColumnElement[date]:
    return cast(window.as_of, Date)


def _told(window: Window, day: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """The first and last of days; where there are none, the as-of day."""
    return (
        func.coalesce(func.min(day), _day(window)).label("first"),
        func.coalesce(func.max(day), _day(window)).label("last"),
    )


def meeting(one: Case, selection: Selection, window: Window) -> Select[Any]:
    """One row per office with a stay that meets it: office, count, first and last."""
    rows = select(_A.office_id.label("office"), func.count().label("count"), *_told(window, one.day))
    return rows.where(*ledger_conditions(selection, window), one.out_of, one.meets).group_by(_A.office_id)


def busiest_days(selection: Selection, window: Window) -> Select[Any]:
    """One row per office: office, most (closings on its busiest day, behind them that day's distance), of, since."""
    daily = (
        select(
            _A.office_id.label("office"),
            cast(_day(window) - _A.closed_on, Integer).label("ago"),
            func.count().label("closings"),
            func.min(_A.opened_on).label("since"),
        )
        .where(*ledger_conditions(selection, window), is_closed(window))
        .group_by(_A.office_id, _A.closed_on)
        .subquery()
    )
    most = func.max(cast(daily.c.closings, BigInteger) * PLACES + daily.c.ago)  # of days alike, the earliest
    of = cast(func.sum(daily.c.closings), BigInteger)
    rows = select(daily.c.office, most.label("most"), of.label("of"), func.min(daily.c.since).label("since"))
    return rows.group_by(daily.c.office)


def is_praise(window: Window) -> ColumnElement[bool]:
    """Whether a closing's citizen had said by the day that he or she is satisfied."""
    return and_(_A.feedback_on <= window.as_of, _A.satisfied.is_(True))


def week() -> ColumnElement[Any]:
    """The Monday of the week in which a citizen answered."""
    return cast(func.date_trunc("week", _A.feedback_on), Date)


def repeated_praise(selection: Selection, window: Window) -> Select[Any]:
    """One row per office, week and citizen who praised it more than once: office, week, answers, first and last."""
    told = (
        select(_A.office_id, week().label("week"), complaint.c.citizen_id, _A.feedback_on)
        .select_from(assignment.join(complaint, complaint.c.id == _A.complaint_id))
        .where(*ledger_conditions(selection, window), is_praise(window), complaint.c.citizen_id.is_not(None))
        .subquery()  # PostgreSQL knows a bound expression again only as a column
    )
    each = told.c
    answers = func.count().label("answers")
    rows = select(each.office_id.label("office"), each.week, answers, *_told(window, each.feedback_on))
    return rows.group_by(each.office_id, each.week, each.citizen_id).having(func.count() > 1)


def returned(selection: Selection, window: Window) -> Select[Any]:
    """One row per office and complaint that had more than one stay: office, complaint_id, back and day.

    back: whether it came to the office by transfer after that had sent it on; day: when it last did.
    """
    sent_on = and_(_A.to_office_id != _A.office_id, _A.closed_on <= window.as_of)
    came = _A.from_office_id != _A.office_id
    last = func.max(case((came, _A.seq)))
    back = func.coalesce(last > func.min(case((sent_on, _A.seq))), False)
    day = case((back, func.max(case((came, _A.opened_on)))))
    return (
        select(_A.office_id.label("office"), _A.complaint_id, back.label("back"), day.label("day"))
        .where(*ledger_conditions(selection, window), moved())
        .group_by(_A.office_id, _A.complaint_id)
    )


def moved() -> ColumnElement[bool]:
    """Whether a complaint may have had more than one stay."""
    return or_(_A.seq > 1, _A.to_office_id.is_not(None), _A.reopened_on.is_not(None))


def circles(selection: Selection, window: Window) -> Select[Any]:
    """One row per office: office, count, of, first and last; complaints of a single stay are not among them."""
    each = returned(selection, window).subquery()
    counts = (_sum(each.c.back).label("count"), func.count().label("of"))
    return select(each.c.office, *counts, *_told(window, each.c.day)).group_by(each.c.office)


def how_many(selection: Selection, window: Window, condition: ColumnElement[bool]) -> Select[Any]:
    """One row per office: office and count."""
    rows = select(_A.office_id.label("office"), func.count().label("count"))
    return rows.where(*ledger_conditions(selection, window), condition).group_by(_A.office_id)
