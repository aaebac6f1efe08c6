"""The batches that came in, and the rows that each of them refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from data_access.database import Database
from data_access.rejects import Reject
from data_access.tables.system import data_version, import_batch, import_reject, restatement

_AT_ONCE: Final = 5_000


@dataclass(frozen=True)
class BatchRow:
    """One batch. `undoes` is the batch that it rolled back, `undone_by` the one that rolled it back.

    `landed_at` is in UTC. `version` is the data version that it made; None where it changed nothing.
    """

    number: int
    source: str
    landed_at: datetime
    read: int
    accepted: int
    rejected: int
    waiting: int
    unchanged: int
    undoes: int | None
    undone_by: int | None
    version: int | None


def newest_batches(connection: Connection, before: int | None, most: int) -> list[BatchRow]:
    """Batches, newest first; `before`: only those with a smaller number."""
    statement = _batches().order_by(import_batch.c.id.desc()).limit(most)
    if before is not None:
        statement = statement.where(import_batch.c.id < before)
    return [_row(row) for row in connection.execute(statement)]


def batch_of(connection: Connection, number: int) -> BatchRow | None:
    """The batch of that number; None where there is none."""
    row = connection.execute(_batches().where(import_batch.c.id == number)).first()
    return None if row is None else _row(row)


def restated_days(connection: Connection, number: int) -> int:
    """On how many earlier days rows of the batch landed."""
    found: int = connection.execute(
        select(func.count()).select_from(restatement).where(restatement.c.batch_id == number)
    ).scalar_one()
    return found


def rejects_of(connection: Connection, number: int, after: int = 0, most: int = _AT_ONCE) -> list[Reject]:
    """Rows that the batch refused, in the order in which it met them; `after`: only those behind it."""
    r = import_reject.c
    columns = (r.number, r.file, r.line, r.column, r.value, r.reason, r.original)
    found = select(*columns).where(r.batch_id == number, r.number > after).order_by(r.number).limit(most)
    return [Reject(*row) for row in connection.execute(found)]


def all_rejects(database: Database, number: int) -> Iterator[Reject]:
    """All of them, some thousands at a time: no row changes any more, so they need not come from one snapshot."""
    after = 0
    while True:
        with database.snapshot() as connection:
            part = rejects_of(connection, number, after)
        yield from part
        if len(part) < _AT_ONCE:
            return
        after = part[-1].number


def _batches() -> Select[Any]:
    b, undoing = import_batch.c, import_batch.alias("undoing")
    undone_by = select(func.min(undoing.c.id)).where(undoing.c.undoes == b.id).scalar_subquery()
    version = select(func.min(data_version.c.version)).where(data_version.c.batch_id == b.id).scalar_subquery()
    return select(
        *(b.id, b.source, b.landed_at, b.read, b.accepted, b.rejected, func.coalesce(b.waiting, 0), b.unchanged),
        *(b.undoes, undone_by.label("undone_by"), version.label("version")),
    )


def _row(row: Row[Any]) -> BatchRow:
    values: tuple[Any, ...] = tuple(row)
    return BatchRow(*values)
