"""Complaints as exports tell them, one row each: turned into a complaint and its events.

An export tells of a complaint anew each time it is made. Events that only its row has told of go when a later row of
the complaint does not say so any more; what came as an event of its own stays, whatever rows say.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Date, Table, and_, cast, delete, func, select, update

from data_access.intake.hashing import event_hash
from data_access.intake.stage import keep, stage
from data_access.intake.undo import keep_events, keep_rows, same_event
from data_access.tables.facts import complaint, event

_COMPLAINT: Final = ("id", "citizen", "category", "district", "channel", "received_at", "due_on", "subject", "told_at")
_TOLD: Final = (
    ("received", "received_at", "office", None),
    ("closed", "closed_at", None, "outcome"),
    ("reopened", "reopened_at", None, None),
    ("feedback", "feedback_at", None, "satisfied"),
)
"""Kind of event, the column with its time, and those of its office and of what it says."""


def complaints_of(rows: pa.Table) -> pa.Table:
    """One complaint per row."""
    return rows.select(list(_COMPLAINT))


def events_of(rows: pa.Table) -> pa.Table:
    """All that the rows tell to have happened, one event each. An answer without a time came with the closing."""
    answered = pc.if_else(pc.is_valid(rows.column("satisfied")), rows.column("closed_at"), None)
    at = {"feedback_at": pc.coalesce(rows.column("feedback_at"), answered)}
    parts = []
    for kind, when, office, says in _TOLD:
        happened = at.get(when, rows.column(when))
        there = pc.is_valid(happened)
        nothing = {"office": pa.int32(), "outcome": pa.string(), "satisfied": pa.bool_()}
        said = {name: rows.column(name) if name in {office, says} else None for name in nothing}
        columns = {
            "complaint": rows.column("id"),
            "happened_at": happened,
            "kind": pa.array([kind] * len(rows), pa.string()),
            **{name: pa.nulls(len(rows), nothing[name]) if said[name] is None else said[name] for name in nothing},
        }
        parts.append(pa.table(columns).cast(_SCHEMA).filter(there))
    return pa.concat_tables(parts).combine_chunks()


_SCHEMA: Final = pa.schema(
    [
        ("complaint", pa.int64()),
        ("happened_at", pa.timestamp("us")),
        ("kind", pa.string()),
        ("office", pa.int32()),
        ("outcome", pa.string()),
        ("satisfied", pa.bool_()),
    ]
)


def newest_of_each(connection: Connection, rows: pa.Table) -> pa.Table:
    """The row of each complaint that tells of it last: by when it was told, else by its place; none that is outdated.

    Rows that are the same by all of that are told apart by their words, so that their order does not matter.
    """
    told = rows.column("told_at")
    if told.null_count < len(told):
        order = pc.sort_indices(rows.append_column("place", pa.array(np.arange(len(rows)))), sort_keys=_ORDER)
        rows = rows.take(order)
    last = ~pd.Series(rows.column("id").to_numpy()).duplicated(keep="last").to_numpy()
    rows = rows.filter(pa.array(last))
    if told.null_count == len(told):
        return rows
    asked = stage(connection, "staged_question", rows.select(["id", "told_at"]))
    newer = and_(complaint.c.id == asked.c.id, complaint.c.told_at > asked.c.told_at)
    outdated = [row.id for row in connection.execute(select(asked.c.id).join(complaint, newer))]
    return rows.filter(pc.invert(pc.is_in(rows.column("id"), pa.array(outdated, pa.int64()))))


_ORDER: Final = [("told_at", "ascending", "at_start"), ("place", "ascending", "at_end")]


def note_telling(connection: Connection, rows: pa.Table, batch: int) -> None:
    """Complaints of which nothing new was told, but later than before."""
    told = rows.column("told_at")
    if told.null_count == len(told):
        return
    staged = stage(connection, "staged_question", rows.select(["id", "told_at"]).filter(pc.is_valid(told)))
    later = and_(
        complaint.c.id == staged.c.id,
        func.coalesce(complaint.c.told_at < staged.c.told_at, True),
    )
    fresh = keep(connection, "staged_telling", select(staged.c.id, staged.c.told_at).join(complaint, later))
    keep_rows(connection, complaint, fresh, batch)
    connection.execute(update(complaint).where(complaint.c.id == fresh.c.id).values(told_at=fresh.c.told_at))


@dataclass(frozen=True)
class TakenBack:
    """Events that went, one row each with complaint_id, and the days they lay on."""

    events: Table
    days: pd.DataFrame


def take_back(
    connection: Connection, rows: pa.Table, events: pa.Table, slugs: dict[int, str], batch: int, newest: date | None
) -> TakenBack:
    """Remove what earlier rows of these complaints told and these do not."""
    hashes = event_hash(events, slugs)
    told = pa.table({"complaint_id": events.column("complaint"), "hash": pa.array(hashes)})
    staged = stage(connection, "staged_told", told)
    asked = stage(connection, "staged_question", rows.select(["id"]))
    columns = (event.c.complaint_id, event.c.hash, cast(event.c.happened_at, Date).label("day"))
    ours = event.join(asked, asked.c.id == event.c.complaint_id).outerjoin(staged, same_event(staged))
    gone = select(*columns).select_from(ours).where(event.c.by_case, staged.c.hash.is_(None))
    found = keep(connection, "staged_gone", gone)
    counted = select(found.c.day, func.count().label("events")).group_by(found.c.day).order_by(found.c.day)
    earlier = counted if newest is None else counted.where(found.c.day < newest)
    days = pd.DataFrame([] if newest is None else connection.execute(earlier).all(), columns=["day", "events"])
    keep_events(connection, found, batch)
    connection.execute(delete(event).where(same_event(found)))
    return TakenBack(found, days)
