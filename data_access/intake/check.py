"""Proof that the figures stand on the events: everything derived is derived again and compared, cell by cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, FromClause, Table, and_, func, literal, or_, select

from data_access.database import Database
from data_access.intake.flow import flow_of
from data_access.intake.ledger import build_ledger
from data_access.intake.stage import drop, keep
from data_access.measures import OUTCOMES
from data_access.reader import read_state
from data_access.tables.facts import assignment, citizen, complaint, event
from data_access.tables.flow import cohort_flow, flow


@dataclass(frozen=True)
class Finding:
    """The outcome of one proof: what was compared, and the first thing that differs; None when nothing does."""

    what: str
    difference: str | None = None
    note: str = ""


def check(database: Database, say: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """Each proof in turn. Reads one snapshot; changes nothing."""
    with database.snapshot() as connection:
        yield from findings_in(connection, say)


def findings_in(connection: Connection, say: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """The same in a transaction that is open."""
    for what, prove in _PROOFS.items():
        say(what)
        difference, note = prove(connection)
        yield Finding(what, difference, note)


Result = tuple[str | None, str]


def _rows_once(connection: Connection) -> Result:
    for table, key in ((citizen, ["id"]), (complaint, ["id"]), (event, ["complaint_id", "hash"])):
        columns = [table.c[name] for name in key]
        twice = select(*columns).group_by(*columns).having(func.count() > 1).limit(1)
        row = connection.execute(twice).first()
        if row is not None:
            return f"{table.name} {tuple(row)} stands there more than once", ""
    return None, ""


def _ledger_from_events(connection: Connection) -> Result:
    every = keep(connection, "checked_complaint", select(complaint.c.id))
    replayed = build_ledger(connection, every, "checked_ledger")
    difference = _first_difference(connection, assignment, replayed, ("complaint_id", "seq"), missing_is_zero=False)
    held = connection.execute(select(func.count(assignment.c.complaint_id.distinct()))).scalar_one()
    unheld = connection.execute(select(func.count()).select_from(complaint)).scalar_one() - held
    unknown = ~select(complaint.c.id).where(complaint.c.id == event.c.complaint_id).exists()
    waiting = connection.execute(select(func.count()).select_from(event).where(unknown)).scalar_one()
    for name in (every.name, replayed.name):
        drop(connection, name)
    note = f"{unheld:,} complaints that no office holds yet, {waiting:,} events of complaints not yet known"
    return difference, note


def _flow_from_ledger(connection: Connection) -> Result:
    made = flow_of(connection, assignment, None, "checked")
    keys = (("dimension", "day", "government_id", "member_id"), ("day", "received_on", "government_id", "lag"))
    found = None
    for held, again, key in zip((flow, cohort_flow), made, keys, strict=True):
        found = found or _first_difference(connection, held, again, key, missing_is_zero=True)
    for table in made:
        drop(connection, table.name)
    return found, ""


def _first_difference(
    connection: Connection, held: Table, again: Table, key: tuple[str, ...], *, missing_is_zero: bool
) -> str | None:
    """The first cell, by key, in which the held table is not what was derived again."""
    rest = [column.name for column in held.columns if column.name not in key]
    same_key = and_(*(held.c[name] == again.c[name] for name in key))

    def value(table: FromClause, name: str) -> Any:  # a column
        return func.coalesce(table.c[name], 0) if missing_is_zero else table.c[name]

    unlike = or_(*(value(held, name).is_distinct_from(value(again, name)) for name in rest))
    keys = [func.coalesce(held.c[name], again.c[name]).label(name) for name in key]
    pairs = [value(table, name).label(f"{side}_{name}") for side, table in _sides(held, again) for name in rest]
    joined = held.outerjoin(again, same_key, full=True)
    lost = or_(held.c[key[0]].is_(None), again.c[key[0]].is_(None))
    rows = select(*keys, *pairs).select_from(joined).where(unlike if missing_is_zero else or_(unlike, lost))
    row = connection.execute(rows.order_by(*(rows.selected_columns[name] for name in key)).limit(1)).mappings().first()
    if row is None:
        return None
    at = ", ".join(f"{name}={row[name]}" for name in key)
    for name in rest:
        if row[f"held_{name}"] != row[f"again_{name}"]:
            return f"{held.name} at {at}: {name} is {row[f'held_{name}']}, must be {row[f'again_{name}']}"
    return f"{held.name} at {at} is there on one side only"


def _sides(held: Table, again: Table) -> tuple[tuple[str, Table], tuple[str, Table]]:
    return ("held", held), ("again", again)


def _reconciliation(connection: Connection) -> Result:
    """Opening + filed + moved in + reopened − closings − moved out = closing, each government, each day."""
    f = flow.c
    undone = sum((f[f"undone_{name}"] for name in OUTCOMES), start=literal(0))
    closings = sum((f[name] for name in OUTCOMES), start=literal(0))
    by_moves = f.filed + f.moved_in + undone - closings - f.moved_out
    by_stays = f.stays - f.transfers - closings
    at = (f.dimension == "government", f.government_id, f.day)
    broken = (
        select(f.government_id, f.day, func.sum(by_moves).label("moves"), func.sum(by_stays).label("stays"))
        .where(at[0])
        .group_by(f.government_id, f.day)
        .having(func.sum(by_moves) != func.sum(by_stays))
        .order_by(f.day, f.government_id)
        .limit(1)
    )
    row = connection.execute(broken).first()
    if row is not None:
        text = f"government {row.government_id} on {row.day}: the movements make {row.moves}, the stays {row.stays}"
        return text, ""
    unbalanced = (
        select(f.day)
        .where(at[0])
        .group_by(f.day)
        .having(func.sum(f.moved_in) != func.sum(f.moved_out))
        .order_by(f.day)
        .limit(1)
    )
    day = connection.execute(unbalanced).scalar()
    return (None if day is None else f"on {day} what moved out does not equal what moved in"), ""


def _pending(connection: Connection) -> Result:
    """Open stays in the ledger against the sums of the flow, and the levels against each other."""
    newest = read_state(connection).newest_day
    if newest is None:
        return None, "no complaint yet"
    still = assignment.c.closed_on.is_(None)
    opened = connection.execute(select(func.count()).select_from(assignment).where(still)).scalar_one()
    f = flow.c
    closings = sum((f[name] for name in OUTCOMES), start=literal(0))
    waiting = func.sum(f.stays - f.transfers - closings)
    rows = connection.execute(select(f.dimension, waiting).where(f.day <= newest).group_by(f.dimension)).all()
    for dimension, pending in rows:
        if pending != opened:
            return f"pending by {dimension} is {pending}, but {opened} stays are open", ""
    return None, f"{opened:,} pending as of {newest}, the same by every dimension"


_PROOFS: Final[dict[str, Callable[[Connection], Result]]] = {
    "every row stands there once": _rows_once,
    "events replayed give the ledger": _ledger_from_events,
    "the ledger gives the flow": _flow_from_ledger,
    "every government reconciles on every day": _reconciliation,
    "open stays are what is pending": _pending,
}
