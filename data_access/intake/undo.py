"""What a batch replaces is put aside first, so that the newest one can be rolled back."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.types import Date

from data_access.intake.matching import has, met
from data_access.intake.stage import drop, keep
from data_access.tables import reference
from data_access.tables.every import metadata
from data_access.tables.facts import event
from data_access.tables.undo import was_citizen, was_complaint, was_conduct_flag, was_event, was_reference

_ALL: Final = (was_citizen, was_complaint, was_conduct_flag, was_event, was_reference)


def forget_older(connection: Connection, batch: int) -> None:
    """A new batch has landed: those before it can no longer be rolled back."""
    for table in _ALL:
        connection.execute(delete(table).where(table.c.by_batch < batch))


def forget(connection: Connection, batch: int) -> None:
    """A batch has left no trace: its number will be another's."""
    for table in _ALL:
        connection.execute(delete(table).where(table.c.by_batch == batch))


def keep_rows(connection: Connection, table: Table, staged: Table, batch: int) -> None:
    """Put aside what `table` says of the ids in `staged`, or that it says nothing, the first time in this batch."""
    was = metadata.tables[f"was_{table.name}"]
    kept = met(connection, "staged_kept", staged, was, was.c.by_batch == batch)
    first = keep(connection, "staged_first", select(staged.c.id).where(~has(kept, staged.c.id)))
    there = met(connection, "staged_there", first, table)
    names = [column.name for column in table.columns]
    columns = ["by_batch", *names, "existed"]
    nothing = [first.c.id if name == "id" else cast(null(), table.c[name].type) for name in names]
    new = select(literal(batch), *nothing, cast(literal(False), Boolean)).where(~has(there, first.c.id))
    rows = [literal(batch), *(table.c[name] for name in names), literal(True).label("existed")]
    old = select(*rows).select_from(table.join(first, first.c.id == table.c.id))
    for which in (new, old):
        connection.execute(insert(was).from_select(columns, which))
    for used in (kept, first, there):
        drop(connection, used.name)


def same_event(those: FromClause) -> ColumnElement[bool]:
    """Whether an event is one of those, which have its complaint_id and hash."""
    return and_(those.c.complaint_id == event.c.complaint_id, those.c.hash == event.c.hash)


def keep_events(connection: Connection, those: Table, batch: int) -> None:
    """Put aside events that are about to go or to change, of earlier batches, the first time in this one.

    `those`: staged, one row each, with complaint_id and hash.
    """
    t, w, names = those.c, was_event.c, [column.name for column in event.columns]
    same = and_(w.complaint_id == t.complaint_id, w.hash == t.hash)
    kept = keep(
        connection, "staged_kept", select(t.complaint_id, t.hash).join(was_event, same).where(w.by_batch == batch)
    )
    again = select(kept.c.hash).where(kept.c.complaint_id == t.complaint_id, kept.c.hash == t.hash)
    first = keep(connection, "staged_first", select(t.complaint_id, t.hash).where(~again.exists()))
    rows = select(literal(batch), *(event.c[name] for name in names)).select_from(event.join(first, same_event(first)))
    connection.execute(insert(was_event).from_select(["by_batch", *names], rows.where(event.c.batch_id != batch)))
    for used in (kept, first):
        drop(connection, used.name)


def keep_references(
    connection: Connection,
    table: Table,
    changed: Sequence[tuple[Mapping[str, Any], Mapping[str, Any] | None]],
    batch: int,
) -> None:
    """Put aside reference rows: by their keys, as they were, None for those that are new."""
    if not changed:
        return
    r = was_reference.c
    start = connection.execute(select(func.coalesce(func.max(r.number), 0)).where(r.by_batch == batch)).scalar_one()
    rows = [
        {
            "by_batch": batch,
            "number": start + place,
            "table_name": table.name,
            "key": json.dumps(dict(key), default=str),
            "before": None if before is None else json.dumps(dict(before), default=str),
        }
        for place, (key, before) in enumerate(changed, start=1)
    ]
    connection.execute(insert(was_reference), rows)


def put_back_references(connection: Connection, batch: int, *, new_too: bool) -> None:
    """Reference rows as they were before the batch, the last change first; `new_too`: new ones go."""
    r = was_reference.c
    kept = select(r.table_name, r.key, r.before).where(r.by_batch == batch).order_by(r.number.desc())
    for name, key, before in connection.execute(kept).all():
        table: Table = getattr(reference, name)
        if before is not None or new_too:
            values = _row(table, key).items()
            connection.execute(delete(table).where(*(table.c[part] == value for part, value in values)))
        if before is not None:
            connection.execute(insert(table), _row(table, before))


def _row(table: Table, text: str) -> dict[str, Any]:
    """A row that was written as JSON."""
    found = json.loads(text)
    days = [name for name in found if isinstance(table.c[name].type, Date) and found[name] is not None]
    return {**found, **{name: date.fromisoformat(found[name]) for name in days}}
