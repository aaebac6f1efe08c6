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

from data_access.tables import reference
from data_access.tables.base import metadata
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


def keep_rows(connection: Connection, table: Table, staged: FromClause, batch: int) -> None:
    """Put aside what `table` says of the ids in `staged`, or that it says nothing, the first time in this batch."""
    was = metadata.tables[f"was_{table.name}"]
    kept = select(was.c.id).where(was.c.by_batch == batch, was.c.id == staged.c.id).exists()
    names = [column.name for column in table.columns]
    there = [*(table.c[name] for name in names), literal(True).label("existed")]
    columns = ["by_batch", *names, "existed"]
    old = select(literal(batch), *there).select_from(table.join(staged, staged.c.id == table.c.id)).where(~kept)
    nothing = [staged.c.id if name == "id" else cast(null(), table.c[name].type) for name in names]
    unknown = ~select(table.c.id).where(table.c.id == staged.c.id).exists()
    new = select(literal(batch), *nothing, cast(literal(False), Boolean)).where(~kept, unknown)
    connection.execute(insert(was).from_select(columns, new))
    connection.execute(insert(was).from_select(columns, old))


def keep_events(connection: Connection, which: ColumnElement[bool], batch: int) -> None:
    """Put aside events that are about to go or to change, of earlier batches, the first time in this one."""
    w, names = was_event.c, [column.name for column in event.columns]
    same = and_(w.by_batch == batch, w.complaint_id == event.c.complaint_id, w.hash == event.c.hash)
    kept = select(w.hash).where(same).exists()
    rows = select(literal(batch), *(event.c[name] for name in names)).where(which, event.c.batch_id != batch, ~kept)
    connection.execute(insert(was_event).from_select(["by_batch", *names], rows))


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
