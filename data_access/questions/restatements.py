"""Which batch changed what had been told of earlier days, and by how much?"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import BigInteger, Column, ColumnElement, Select, cast, func, select

from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.system import import_batch, restated_figure, restatement

CHANGED: Final = (
    *("filed", "moved_in", "moved_out", "transfers", "reopened", "closings", "answers", "pending", "described"),
)
COLUMNS: Final = ("batch", "landed_at", "source", "day", "events", *CHANGED)
MOST: Final = 500
"""So many rows are answered, the newest."""
_MOVES: Final = ("moved_in", "moved_out")
_Rows = Mapping[tuple[int, date], Mapping[str, Any]]


def restatements(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per batch and day that it changed, the newest batch and in it the newest day first: COLUMNS.

    Days until the as-of day, or in the period; at most MOST rows. landed_at is text, in UTC. events: how many landed on
    the day; null where one government is looked at, whose events nobody counts apart. CHANGED: differences to what had
    been told before; null for batches older than their record, of which one government knows nothing. Moves between all
    governments cancel out and are 0. No rows where a part of a government is looked at: of parts nothing is kept.
    """
    if view.selection.crossed:
        return pd.DataFrame(columns=list(COLUMNS))
    government = view.selection.government
    figures = _found(snapshot, view, _figures(government), restated_figure.c.batch_id, restated_figure.c.day)
    events: _Rows = {}
    if government is None:
        events = _found(snapshot, view, select(restatement), restatement.c.batch_id, restatement.c.day)
    rows = [
        _row(key, figures.get(key), events.get(key), government) for key in sorted({*figures, *events})[::-1][:MOST]
    ]
    batches = _batches(snapshot, {row["batch"] for row in rows})
    told = [{**row, **batches.get(row["batch"], {})} for row in rows]
    return pd.DataFrame({name: pd.Series([row.get(name) for row in told], dtype=object) for name in COLUMNS})


def _found(snapshot: Snapshot, view: View, rows: Select[Any], batch: Column[Any], day: Column[Any]) -> _Rows:
    """The newest rows of the days that are looked at, by batch and day."""
    first, last = (view.from_on, view.to_on) if view.from_on else (None, view.as_of)
    where: list[ColumnElement[bool]] = [*([day <= last] if last else []), *([day >= first] if first else [])]
    newest = rows.where(*where).order_by(batch.desc(), day.desc()).limit(MOST)
    return {(row["batch_id"], row["day"]): dict(row) for row in snapshot.connection.execute(newest).mappings()}


def _figures(government: int | None) -> Select[Any]:
    """Differences by batch and day, of one government or of all."""
    r = restated_figure.c
    sums = [cast(func.sum(r[name]), BigInteger).label(name) for name in CHANGED]
    rows = select(r.batch_id, r.day, *sums).group_by(r.batch_id, r.day)
    return rows if government is None else rows.where(r.government_id == government)


def _row(
    key: tuple[int, date],
    figures: Mapping[str, Any] | None,
    events: Mapping[str, Any] | None,
    government: int | None,
) -> dict[str, Any]:
    unmeasured = figures is None and not (events or {}).get("measured", True)
    changed = {name: None if unmeasured else int((figures or {}).get(name, 0)) for name in CHANGED}
    if government is None and not unmeasured:
        changed |= dict.fromkeys(_MOVES, 0)
    counted = (events or {}).get("events", 0) if government is None else None
    return {"batch": key[0], "day": key[1], "events": counted, **changed}


def _batches(snapshot: Snapshot, numbers: set[int]) -> dict[int, dict[str, Any]]:
    """When each of these landed, and from where."""
    b = import_batch.c
    rows = snapshot.connection.execute(select(b.id, b.landed_at, b.source).where(b.id.in_(numbers)))
    return {
        row.id: {"landed_at": f"{row.landed_at.isoformat(timespec='seconds')}Z", "source": row.source} for row in rows
    }
