"""Rolling the newest batch back: what it brought goes, what it replaced comes again, as a batch of its own."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, or_, select

from data_access.database import Database
from data_access.intake.batch import Batch, Over, Report, Say, undisturbed
from data_access.intake.door import new_batch
from data_access.intake.landing import land
from data_access.intake.undo import put_back_references, same_event
from data_access.tables.accounts import account, api_token
from data_access.tables.every import metadata
from data_access.tables.facts import citizen, complaint, event
from data_access.tables.records import conduct_flag
from data_access.tables.reference import category, department, district, government, office
from data_access.tables.system import import_batch
from data_access.tables.undo import was_citizen, was_complaint, was_conduct_flag, was_event, was_reference

_NAMED: Final = (government, district, department, category, office)
_FROM_DATA: Final = frozenset(
    {"complaint", "event", "assignment", "flow", "cohort_flow", "posting", "time_limit", "conduct_flag"}
)
"""Tables that come with batches themselves: they go with what they refer to."""


class CannotRollBack(ValueError):
    """Nothing was undone; the message says why."""


def newest_undoable(connection: Connection) -> int | None:
    """The batch that can be rolled back; None where there is none: nothing came in, or the newest was rolled back."""
    b = import_batch.c
    changed = or_(b.accepted > 0, func.coalesce(b.waiting, 0) > 0, b.undoes.is_not(None))
    row = connection.execute(select(b.id, b.undoable).where(changed).order_by(b.id.desc()).limit(1)).first()
    return row.id if row is not None and row.undoable else None


def roll_back(
    database: Database,
    batch: int,
    *,
    now: datetime | None = None,
    say: Say = lambda _: None,
    over: Over = undisturbed,
) -> Report:
    """Undo this batch, if it is the newest. Raises CannotRollBack, and changes nothing, where it cannot be undone.

    Names that it brought go too, unless records or accounts have come to refer to any of them.
    """
    with new_batch(database, now, undoable=False, over=over) as own:
        newest = newest_undoable(own.connection)
        if newest != batch:
            told = "no batch can be, now" if newest is None else f"only the newest one, {newest}, can be"
            raise CannotRollBack(f"Batch {batch} cannot be rolled back: {told}.")
        say(f"rolling batch {batch} back")
        _put_back(own, batch)
        land(own, f"batch {batch} rolled back", say, undoes=batch)
    return own.report


def _put_back(own: Batch, batch: int) -> None:
    connection = own.connection
    _touch(own, batch)
    connection.execute(delete(event).where(event.c.batch_id == batch))
    connection.execute(delete(event).where(was_event.c.by_batch == batch, same_event(was_event)))
    _insert_again(connection, event, was_event, was_event.c.by_batch == batch)
    for table, was in ((citizen, was_citizen), (complaint, was_complaint), (conduct_flag, was_conduct_flag)):
        ours = was.c.by_batch == batch
        connection.execute(delete(table).where(table.c.id.in_(select(was.c.id).where(ours))))
        _insert_again(connection, table, was, and_(ours, was.c.existed))
    put_back_references(connection, batch, new_too=not _is_used(connection, batch))


def _insert_again(connection: Connection, table: Table, was: Table, which: ColumnElement[bool]) -> None:
    names = [column.name for column in table.columns]
    connection.execute(insert(table).from_select(names, select(*(was.c[name] for name in names)).where(which)))


def _touch(own: Batch, batch: int) -> None:
    """All complaints that the batch had to do with."""
    citizens = select(was_citizen.c.id).where(was_citizen.c.by_batch == batch)
    own.touch(select(event.c.complaint_id.label("id")).where(event.c.batch_id == batch))
    own.touch(select(was_event.c.complaint_id.label("id")).where(was_event.c.by_batch == batch))
    own.touch(select(was_complaint.c.id).where(was_complaint.c.by_batch == batch))
    own.touch(select(complaint.c.id).where(complaint.c.citizen_id.in_(citizens)))


def _is_used(connection: Connection, batch: int) -> bool:
    """Whether records, or what accounts are held to, refer to a name that the batch brought."""
    r = was_reference.c
    for table in _NAMED:
        keys = select(r.key).where(r.by_batch == batch, r.before.is_(None), r.table_name == table.name)
        slugs = [_slug(key) for key in connection.execute(keys).scalars()]
        if not slugs:
            continue
        ids = select(table.c.id).where(table.c.slug.in_(slugs))
        for other in metadata.sorted_tables:
            column = other.c.get(f"{table.name}_id")
            if column is None or other.name in _FROM_DATA or other in _NAMED:
                continue
            if connection.execute(select(column).where(column.in_(ids)).limit(1)).first() is not None:
                return True
        for pinned in (account.c.pinned, api_token.c.pinned):
            held = connection.execute(select(pinned).where(pinned.contains(f"{table.name}="))).scalars()
            if any(part in slugs for text in held for part in text.replace("&", "=").split("=")):
                return True
    return False


def _slug(key: str) -> str:
    slug: str = json.loads(key)["slug"]
    return slug
