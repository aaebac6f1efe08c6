"""How the door takes rows of each kind: checked, compared with what is known, put in their place."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Table, func, select, union

from data_access.intake.batch import Batch
from data_access.intake.cases import complaints_of, events_of, newest_of_each, note_telling, take_back
from data_access.intake.columns import text_of
from data_access.intake.log import Logged, log_events
from data_access.intake.people import Put, take_citizens, take_complaints, take_flags, unknown_ids
from data_access.intake.references import is_reference, place
from data_access.intake.restate import note_events
from data_access.intake.undo import keep_rows
from data_access.intake.validate import RawRows, check_rows
from data_access.tables.facts import citizen, complaint


def take(batch: Batch, raw: RawRows) -> None:
    """Take the rows in."""
    batch.report.read += raw.read
    _TAKERS.get(raw.kind.name, _take_reference)(batch, raw)


def _take_reference(batch: Batch, raw: RawRows) -> None:
    kind, known = raw.kind, batch.known
    raw = _unknown_only(batch, raw) if raw.made else raw
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
    placed = place(batch.connection, kind, table, known, batch.number)
    batch.reject(raw, rejects)
    if placed.refused.any():
        batch.refuse(raw, lines[placed.refused], kind.key[0], None, placed.reason)
    batch.count(raw, placed.accepted, placed.unchanged)


def _unknown_only(batch: Batch, raw: RawRows) -> RawRows:
    """Rows that were made for others to refer to change nothing that is known."""
    known = batch.known.ids[raw.kind.name]
    unknown = [slug not in known for slug in text_of(raw.table.column("slug").combine_chunks()).to_pylist()]
    mask = pd.Series(unknown, dtype=bool).to_numpy()
    return RawRows(raw.kind, raw.source, raw.table.filter(pa.array(mask)), raw.lines[mask], made=True)


def _putting_aside(batch: Batch) -> Put:
    def put_aside(table: Table, staged: Table) -> None:
        if batch.undoable:
            keep_rows(batch.connection, table, staged, batch.number)

    return put_aside


def _take_citizens(batch: Batch, raw: RawRows) -> None:
    table, _, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.reject(raw, rejects)
    taken = take_citizens(batch.connection, table, _putting_aside(batch))
    batch.count(raw, taken.accepted, taken.unchanged)
    batch.touch(select(complaint.c.id).where(complaint.c.citizen_id.in_(select(taken.changed.c.id))))


def _checked_complaints(batch: Batch, raw: RawRows) -> pa.Table:
    """The good rows; refused are those of a citizen whom nobody knows."""
    table, lines, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.reject(raw, rejects)
    return _known_only(batch, raw, table, lines, "citizen", citizen)[0]


def _known_only(
    batch: Batch, raw: RawRows, table: pa.Table, lines: np.ndarray, name: str, those: Table
) -> tuple[pa.Table, np.ndarray]:
    """The rows, and their lines, whose column of that name holds an id in the other table, or none."""
    unknown = unknown_ids(batch.connection, those, table.column(name))
    if unknown.any():
        values = table.column(name).combine_chunks().filter(pa.array(unknown))
        batch.refuse(raw, lines[unknown], name, values, f"names no {name} that is known")
    return table.filter(pa.array(~unknown)), lines[~unknown]


def _take_complaints(batch: Batch, raw: RawRows) -> None:
    table = _checked_complaints(batch, raw)
    taken = take_complaints(batch.connection, table, _putting_aside(batch))
    batch.count(raw, taken.accepted, taken.unchanged)
    batch.touch(select(taken.changed.c.id))


def _take_flags(batch: Batch, raw: RawRows) -> None:
    table, lines, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.reject(raw, rejects)
    for name, those in (("citizen", citizen), ("complaint", complaint)):
        table, lines = _known_only(batch, raw, table, lines, name, those)
    taken = take_flags(batch.connection, table, _putting_aside(batch))
    batch.count(raw, taken.accepted, taken.unchanged)


def _take_cases(batch: Batch, raw: RawRows) -> None:
    connection, given = batch.connection, _checked_complaints(batch, raw)
    rows = newest_of_each(connection, given)
    events, slugs = events_of(rows), _slugs(batch)
    taken = take_complaints(connection, complaints_of(rows), _putting_aside(batch))
    gone = take_back(connection, rows, events, slugs, batch.number, batch.newest_day)
    logged = log_events(connection, events, slugs, batch.number, batch.newest_day, by_case=True)
    touched = union(
        select(taken.changed.c.id),
        select(gone.events.c.complaint_id.label("id")),
        select(logged.staged.c.complaint_id.label("id")),
    ).subquery()
    changed = connection.execute(select(func.count()).select_from(touched)).scalar_one()
    batch.count(raw, changed, len(given) - changed)
    batch.touch(select(touched.c.id))
    note_telling(connection, rows, batch.number)
    _restate(batch, gone.days)
    _restate(batch, logged.restated)


def _take_events(batch: Batch, raw: RawRows) -> None:
    table, lines, rejects = check_rows(raw, batch.known.ids, batch.now)
    batch.reject(raw, rejects)
    logged: Logged = log_events(batch.connection, table, _slugs(batch), batch.number, batch.newest_day)
    if len(logged.early):
        values = table.column("happened_at").combine_chunks().take(pa.array(logged.early))
        batch.refuse(raw, lines[logged.early], "happened_at", values, "lies before the complaint was received")
    batch.count(raw, logged.accepted, logged.unchanged, logged.waiting)
    batch.touch(select(logged.staged.c.complaint_id.label("id")).distinct())
    _restate(batch, logged.restated)


def _slugs(batch: Batch) -> dict[int, str]:
    return {key: slug for slug, key in batch.known.ids["office"].items()}


def _restate(batch: Batch, days: pd.DataFrame) -> None:
    if days.empty:
        return
    batch.report.restated_days += len(days)
    batch.report.restated_events += int(days["events"].sum())
    note_events(batch.connection, batch.number, days)


_TAKERS: Final[dict[str, Callable[[Batch, RawRows], None]]] = {
    "citizen": _take_citizens,
    "complaint": _take_complaints,
    "case": _take_cases,
    "event": _take_events,
    "flag": _take_flags,
}
