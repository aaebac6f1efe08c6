"""A random world through the door into a real database, and the ledger and flow read back by slug."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from data_access.database import Database
from data_access.intake.batch import Report
from data_access.intake.door import rows_of, take_in
from data_access.intake.hashing import event_hash
from data_access.measures import MEASURES
from data_access.reader import Reader, reader
from data_access.scope import Scope
from data_access.tables.every import metadata
from data_access.tables.facts import assignment
from data_access.tables.flow import flow
from tests.replay import Event, Stay, World, wall
from tests.replay_ledger import Complaint
from tests.strategies import Batch, at_length, batches, canonical_row, reference_rows

NOW = datetime(2026, 1, 1)
KEPT = ("government", "district", "dataset")


def empty(database: Database) -> None:
    """Everything goes but what every database starts from."""
    with database.writer() as connection:
        for table in metadata.sorted_tables:
            if table.name not in KEPT:
                connection.execute(delete(table))
    # Versions begin again at 1, which never happens to a database that is not emptied by force.
    database.directories.forget()
    database.cohorts.forget()
    database.ledgers.forget()
    database.custodies.forget()
    database.flows.forget()
    database.worked_out.forget()


def table_of(rows: Sequence[dict[str, str]]) -> pa.Table:
    """Rows of text as a file would bring them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in names})


def settle(database: Database, world: World, arrived: Sequence[Batch]) -> list[Report]:
    """All of the world into an emptied database: what is referred to first, then batch by batch."""
    empty(database)
    reports = [_take(database, _references(world))]
    return [*reports, *(_take(database, _tables(batch)) for batch in arrived)]


def arrive(database: Database, world: World, data: st.DataObject) -> None:
    """The same where it matters how a world is read, not how it came: in one batch, and in several at length.

    That it does not matter how it came is what tests/test_properties.py asks at every change.
    """
    if at_length():
        settle(database, world, data.draw(batches(world)))
    else:
        empty(database)
        _take(database, {**_references(world), **_tables(Batch((*world.complaints, *world.events)))})


def _references(world: World) -> dict[str, pa.Table]:
    return {kind: table_of(rows) for kind, rows in reference_rows(world).items() if rows}


def _tables(batch: Batch) -> dict[str, pa.Table]:
    found: dict[str, Sequence[Complaint | Event]] = {"complaint": batch.complaints, "event": batch.events}
    return {kind: table_of([canonical_row(row) for row in rows]) for kind, rows in found.items() if rows}


def _take(database: Database, tables: dict[str, pa.Table]) -> Report:
    return take_in(database, rows_of(tables, "batch"), "batch", now=NOW)


def product_hash(event: Event) -> int:
    """The hash by which the product orders events of the same instant and kind."""
    office = {1: event.office} if event.office else {}
    table = pa.table(
        {
            "complaint": pa.array([event.complaint], pa.int64()),
            "happened_at": pa.array([wall(event.happened_at)], pa.timestamp("us")),
            "kind": [event.kind],
            "office": pa.array([1 if event.office else None], pa.int32()),
            "outcome": pa.array([event.outcome], pa.string()),
            "satisfied": pa.array([event.satisfied], pa.bool_()),
        }
    )
    return int(event_hash(table, office)[0])


def the_reader(database: Database) -> Reader:
    """A reader that may see everything."""
    return reader(database, Scope("test", "pmo"))


def slugs(database: Database) -> dict[str, dict[int, str]]:
    """Dimension -> id -> slug."""
    with the_reader(database).snapshot() as snapshot:
        members = snapshot.directory.members
        return {name: {key: member.slug for key, member in found.items()} for name, found in members.items()}


def stays_in(database: Database) -> list[Stay]:
    """The ledger as it stands, in order."""
    names = slugs(database)
    with database.snapshot() as connection:
        order = (assignment.c.complaint_id, assignment.c.seq)
        rows = connection.execute(select(assignment).order_by(*order)).mappings().all()
    return [Stay(**_by_slug(dict(row), names)) for row in rows]


def _by_slug(row: dict[str, Any], names: dict[str, dict[int, str]]) -> dict[str, Any]:
    dimension = {"from_office": "office", "to_office": "office"}
    found: dict[str, Any] = {}
    for column, value in row.items():
        name = column.removesuffix("_id")
        known = names.get(dimension.get(name, name))
        found[name] = known[value] if column.endswith("_id") and known and value is not None else value
    return found


def flow_sums(database: Database, day: Any) -> dict[tuple[str, str, str | None], dict[str, int]]:
    """(dimension, government, member) -> measures as of the day, by adding up the flow."""
    names, keys = slugs(database), (flow.c.dimension, flow.c.government_id, flow.c.member_id)
    sums = [func.sum(flow.c[name]).label(name) for name in MEASURES]
    with database.snapshot() as connection:
        rows = connection.execute(select(*keys, *sums).where(flow.c.day <= day).group_by(*keys)).mappings().all()
    return {
        (row["dimension"], names["government"][row["government_id"]], names[row["dimension"]].get(row["member_id"])): {
            name: int(row[name]) for name in MEASURES
        }
        for row in rows
    }


def row_of(columns: dict[str, np.ndarray], row: int) -> dict[str, int]:
    """One row of the measures."""
    return {name: int(columns[name][row]) for name in MEASURES}
