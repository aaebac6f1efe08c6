"""Events of a batch into the append-only log: each once, none before its complaint was received."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Table,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from data_access.intake.hashing import event_hash
from data_access.intake.stage import drop, keep, stage
from data_access.intake.undo import keep_events, same_event
from data_access.tables.facts import complaint, event


@dataclass(frozen=True)
class Logged:
    """What became of staged events. `early` are the numbers of rows that lie before their complaint was received.

    `restated` has one row per day before the newest day: day, events.
    """

    accepted: int
    unchanged: int
    waiting: int
    early: np.ndarray
    restated: pd.DataFrame
    staged: Table


def log_events(
    connection: Connection,
    rows: pa.Table,
    slugs: dict[int, str],
    batch: int,
    newest_day: date | None,
    *,
    by_case: bool = False,
) -> Logged:
    """Append the events that are not in the log yet. `by_case`: the row of a complaint says so (see `cases.py`)."""
    hashes = event_hash(rows, slugs)
    complaints = rows.column("complaint").to_numpy()
    once = _first_of_each(complaints, hashes)
    numbered = (
        rows.rename_columns([{"complaint": "complaint_id", "office": "office_id"}.get(n, n) for n in rows.column_names])
        .append_column("hash", pa.array(hashes))
        .append_column("number", pa.array(np.arange(len(rows), dtype=np.int64)))
        .filter(pa.array(once))
    )
    staged = stage(connection, "staged_event", numbered)
    early = _drop_early(connection, staged)
    known = _known(connection, staged)
    if known and not by_case:
        _own(connection, staged, batch)
    if known:
        found = keep(connection, "staged_known", select(staged.c.number).join(event, _in_log(staged)))
        _forget(connection, staged, found)
    waiting = _waiting(connection, staged)
    restated = _restated(connection, staged, newest_day)
    columns = [column.name for column in event.columns if column.name not in {"batch_id", "by_case"}]
    values = [*(staged.c[name] for name in columns), literal(batch), literal(True) if by_case else null()]
    connection.execute(insert(event).from_select([*columns, "batch_id", "by_case"], select(*values)))
    accepted = int(once.sum()) - len(early) - known - waiting
    return Logged(accepted, int((~once).sum()) + known, waiting, early, restated, staged)


def _own(connection: Connection, staged: Table, batch: int) -> None:
    """Events that only a complaint's row had told of, and that now come by themselves: no row takes them back."""
    rows = select(event.c.complaint_id, event.c.hash).join(staged, _in_log(staged)).where(event.c.by_case)
    told = keep(connection, "staged_own", rows)
    keep_events(connection, told, batch)
    connection.execute(update(event).where(same_event(told)).values(by_case=None))
    drop(connection, told.name)


def _first_of_each(complaints: np.ndarray, hashes: np.ndarray) -> np.ndarray:
    """A mask of the rows whose complaint and hash did not stand earlier in the batch."""
    again = pd.Series(hashes).duplicated().to_numpy()
    if again.any():  # the same hash in another complaint would be another event
        again = pd.DataFrame({"complaint": complaints, "hash": hashes}).duplicated().to_numpy()
    return np.asarray(~again)


def _drop_early(connection: Connection, staged: Table) -> np.ndarray:
    early = and_(staged.c.complaint_id == complaint.c.id, staged.c.happened_at < complaint.c.received_at)
    found = keep(connection, "staged_early", select(staged.c.number).join(complaint, early))
    numbers = np.array([row.number for row in connection.execute(select(found.c.number))], dtype=np.int64)
    _forget(connection, staged, found)
    return numbers


def _forget(connection: Connection, staged: Table, found: Table) -> None:
    """The staged rows whose numbers were found go."""
    connection.execute(delete(staged).where(staged.c.number.in_(select(found.c.number))))
    drop(connection, found.name)


def _in_log(staged: Table) -> ColumnElement[bool]:
    return and_(event.c.complaint_id == staged.c.complaint_id, event.c.hash == staged.c.hash)


def _known(connection: Connection, staged: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(staged.join(event, _in_log(staged)))).scalar_one())


def _waiting(connection: Connection, staged: Table) -> int:
    """How many are of complaints that are not known."""
    known = staged.join(complaint, complaint.c.id == staged.c.complaint_id)
    every, of_known = (
        connection.execute(select(func.count()).select_from(rows)).scalar_one() for rows in (staged, known)
    )
    return int(every - of_known)


def _restated(connection: Connection, staged: Table, newest_day: date | None) -> pd.DataFrame:
    if newest_day is None:
        return pd.DataFrame({"day": [], "events": []})
    day = cast(staged.c.happened_at, Date).label("day")
    counted = select(day, func.count().label("events")).where(day < newest_day).group_by(day).order_by(day)
    return pd.DataFrame(connection.execute(counted).all(), columns=["day", "events"])
