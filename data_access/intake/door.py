"""The one door in: canonical rows → validation → events → ledger → flow, one transaction a batch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, Table, delete, func, insert, select, union

from data_access.clock import utc_now
from data_access.database import Database
from data_access.intake.canonical import KINDS
from data_access.intake.columns import ZONE, text_of
from data_access.intake.flow import apply_change
from data_access.intake.ledger import build_ledger
from data_access.intake.log import log_events
from data_access.intake.people import Taken, take_citizens, take_complaints, unknown_citizens
from data_access.intake.references import Known, is_reference, place, read_known
from data_access.intake.restate import note_events, note_figures
from data_access.intake.stage import drop, fill, keep
from data_access.intake.validate import REJECT_COLUMNS, RawRows, check_rows
from data_access.reader import read_state
from data_access.tables.facts import assignment, complaint
from data_access.tables.system import data_version, import_batch, import_reject

_STAGED: Final = ("staged_citizen", "staged_complaint", "staged_event", "staged_question")
Say = Callable[[str], None]


def karachi_now() -> datetime:
    """The wall-clock time in Karachi."""
    return datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None)


@dataclass
class Report:
    """What became of a batch: accepted + rejected + unchanged = read. `waiting` events are among the accepted.

    `batch` is its number; 0 for one that left no trace.
    """

    batch: int = 0
    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    waiting: int = 0
    touched: int = 0
    version: int = 0
    restated_days: int = 0
    restated_events: int = 0
    rejects: list[pd.DataFrame] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(len(part) for part in self.rejects)

    def reject_rows(self) -> pd.DataFrame:
        """One row per refused row: file, line, column, value, reason."""
        rows = pd.concat(self.rejects) if self.rejects else pd.DataFrame(columns=list(REJECT_COLUMNS))
        return rows.assign(value=rows["value"].map(_storable))


def _storable(value: object) -> object:
    """PostgreSQL takes no null character in a text."""
    return value.replace("\x00", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


@dataclass
class _Batch:
    connection: Connection
    known: Known
    now: datetime
    number: int
    newest_day: date | None
    report: Report
    touched: list[Table] = field(default_factory=list)

    def refuse(self, source: str, lines: np.ndarray, column: str, values: pa.Array | None, reason: str) -> None:
        """Note rows that only the database could tell were bad."""
        shown = None if values is None else text_of(values).to_pandas()
        found = {"file": source, "line": lines, "column": column, "value": shown, "reason": reason}
        self.report.rejects.append(pd.DataFrame(found, columns=list(REJECT_COLUMNS)))


def take_in(
    database: Database, rows: Iterable[RawRows], source: str, *, now: datetime | None = None, say: Say = lambda _: None
) -> Report:
    """Take a batch in: all of it or, when anything fails, nothing. `say` is told what is being done.

    A batch that changes nothing leaves no trace and makes no new data version.
    """
    waiting_rows = sorted(rows, key=lambda raw: [kind.name for kind in KINDS].index(raw.kind.name))
    with database.writer() as connection:
        state = read_state(connection)
        number = connection.execute(select(func.coalesce(func.max(import_batch.c.id), 0) + 1)).scalar_one()
        known = read_known(connection)
        batch = _Batch(connection, known, now or karachi_now(), number, state.newest_day, Report(version=state.version))
        for kind in KINDS:
            of_kind = [raw for raw in waiting_rows if raw.kind is kind]
            for raw in of_kind:
                say(f"checking {len(raw.lines):,} {kind.name} rows")
                batch.report.read += raw.read
                _TAKERS.get(kind.name, _take_reference)(batch, raw)
        if batch.report.accepted:
            _rebuild(batch, say)
            _record(batch, source)
        elif batch.report.rejected:
            _record_batch(batch, source)
        for name in (*_STAGED, "touched"):
            drop(connection, name)
    return batch.report


def _take_reference(batch: _Batch, raw: RawRows) -> None:
    kind, known = raw.kind, batch.known
    fresh: list[str] = []
    if is_reference(kind) and kind.key == ("slug",) and "slug" in raw.table.column_names:
        slugs = text_of(raw.table.column("slug").combine_chunks()).to_pylist()
        fresh = known.allot(kind.name, [slug.strip() for slug in slugs if slug])
    while True:
        table, lines, rejects = check_rows(raw, known.ids, batch.now)
        good = set(table.column("slug").to_pylist()) if fresh else set()
        gone = [slug for slug in fresh if slug not in good and slug in known.ids[kind.name]]
        if not gone:
            break
        known.forget(kind.name, gone)  # a row that refers to a rejected one of its own kind is found on the next turn
    placed = place(batch.connection, kind, table, known)
    batch.report.rejects.extend(rejects)
    if placed.refused.any():
        batch.refuse(raw.source, lines[placed.refused], kind.key[0], None, placed.reason)
    batch.report.accepted += placed.accepted
    batch.report.unchanged += placed.unchanged


def _count(batch: _Batch, taken: Taken) -> None:
    batch.report.accepted += taken.accepted
    batch.report.unchanged += taken.unchanged


def _take_citizens(batch: _Batch, raw: RawRows) -> None:
    table, _, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.report.rejects.extend(rejects)
    taken = take_citizens(batch.connection, table)
    _count(batch, taken)
    complaints = select(complaint.c.id).where(complaint.c.citizen_id.in_(select(taken.changed.c.id)))
    batch.touched.append(keep(batch.connection, f"touched_{len(batch.touched)}", complaints))


def _take_complaints(batch: _Batch, raw: RawRows) -> None:
    table, lines, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.report.rejects.extend(rejects)
    unknown = unknown_citizens(batch.connection, table.column("citizen"), None)
    if unknown.any():
        values = table.column("citizen").combine_chunks().filter(pa.array(unknown))
        batch.refuse(raw.source, lines[unknown], "citizen", values, "names no citizen that is known")
        table = table.filter(pa.array(~unknown))
    taken = take_complaints(batch.connection, table)
    _count(batch, taken)
    batch.touched.append(keep(batch.connection, f"touched_{len(batch.touched)}", select(taken.changed.c.id)))


def _take_events(batch: _Batch, raw: RawRows) -> None:
    table, lines, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.report.rejects.extend(rejects)
    slugs = {key: slug for slug, key in batch.known.ids["office"].items()}
    logged = log_events(batch.connection, table, slugs, batch.number, batch.newest_day)
    if len(logged.early):
        values = table.column("happened_at").combine_chunks().take(pa.array(logged.early))
        batch.refuse(raw.source, lines[logged.early], "happened_at", values, "lies before the complaint was received")
    batch.report.accepted += logged.accepted
    batch.report.unchanged += logged.unchanged
    batch.report.waiting += logged.waiting
    known = select(logged.staged.c.complaint_id.label("id")).distinct()
    batch.touched.append(keep(batch.connection, f"touched_{len(batch.touched)}", known))
    _restate(batch, logged.restated)


def _restate(batch: _Batch, days: pd.DataFrame) -> None:
    if days.empty:
        return
    batch.report.restated_days += len(days)
    batch.report.restated_events += int(days["events"].sum())
    note_events(batch.connection, batch.number, days)


_TAKERS: Final[dict[str, Callable[[_Batch, RawRows], None]]] = {
    "citizen": _take_citizens,
    "complaint": _take_complaints,
    "event": _take_events,
}


def _rebuild(batch: _Batch, say: Say) -> None:
    """Bring ledger and flow up to date from the touched complaints alone."""
    connection = batch.connection
    if not batch.touched:
        return
    ids = union(*(select(table.c.id) for table in batch.touched)).subquery()
    touched = keep(connection, "touched", select(ids.c.id))
    batch.report.touched = connection.execute(select(func.count()).select_from(touched)).scalar_one()
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
    for name in (changes.name, "ledger_before", "ledger_after", *(table.name for table in batch.touched)):
        drop(connection, name)


def _record(batch: _Batch, source: str) -> None:
    """Make the new data version that every figure will name."""
    _record_batch(batch, source)
    connection = batch.connection
    newest = func.greatest(
        func.max(assignment.c.opened_on),
        func.max(assignment.c.closed_on),
        func.max(assignment.c.reopened_on),
        func.max(assignment.c.feedback_on),
    )
    days = connection.execute(select(func.min(assignment.c.received_on).label("first"), newest.label("newest"))).one()
    batch.report.version += 1
    row = {
        "version": batch.report.version,
        "batch_id": batch.number,
        "made_at": utc_now(),
        "first_day": days.first,
        "newest_day": days.newest,
    }
    connection.execute(insert(data_version), row)


def _record_batch(batch: _Batch, source: str) -> None:
    report, connection = batch.report, batch.connection
    report.batch = batch.number
    counts = {
        "read": report.read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "unchanged": report.unchanged,
    }
    connection.execute(insert(import_batch), {"id": batch.number, "source": source, "landed_at": utc_now(), **counts})
    rejects = report.reject_rows()
    if len(rejects):
        numbered = rejects.assign(batch_id=batch.number, number=range(1, len(rejects) + 1))
        texts = numbered.astype({"value": object}).where(numbered.notna(), None)
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
    ]
)


def rows_of(tables: dict[str, pa.Table], source: str) -> Sequence[RawRows]:
    """Arrow tables by kind as rows for the door; lines are counted from 1."""
    kinds = {kind.name: kind for kind in KINDS}
    return [RawRows(kinds[name], source, table, np.arange(1, len(table) + 1)) for name, table in tables.items()]
