"""The one door in: canonical rows → validation → events → ledger → flow, one transaction a batch."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
from sqlalchemy import func, select

from data_access import statistics
from data_access.clock import KARACHI
from data_access.database import Database
from data_access.intake.batch import Batch, Over, Report, Say, undisturbed
from data_access.intake.canonical import KINDS
from data_access.intake.landing import land, note_batch
from data_access.intake.references import read_known
from data_access.intake.stage import drop
from data_access.intake.takers import take
from data_access.intake.undo import forget
from data_access.intake.validate import RawRows
from data_access.origin import UNTOLD, Origin, write_origin
from data_access.reader import read_state
from data_access.tables.system import import_batch

_STAGED: Final = (
    *(
        "staged_citizen",
        "staged_complaint",
        "staged_conduct_flag",
        "staged_event",
        "staged_question",
        "staged_told",
        "staged_gone",
    ),
    *("staged_telling", "touched", "touched_id"),
)


def karachi_now() -> datetime:
    """The wall-clock time in Karachi."""
    return datetime.now(KARACHI).replace(tzinfo=None)


def take_in(
    database: Database,
    rows: Iterable[RawRows],
    source: str,
    *,
    now: datetime | None = None,
    say: Say = lambda _: None,
    undoable: bool = True,
    keep: bool = True,
    over: Over = undisturbed,
    told: Origin = UNTOLD,
) -> Report:
    """Take a batch in: all of it or, when anything fails, nothing. `say` is told what is being done.

    `keep` False: find out what would become of it, and leave everything as it is. `told`: whose complaints they are.

    Rows are taken one after the other, as they come, so that no more of them is in memory than the reader holds; what
    is referred to comes before what refers. A batch that changes nothing leaves no trace and makes no new data version.
    """
    with suppress(_NotKept), new_batch(database, now, undoable=undoable, over=over) as batch:
        for raw in rows:
            say(f"taking in {len(raw.lines):,} {raw.kind.name} rows")
            take(batch, raw)
        if not keep:
            raise _NotKept
        write_origin(batch.connection, told)
        if batch.report.changed:
            land(batch, source, say)
        else:
            forget(batch.connection, batch.number)
            if batch.report.rejected:
                note_batch(batch, source)
    if keep and batch.report.accepted >= statistics.MUCH:
        statistics.gather(database)
    return batch.report


class _NotKept(Exception):
    """Somebody only wanted to know."""


@contextmanager
def new_batch(
    database: Database, now: datetime | None = None, *, undoable: bool = True, over: Over = undisturbed
) -> Iterator[Batch]:
    """A batch in a transaction of its own, which ends with it."""
    with database.writer() as connection, over(connection):
        state = read_state(connection)
        number = connection.execute(select(func.coalesce(func.max(import_batch.c.id), 0) + 1)).scalar_one()
        known, report = read_known(connection), Report(version=state.version)
        batch = Batch(connection, known, now or karachi_now(), number, state.newest_day, report, undoable)
        batch.begin()
        yield batch
        for name in _STAGED:
            drop(connection, name)


def rows_of(tables: dict[str, pa.Table], source: str) -> Sequence[RawRows]:
    """Arrow tables by kind as rows for the door, in the order in which it takes them; lines are counted from 1."""
    return [
        RawRows(kind, source, tables[kind.name], np.arange(1, len(tables[kind.name]) + 1))
        for kind in KINDS
        if kind.name in tables
    ]
