"""From events to the ledger of stays, whole complaints at a time. The numbered rules are those of docs/ledger.md.

Every statement works on all touched complaints at once; the order in which their events arrived does not matter. As
their tables are the same for each batch, the statements are built once.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Over,
    Select,
    SmallInteger,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data_access.intake.canonical import EVENT_KINDS
from data_access.intake.stage import drop, keep
from data_access.tables.facts import assignment, citizen, complaint, event
from data_access.tables.reference import office

_MOVES = ("received", "assigned", "transferred")
_OFFICES = 2**32  # an order number and an office id share one bigint: order × 2**32 + office


def build_ledger(connection: Connection, touched: FromClause, name: str) -> Table:
    """A temporary table of that name: the ledger rows of all complaints in `touched` (a relation with column id)."""
    ordered = keep(connection, "ledger_ordered", _ordered(touched))
    stated = keep(connection, "ledger_stated", _stated(ordered))
    effective = keep(connection, "ledger_effective", _effective(stated))
    steps = keep(connection, "ledger_step", _steps(effective))
    ledger = keep(connection, name, _with_copies(steps, effective))
    for used in (ordered, stated, effective, steps):
        drop(connection, used.name)
    return ledger


def _before(value: ColumnElement[Any], table: FromClause) -> Over[Any]:
    """The largest value on earlier rows of the same complaint. Stands for `last value, nulls ignored`."""
    return func.max(value).over(partition_by=table.c.complaint_id, order_by=table.c.rn, rows=(None, -1))


@lru_cache(maxsize=8)
def _ordered(touched: FromClause) -> Select[Any]:
    """Rules 2 and 3: the events that count, numbered in order; when each complaint got its first holder (rule 6)."""
    rank = case({kind: position for position, kind in enumerate(EVENT_KINDS)}, value=event.c.kind)
    order = func.row_number().over(
        partition_by=event.c.complaint_id, order_by=(event.c.happened_at, rank, event.c.hash)
    )
    return (
        select(
            event.c.complaint_id,
            cast(order, BigInteger).label("rn"),
            cast(event.c.happened_at, Date).label("day"),
            event.c.kind,
            event.c.office_id,
            event.c.outcome,
            event.c.satisfied,
        )
        .select_from(
            event.join(touched, touched.c.id == event.c.complaint_id).join(complaint, complaint.c.id == touched.c.id)
        )
        .where(event.c.happened_at >= complaint.c.received_at)
    )


@lru_cache(maxsize=8)
def _stated(ordered: Table) -> Select[Any]:
    """Events from the first holder on, each with whether the complaint was closed before it (rule 5)."""
    names_holder = and_(ordered.c.office_id.is_not(None), ordered.c.kind.in_([*_MOVES, "closed"]))
    first = func.min(case((names_holder, ordered.c.rn))).over(partition_by=ordered.c.complaint_id)
    held = select(ordered, first.label("first")).subquery()
    switch = case((held.c.kind == "closed", held.c.rn * 2 + 1), (held.c.kind == "reopened", held.c.rn * 2))
    last_switch = func.max(switch).over(partition_by=held.c.complaint_id, order_by=held.c.rn, rows=(None, -1))
    closed = func.coalesce(last_switch, 0) % 2 == 1
    return select(*(held.c[column.name] for column in ordered.columns), closed.label("closed")).where(
        held.c.rn >= held.c.first
    )


@lru_cache(maxsize=8)
def _effective(stated: Table) -> Select[Any]:
    """Events that change something, and feedback; each with the holder and the last closing before it."""
    is_feedback = stated.c.kind == "feedback"
    counts = or_(
        is_feedback,
        and_(stated.c.kind.in_([*_MOVES, "closed"]), ~stated.c.closed),
        and_(stated.c.kind == "reopened", stated.c.closed),
    )
    kept = select(stated).where(counts).subquery()
    names_office = and_(kept.c.office_id.is_not(None), kept.c.kind != "feedback")
    holder = _before(case((names_office, kept.c.rn * _OFFICES + kept.c.office_id)), kept) % _OFFICES
    closing = _before(case((kept.c.kind == "closed", kept.c.rn)), kept)
    return select(kept, cast(holder, BigInteger).label("holder"), cast(closing, BigInteger).label("closing"))


@lru_cache(maxsize=8)
def _steps(effective: Table) -> Select[Any]:
    """Rules 6 to 9: each effective event as one or two steps (open, reopen, move, close), in order."""
    e = effective.c
    elsewhere = and_(e.office_id.is_not(None), e.office_id != e.holder, e.kind != "feedback")
    at = func.coalesce(e.office_id, e.holder)

    def step(name: str, order: int, office_id: ColumnElement[Any], *when: ColumnElement[bool]) -> Select[Any]:
        columns = (e.complaint_id, (e.rn * 8 + order).label("rn"), e.rn.label("event_rn"), e.day, e.outcome)
        label = literal(name, String).label("step")
        return select(*columns, cast(office_id, BigInteger).label("office_id"), label).where(*when)

    united = union_all(
        step("open", 0, at, e.holder.is_(None)),
        step("reopen", 1, e.holder, e.kind == "reopened"),
        step("move", 2, at, elsewhere),
        step("close", 3, at, e.kind == "closed"),
    ).subquery()
    return select(united)


def _stays(steps: Table) -> Select[Any]:
    """One row per stay: each open, reopen or move step, ended by the step that follows it."""
    complaint_id, rn = steps.c.complaint_id, steps.c.rn

    def lead(column: ColumnElement[Any], by: int = 1) -> Over[Any]:
        return func.lead(column, by).over(partition_by=complaint_id, order_by=rn)

    s = select(
        steps,
        lead(steps.c.step).label("next_step"),
        lead(steps.c.day).label("next_day"),
        lead(steps.c.outcome).label("next_outcome"),
        lead(steps.c.office_id).label("next_office"),
        lead(steps.c.event_rn).label("next_rn"),
        lead(steps.c.day, 2).label("after_next_day"),
        func.lag(steps.c.office_id).over(partition_by=complaint_id, order_by=rn).label("previous_office"),
    ).subquery()
    ends_by_move, ends_by_closing = s.c.next_step == "move", s.c.next_step == "close"
    seq = func.row_number().over(partition_by=s.c.complaint_id, order_by=s.c.rn)
    return select(
        s.c.complaint_id,
        cast(seq, SmallInteger).label("seq"),
        s.c.office_id,
        s.c.step,
        s.c.day,
        s.c.next_day.label("closed_on"),
        case((ends_by_move, "transferred"), (ends_by_closing, s.c.next_outcome)).label("outcome"),
        case((ends_by_closing, s.c.after_next_day)).label("reopened_on"),
        case((s.c.step == "move", s.c.previous_office)).label("from_office_id"),
        case((ends_by_move, s.c.next_office)).label("to_office_id"),
        case((ends_by_closing, s.c.next_rn), else_=null()).label("closing"),
    ).where(s.c.step != "close")


def _answers(effective: Table) -> Select[Any]:
    """Rule 10: the first answer to each closing."""
    e = effective.c
    place = func.row_number().over(partition_by=(e.complaint_id, e.closing), order_by=e.rn)
    answers = (
        select(e.complaint_id, e.closing, e.day, e.satisfied, place.label("place"))
        .where(e.kind == "feedback", e.closing.is_not(None))
        .subquery()
    )
    return select(answers).where(answers.c.place == 1)


@lru_cache(maxsize=8)
def _with_copies(steps: Table, effective: Table) -> Select[Any]:
    """The rows as the ledger holds them, in the order of its columns."""
    s, a = _stays(steps).subquery("stay"), _answers(effective).subquery("answer")
    received_on = cast(complaint.c.received_at, Date)
    made = {
        "opened_on": case((s.c.step == "open", received_on), else_=s.c.day),
        "opened_by": case({"open": "received", "move": "transferred", "reopen": "reopened"}, value=s.c.step),
        "feedback_on": a.c.day,
        "satisfied": a.c.satisfied,
        "received_on": received_on,
        "due_on": complaint.c.due_on,
        "government_id": office.c.government_id,
        "department_id": office.c.department_id,
        "district_id": complaint.c.district_id,
        "category_id": complaint.c.category_id,
        "channel": complaint.c.channel,
        "residency": func.coalesce(citizen.c.residency, "unknown"),
        "gender": func.coalesce(citizen.c.gender, "unknown"),
    }
    columns = [
        cast(made.get(column.name, s.c.get(column.name)), column.type).label(column.name)
        for column in assignment.columns
    ]
    return select(*columns).select_from(
        s.join(complaint, complaint.c.id == s.c.complaint_id)
        .join(office, office.c.id == s.c.office_id)
        .outerjoin(citizen, citizen.c.id == complaint.c.citizen_id)
        .outerjoin(a, and_(a.c.complaint_id == s.c.complaint_id, a.c.closing == s.c.closing))
    )
