"""Citizens, complaints and flags of a batch: staged, compared with what is known, replaced where they changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update

from data_access.intake.matching import has, met
from data_access.intake.stage import drop, keep, stage
from data_access.tables.facts import citizen, complaint
from data_access.tables.records import conduct_flag
from data_access.tables.reference import category, time_limit

_APART: Final = frozenset({"id", "told_at"})
"""What may differ between rows that say the same."""
DEFAULT_LIMIT = 20  # days to answer where no time limit is set for the category


@dataclass(frozen=True)
class Taken:
    """What became of staged rows: how many changed something, how many were there already, and the changed ones."""

    accepted: int
    unchanged: int
    changed: Table  # one column: id


Put = Callable[[Table, Table], None]
"""Is given a table and the staged rows that will replace others in it, before they do."""


def take_citizens(connection: Connection, rows: pa.Table, put_aside: Put) -> Taken:
    """Insert new citizens and replace changed ones; the last row of an id counts."""
    named = rows.rename_columns([{"home": "home_id"}.get(name, name) for name in rows.column_names])
    return _take(connection, citizen, named, put_aside)


def take_complaints(connection: Connection, rows: pa.Table, put_aside: Put) -> Taken:
    """Insert new complaints and replace changed ones.

    A complaint that brings no due day gets it from the time limit of its category on the day it was received; one that
    is known already and still is of that category and day keeps the due day it was given then.
    """
    given = {"citizen": "citizen_id", "category": "category_id", "district": "district_id"}
    named = rows.rename_columns([given.get(name, name) for name in rows.column_names])
    reckoned = pc.is_null(named.column("due_on"))
    received = named.column("received_at").cast(pa.date32(), safe=False)
    due = pc.coalesce(named.column("due_on"), due_days(connection, named.column("category_id"), received))
    position = named.column_names.index("due_on")
    named = named.set_column(position, "due_on", due).append_column("reckoned", reckoned)
    if "told_at" not in named.column_names:
        named = named.append_column("told_at", pa.nulls(len(named), pa.timestamp("us")))
    return _take(connection, complaint, named, put_aside)


def take_flags(connection: Connection, rows: pa.Table, put_aside: Put) -> Taken:
    """Insert new flags on citizens' conduct and replace changed ones; the last row of an id counts."""
    given = {"citizen": "citizen_id", "complaint": "complaint_id", "office": "office_id"}
    return _take(connection, conduct_flag, rows.rename_columns([given.get(n, n) for n in rows.column_names]), put_aside)


def due_days(connection: Connection, categories: pa.ChunkedArray, received: pa.ChunkedArray) -> pa.Array:
    """date32: received + the days of the limit valid then for the category, else for its parent, else 20."""
    of = np.asarray(categories.to_numpy(), dtype=np.int64)
    day = np.asarray(received.cast(pa.int32()).to_numpy(), dtype=np.int64)
    parents = {row.id: row.parent_id for row in connection.execute(select(category.c.id, category.c.parent_id))}
    parent = pd.Series(of).map(parents).fillna(-1).to_numpy(dtype=np.int64)
    days = np.full(len(of), DEFAULT_LIMIT, dtype=np.int64)
    limits = connection.execute(select(time_limit).order_by(time_limit.c.from_on)).all()
    for owner in (parent, of):  # the category's own limit last, so that it wins over its parent's
        present = set(np.unique(owner).tolist())
        for limit in limits:
            if limit.category_id not in present:
                continue
            last = _number(limit.to_on) if limit.to_on else np.iinfo(np.int64).max
            days[(owner == limit.category_id) & (day >= _number(limit.from_on)) & (day <= last)] = limit.days
    return pa.array((day + days).astype(np.int32), pa.int32()).cast(pa.date32())


def _number(day: object) -> int:
    return int(pd.Timestamp(str(day)).toordinal()) - 719163  # days since 1970-01-01, as in date32


def _take(connection: Connection, table: Table, rows: pa.Table, put_aside: Put) -> Taken:
    """Stage, drop what is there already, replace the rest."""
    last, earlier = _last_of_each(rows)
    staged = stage(connection, f"staged_{table.name}", last)
    if "reckoned" in staged.c:
        _keep_due_day(connection, staged)
    columns = [column.name for column in table.columns]
    same = [staged.c[name].is_not_distinct_from(table.c[name]) for name in columns if name not in _APART]
    old = met(connection, "staged_same", staged, table, *same)
    unchanged = connection.execute(select(func.count()).select_from(old)).scalar_one()
    connection.execute(delete(staged).where(staged.c.id.in_(select(old.c.id))))
    drop(connection, old.name)
    put_aside(table, staged)
    connection.execute(delete(table).where(table.c.id.in_(select(staged.c.id))))
    connection.execute(insert(table).from_select(columns, select(*(staged.c[name] for name in columns))))
    return Taken(len(rows) - unchanged - earlier, unchanged + earlier, staged)


def _last_of_each(rows: pa.Table) -> tuple[pa.Table, int]:
    """The last row of each id, and how many earlier rows of the same ids it stands for."""
    superseded = pd.Series(rows.column("id").to_numpy()).duplicated(keep="last").to_numpy()
    if not superseded.any():
        return rows, 0
    return rows.filter(pa.array(~superseded)), int(superseded.sum())


def _keep_due_day(connection: Connection, staged: Table) -> None:
    same_day = func.date_trunc("day", complaint.c.received_at) == func.date_trunc("day", staged.c.received_at)
    same = and_(staged.c.id == complaint.c.id, staged.c.category_id == complaint.c.category_id, same_day)
    held = keep(
        connection,
        "staged_held",
        select(staged.c.id, complaint.c.due_on).join(complaint, same).where(staged.c.reckoned),
    )
    connection.execute(update(staged).values(due_on=held.c.due_on).where(staged.c.id == held.c.id))
    drop(connection, held.name)


def unknown_ids(connection: Connection, table: Table, ids: pa.ChunkedArray) -> np.ndarray:
    """Which of these ids (null allowed) of citizens or complaints are not in the table."""
    asked = np.unique(ids.drop_null().to_numpy())
    if not len(asked):
        return np.zeros(len(ids), dtype=bool)
    staged = stage(connection, "staged_question", pa.table({"id": pa.array(asked, pa.int64())}))
    there = met(connection, "staged_there", staged, table)
    missing = [row.id for row in connection.execute(select(staged.c.id).where(~has(there, staged.c.id)))]
    drop(connection, there.name)
    return np.asarray(pc.is_in(ids, pa.array(missing, pa.int64())).to_numpy(), dtype=bool)
