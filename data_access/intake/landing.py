"""How a batch lands: ledger and flow of what it touched, the new data version, and the record of the batch."""

from typing import Final

import pyarrow as pa
from sqlalchemy import delete, func, insert, select

from data_access.clock import utc_now
from data_access.intake.batch import Batch, Say
from data_access.intake.flow import apply_change
from data_access.intake.ledger import build_ledger
from data_access.intake.restate import note_figures
from data_access.intake.stage import drop, fill, keep
from data_access.intake.undo import forget_older
from data_access.tables.facts import assignment
from data_access.tables.system import data_version, import_batch, import_reject


def land(batch: Batch, source: str, say: Say, undoes: int | None = None) -> None:
    """Bring ledger and flow up to date and make the new data version that every figure will name."""
    _rebuild(batch, say)
    forget_older(batch.connection, batch.number)
    note_batch(batch, source, undoes)
    _new_version(batch)


def _rebuild(batch: Batch, say: Say) -> None:
    """Bring ledger and flow up to date from the touched complaints alone."""
    connection = batch.connection
    touched = batch.touched()
    say(f"rebuilding the ledger of {batch.report.touched:,} complaints")
    of_touched = assignment.c.complaint_id.in_(select(touched.c.id))
    first_time = connection.execute(select(assignment.c.seq).limit(1)).first() is None
    before = None if first_time else keep(connection, "ledger_before", select(assignment).where(of_touched))
    after = build_ledger(connection, touched, "ledger_after")
    if before is not None:
        connection.execute(delete(assignment).where(of_touched))
    columns = [column.name for column in assignment.columns]
    connection.execute(insert(assignment).from_select(columns, select(*(after.c[name] for name in columns))))
    say("bringing the flow up to date")
    changes = apply_change(connection, before, after)
    note_figures(connection, batch.number, batch.newest_day, changes, before, after)
    for name in (changes.name, "ledger_before", "ledger_after", touched.name):
        drop(connection, name)


def _new_version(batch: Batch) -> None:
    a = assignment.c
    newest = func.greatest(
        func.max(a.opened_on), func.max(a.closed_on), func.max(a.reopened_on), func.max(a.feedback_on)
    )
    statement = select(func.min(a.received_on).label("first"), newest.label("newest"))
    days = batch.connection.execute(statement).one()
    batch.report.version += 1
    row = {
        "version": batch.report.version,
        "batch_id": batch.number,
        "made_at": utc_now(),
        "first_day": days.first,
        "newest_day": days.newest,
    }
    batch.connection.execute(insert(data_version), row)


def note_batch(batch: Batch, source: str, undoes: int | None = None) -> None:
    """Record what became of the batch, and which rows were refused."""
    report, connection = batch.report, batch.connection
    report.batch = batch.number
    row = {
        "id": batch.number,
        "source": source,
        "landed_at": utc_now(),
        "undoes": undoes,
        "undoable": batch.undoable,
        **report.counts(),
    }
    connection.execute(insert(import_batch), row)
    rejects = report.reject_rows()
    if len(rejects):
        numbered = rejects.assign(batch_id=batch.number, number=range(1, len(rejects) + 1))
        texts = numbered.astype({"value": object, "original": object}).where(numbered.notna(), None)
        fill(connection, import_reject, pa.Table.from_pandas(texts, preserve_index=False, schema=_REJECT_SCHEMA))


_REJECT_SCHEMA: Final = pa.schema(
    [
        ("batch_id", pa.int32()),
        ("number", pa.int32()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("original", pa.string()),
    ]
)
