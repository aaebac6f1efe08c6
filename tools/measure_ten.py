"""Times questions at one size and at eight times of it, in the same run: `python -m tools.measure_ten [PANEL …]`.

A copy of the database in DATABASE_URL is grown, a DuckDB file in a folder of its own, a PostgreSQL database beside it
on the same server: the ledger is added to it seven times more, each time some weeks earlier or later, as far as that
lies within the days of the data. So days, places, categories and lags are filled as by as many complaints of their
own, and the flow is built from the ledger by the code that always builds it. Complaints and events are not copied:
lists cannot be measured so.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import URL, BigInteger, Select, case, cast, func, insert, make_url, select, text

from data_access.database import Database, file_of, open_database
from data_access.database_here import url
from data_access.intake.flow import apply_change
from data_access.intake.stage import drop, keep
from data_access.postgres import engine_of
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.tables.facts import assignment
from tools.measure import ask, median_ms, nothing

SHIFTS = (-63, -42, -21, -7, 7, 21, 42)
"""Days by which the copies are moved: whole weeks, so that Mondays stay Mondays."""
ASKED = {
    "ageing-trend": ("by=day", "by=day&government=sindh", "by=day&district=lahore", "by=day&channel=app"),
    "ageing": ("", "as_of=2019-04-13", "government=sindh"),
    "scorecard": ("", "from=2019-01-01&to=2019-06-30"),
    "totals": ("",),
    "trend": ("by=day",),
    "districts": ("government=punjab",),
}
APART = 1_000_000_000
"""Between the ids of one copy and those of the next."""


def moved(copy: int, shift: int, first: date, newest: date) -> Select[Any]:
    """The ledger, moved by so many days: what would happen after the newest day has not happened."""
    a = assignment.c
    ended: dict[str, tuple[str, ...]] = {
        "closed_on": ("closed_on", "outcome", "to_office_id"),
        "reopened_on": ("reopened_on",),
        "feedback_on": ("feedback_on", "satisfied"),
    }
    known = {name: a[day] + shift <= newest for day, names in ended.items() for name in names}
    days = {"opened_on", "received_on", "due_on", *ended}
    columns = []
    for column in a:
        value: Any = column + shift if column.name in days else column
        value = cast(column + copy * APART, BigInteger) if column.name == "complaint_id" else value
        value = case((known[column.name], value)) if column.name in known else value
        columns.append(cast(value, column.type).label(column.name))
    return select(*columns).where(a.opened_on + shift <= newest, a.received_on + shift >= first, a.complaint_id < APART)


def grow(database: Database) -> int:
    """Add the copies; how many complaints there are then."""
    a = assignment.c
    with database.snapshot() as connection:
        first, newest = connection.execute(
            select(func.min(a.received_on), func.max(func.coalesce(a.closed_on, a.opened_on)))
        ).one()
    for copy, shift in enumerate(SHIFTS, 1):
        with database.writer() as connection:
            rows = keep(connection, "copied", moved(copy, shift, first, newest))
            names = [column.name for column in assignment.columns]
            connection.execute(insert(assignment).from_select(names, select(*(rows.c[name] for name in names))))
            drop(connection, apply_change(connection, None, rows).name)
            drop(connection, rows.name)
    with database.snapshot() as connection:
        found: int = connection.execute(select(func.count()).where(a.seq == 1)).scalar_one()
    return found


def timed(database: Database, names: Sequence[str]) -> dict[tuple[str, str], float]:
    """The median of each question in milliseconds, by panel and filters; first that of an empty snapshot."""
    asker: Reader = reader(database, Scope("measure", "pmo", abilities=ROLES["pmo"].abilities))
    found = {("(floor: an empty snapshot)", ""): median_ms(lambda: nothing(asker))}
    for name in names:
        for query in ASKED.get(name, ("",)):
            found[name, query] = median_ms(lambda name=name, query=query: ask(asker, name, query))  # type: ignore[misc]
    return found


@contextmanager
def copy_of(address: str) -> Iterator[str]:
    """The address of a copy, which goes at the end. A PostgreSQL database is copied while nobody else is in it."""
    own = file_of(address)
    if own is not None:
        if not own.exists():
            raise SystemExit("DATABASE_URL names no file; make one with: python -m data_access sample")
        with tempfile.TemporaryDirectory(dir=own.parent) as folder:
            copy = Path(folder) / "grown.duckdb"
            shutil.copyfile(own, copy)
            yield f"duckdb:///{copy}"
        return
    server = make_url(address)
    grown = server.set(database=f"{server.database}_grown")
    administer(server, f'CREATE DATABASE "{grown.database}" TEMPLATE "{server.database}"')
    try:
        yield grown.render_as_string(hide_password=False)
    finally:
        administer(server, f'DROP DATABASE "{grown.database}"')


def administer(server: URL, statement: str) -> None:
    """Run a statement that can stand in no transaction, and in none of the databases that it is about."""
    engine = engine_of(server.set(database="template1"), writes=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


def main(names: Sequence[str]) -> None:
    """Measure at both sizes and print them side by side."""
    with copy_of(url()) as copy:
        with closing(open_database(copy)) as database:
            small = timed(database, names)
            count = grow(database)
        with closing(open_database(copy)) as database:  # what was remembered of the smaller one is forgotten
            large = timed(database, names)
    table = Table("panel", "filters", "as it is, ms", f"{count:,} complaints, ms", "ratio", title="Uncached")
    for (name, query), took in small.items():
        then = large[name, query]
        table.add_row(name, query, f"{took:.1f}", f"{then:.1f}", f"{then / took:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:] or list(ASKED))
