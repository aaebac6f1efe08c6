"""The sample into an empty database, by the same door as any file, and what comes with it."""

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Table, update

from data_access.accounts.demo import add_demo_accounts
from data_access.accounts.import_note import note_import
from data_access.database import Database
from data_access.intake.batch import Report
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from data_access.intake.references import Known, read_known
from data_access.intake.sample.make import make_sample
from data_access.intake.sample.shape import Sample
from data_access.intake.stage import fill
from data_access.tables.every import metadata
from data_access.tables.reference import government

_REFERS: Mapping[str, str] = {
    "government": "government",
    "holder": "government",
    "office": "office",
    "category": "category",
    "district": "district",
}


def load_sample(database: Database, complaints: int, seed: int, say: Callable[[str], None]) -> Report:
    """Make the sample and take it in. Raises DatabaseProblem when the database is in use already."""
    say("making the sample")
    sample = make_sample(complaints, seed)
    lay_ground(database, "sample", sample.label)
    report = take_in(database, rows_of(dict(sample.rows), "sample"), "sample", say=say, undoable=False)
    say("adding reviews, promises, announcements and accounts")
    with database.writer() as connection:
        _mark_unranked(connection, sample)
        known = read_known(connection)
        for name, rows in sample.records.items():
            _add(connection, metadata.tables[name], rows, known)
        add_demo_accounts(connection)
    note_import(database, report, "sample")
    return report


def _mark_unranked(connection: Connection, sample: Sample) -> None:
    for slug, note in sample.unranked.items():
        connection.execute(update(government).where(government.c.slug == slug).values(ranked=False, note=note))


def _add(connection: Connection, table: Table, rows: list[dict[str, Any]], known: Known) -> None:
    if not rows:
        return
    found = [_with_ids(row, known) for row in rows]
    has_number = "id" in table.c
    numbered = [{**({"id": number} if has_number else {}), **row} for number, row in enumerate(found, start=1)]
    columns = {name: [row.get(name) for row in numbered] for name in numbered[0]}
    fill(connection, table, pa.table(columns))


def _with_ids(row: dict[str, Any], known: Known) -> dict[str, Any]:
    """Slugs turned into the ids of this database."""
    return {
        f"{name}_id" if name in _REFERS else name: (
            None if value is None else known.ids[_REFERS[name]][value] if name in _REFERS else value
        )
        for name, value in row.items()
    }
