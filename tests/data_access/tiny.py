"""A world of seven complaints whose every figure can be counted by hand, as the tests of data_access use it.

1 Sindh    1 Jan  closed with relief 11 Jan (in time), satisfied 12 Jan       female
2 Sindh    2 Jan  refused 1 Feb (late), not satisfied 2 Feb                   male
3 Sindh    3 Jan  open
4 Federal  4 Jan  moved to Sindh 10 Jan, open
5 Federal  5 Jan  closed with relief 15 Jan, satisfied 16 Jan, reopened 20 Jan
6 Punjab   6 Jan  closed in part 16 Jan
7 Punjab  10 Apr  open; the newest day
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select

from data_access.database import Database, open_database
from data_access.filters import Filters, parse_query
from data_access.intake.batch import Report
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from data_access.reader import Reader, reader
from data_access.scope import Scope
from tests.worlds_in import table_of

Row = dict[str, str]
NOW = datetime(2026, 1, 1)
NEWEST = date(2019, 4, 10)


def event(complaint: int, day: str, kind: str, **values: str) -> Row:
    """An event at ten in the morning, or at the time given with the day."""
    at = day if "T" in day else f"{day}T10:00:00"
    return {"complaint": str(complaint), "happened_at": at, "kind": kind, **values}


def complaint(number: int, day: str, category: str = "roads", **values: str) -> Row:
    """A complaint received at nine in the morning, or at the time given with the day."""
    at = day if "T" in day else f"{day}T09:00:00"
    return {"id": str(number), "category": category, "received_at": at, **values}


REFERENCES: dict[str, list[Row]] = {
    "department": [{"slug": f"{g}-works", "name": "Works", "government": g} for g in ("federal", "punjab", "sindh")],
    "category": [
        {"slug": "roads", "name": "Roads"},
        {"slug": "potholes", "name": "Potholes", "parent": "roads"},
        {"slug": "power", "name": "Power"},
    ],
    "office": [
        {"slug": f"{g}-office", "name": "Works Office", "department": f"{g}-works", "designation": "Secretary"}
        for g in ("federal", "punjab", "sindh")
    ],
}
PEOPLE: list[Row] = [
    {"id": "11", "registered_on": "2018-12-01", "residency": "overseas", "gender": "female"},
    {"id": "12", "registered_on": "2018-12-01", "residency": "inland", "gender": "male"},
]
COMPLAINTS: list[Row] = [
    complaint(1, "2019-01-01", district="karachi-south", citizen="11", channel="app"),
    complaint(2, "2019-01-02", "potholes", district="karachi-south", citizen="12"),
    complaint(3, "2019-01-03"),
    complaint(4, "2019-01-04", "power", district="lahore"),
    complaint(5, "2019-01-05", "power"),
    complaint(6, "2019-01-06", "power", district="lahore"),
    complaint(7, "2019-04-10", "power", district="lahore"),
]
EVENTS: list[Row] = [
    *(event(n, f"2019-01-0{n}", "received", office="sindh-office") for n in (1, 2, 3)),
    *(event(n, f"2019-01-0{n}", "received", office="federal-office") for n in (4, 5)),
    event(6, "2019-01-06", "received", office="punjab-office"),
    event(7, "2019-04-10", "received", office="punjab-office"),
    event(1, "2019-01-11", "closed", outcome="relief"),
    event(1, "2019-01-12", "feedback", satisfied="true"),
    event(2, "2019-02-01", "closed", outcome="refused"),
    event(2, "2019-02-02", "feedback", satisfied="false"),
    event(4, "2019-01-10", "transferred", office="sindh-office"),
    event(5, "2019-01-15", "closed", outcome="relief"),
    event(5, "2019-01-16", "feedback", satisfied="true"),
    event(5, "2019-01-20", "reopened"),
    event(6, "2019-01-16", "closed", outcome="partial"),
]
WORLD: dict[str, list[Row]] = {**REFERENCES, "citizen": PEOPLE, "complaint": COMPLAINTS, "event": EVENTS}


def prepared(url: str) -> Database:
    """A database ready for rows."""
    database = open_database(url)
    lay_ground(database, "real")
    return database


def bring(database: Database, rows: Mapping[str, Sequence[Row]]) -> Report:
    """One batch of rows by kind."""
    tables = {kind: table_of(list(found)) for kind, found in rows.items()}
    return take_in(database, rows_of(tables, "batch"), "batch", now=NOW)


def bring_good(database: Database, rows: Mapping[str, Sequence[Row]]) -> Report:
    """One batch, of which every row must be good."""
    report = bring(database, rows)
    assert not report.rejected, report.reject_rows().to_dict("records")
    return report


def reasons(report: Report) -> list[tuple[int, str, str | None, str]]:
    """line, column, value and reason of each rejected row."""
    rows = report.reject_rows().astype(object)
    found = rows.where(rows.notna(), None)[["line", "column", "value", "reason"]].to_numpy().tolist()
    return [(int(line), column, value, reason) for line, column, value, reason in found]


def all_of(database: Database, table: Table, *order: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    with database.snapshot() as connection:
        ordered = select(table).order_by(*(table.c[name] for name in order))
        return [dict(row) for row in connection.execute(ordered).mappings()]


def everything(database: Database) -> Reader:
    """A reader that may see all."""
    return reader(database, Scope("test", "pmo"))


def asked(query: str) -> Filters:
    """The filters of an address."""
    return parse_query(query)
