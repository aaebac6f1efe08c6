"""Which days that had been told of before a batch changed, and by how much: counted while it lands, kept with it.

A day had been told of if it lies before the newest day of the data. The newest day itself was not over.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final

import pandas as pd
import pyarrow as pa
from sqlalchemy import BigInteger, ColumnElement, Connection, Select, Table, and_, cast, delete, func, or_, select

from data_access.intake.stage import fill
from data_access.measures import AGE_LIMITS, MEASURES, OUTCOMES
from data_access.tables.system import restated_figure, restatement

_FOLLOWS: Final = frozenset({"overdue", *(f"over_{limit}" for limit in AGE_LIMITS)})
"""What grows by itself while nothing happens: it follows from the other counts and the days that are due."""
_DESCRIBED: Final = ("due_on", "district_id", "category_id", "channel", "residency", "gender")
"""What a stay says of its complaint and not of itself: figures under these filters change with it, on all its days."""


def note_events(connection: Connection, batch: int, days: pd.DataFrame) -> None:
    """Keep how many events of a batch lie on earlier days: one row per day, with day and events; added to what is."""
    if days.empty:
        return
    r = restatement.c
    before = connection.execute(select(r.day, r.events).where(r.batch_id == batch)).all()
    held = pd.DataFrame(before, columns=["day", "events"])
    connection.execute(delete(restatement).where(r.batch_id == batch))
    total = pd.concat([held, days]).groupby("day", as_index=False)["events"].sum()
    fill(
        connection, restatement, pa.Table.from_pandas(total.assign(batch_id=batch, measured=True), preserve_index=False)
    )


def note_figures(
    connection: Connection, batch: int, newest_day: date | None, changes: Table, before: Table | None, after: Table
) -> None:
    """Keep by how much a batch changed the figures of earlier days.

    `changes` are those of the flow; `before` and `after` the ledger rows of the complaints that the batch touched.
    """
    if newest_day is None or before is None:
        return
    found: dict[tuple[date, int], Counter[str]] = {}
    for statement in (_moved(changes, newest_day), _described(before, after, newest_day)):
        for row in connection.execute(statement):
            day, government, *counts = row
            found.setdefault((day, government), Counter()).update(dict(zip(row._fields[2:], counts, strict=True)))
    if found:
        fill(connection, restated_figure, _table(batch, found))


def _sum(columns: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
    return reduce(add, columns)


def _moved(changes: Table, newest_day: date) -> Select[Any]:
    """What happened more or less than had been told: by day and government, as the flow counts it."""
    c = changes.c
    closings = _sum(c[name] for name in OUTCOMES)
    opened = func.sum(c.stays - c.transfers - closings).over(partition_by=c.government_id, order_by=c.day)
    told = (c.dimension == "government", c.day < newest_day)
    running = select(*c, cast(opened, BigInteger).label("pending")).where(*told).subquery()
    r = running.c
    plain = ("day", "government_id", "filed", "moved_in", "moved_out", "transfers", "answers", "pending")
    return select(
        *(r[name] for name in plain),
        _sum(r[f"undone_{name}"] for name in OUTCOMES).label("reopened"),
        _sum(r[name] for name in OUTCOMES).label("closings"),
    ).where(or_(*(r[name] != 0 for name in MEASURES if name not in _FOLLOWS)))


def _described(before: Table, after: Table, newest_day: date) -> Select[Any]:
    """Complaints that are described anew, by the day they had been received and the government that held them first."""
    b, a = before.c, after.c
    same = and_(b.complaint_id == a.complaint_id, b.seq == a.seq)
    unlike = or_(*(b[name].is_distinct_from(a[name]) for name in _DESCRIBED))
    return (
        select(b.received_on.label("day"), b.government_id, func.count().label("described"))
        .select_from(before.join(after, same))
        .where(b.seq == 1, b.received_on < newest_day, unlike)
        .group_by(b.received_on, b.government_id)
    )


def _table(batch: int, found: Mapping[tuple[date, int], Counter[str]]) -> pa.Table:
    keys = {
        "batch_id": pa.array([batch] * len(found), pa.int32()),
        "day": pa.array([day for day, _ in found], pa.date32()),
        "government_id": pa.array([government for _, government in found], pa.int32()),
    }
    names = [column.name for column in restated_figure.columns if column.name not in keys]
    counts = {name: pa.array([each[name] for each in found.values()], pa.int64()) for name in names}
    return pa.table({**keys, **counts})
