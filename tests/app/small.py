"""A small real database, brought in by the door, with figures that can be counted by hand.

Federal: 20 received, 18 resolved (15 relief, 3 refused), 10 of those with relief confirmed. Sindh: 10 received, 4
resolved, its six open ones received in May. Punjab: 5 received, 5 resolved, one of them reopened: 4 stand.
The newest day is 2019-09-30. Thirty days before, Federal had resolved 16 of 19 and Punjab 5 of 5, so that these two
have changed places since. Balochistan filed one of Sindh's complaints in May and handed it on: it holds none, and is
stale. Complaints that go to the desk of the same department change no figure, but are news of their government:
Federal's on 20 September, Sindh's on 20 August and 24 September. So Punjab and Sindh are stale as of 10 September.
Promised: Federal's resolution rate, which is kept, and Sindh's, which is not.
"""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
import pytest
from sqlalchemy import insert, update

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Panel
from data_access.accounts.demo import add_demo_accounts
from data_access.database import Database, file_of, open_database
from data_access.filters import FIELD_OF, Filters
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.tables.accounts import account
from data_access.tables.facts import citizen
from data_access.tables.records import commitment, conduct_flag

LABEL = "sample data for tests"
FIRST = date(2019, 5, 6)
NEWEST = date(2019, 9, 30)
NOW = datetime(2026, 1, 1)
Row = dict[str, str]


def stamp(day: date, hour: int = 10) -> str:
    """A time on that day, as files have it."""
    return f"{day} {hour:02}:00:00"


def filed(number: int, day: date, office: str) -> tuple[Row, Row]:
    """A complaint and the event that files it at the office."""
    row = {"id": str(number), "category": "roads", "received_at": stamp(day), "channel": "app"}
    return row, event(number, day, "received", office=office)


def event(number: int, day: date, kind: str, **values: str) -> Row:
    """One event."""
    hour = {"received": 10, "transferred": 10, "closed": 11, "reopened": 12, "feedback": 13}[kind]
    return {"complaint": str(number), "happened_at": stamp(day, hour), "kind": kind, **values}


def history() -> tuple[list[Row], list[Row]]:
    """All complaints and all events."""
    complaints: list[Row] = []
    events: list[Row] = []

    def add(number: int, day: date, office: str, outcome: str | None, satisfied: str | None) -> None:
        complaint, first = filed(number, day, office)
        complaints.append(complaint)
        events.append(first)
        if outcome:
            events.append(event(number, day + timedelta(days=10), "closed", outcome=outcome))
        if satisfied:
            events.append(event(number, day + timedelta(days=11), "feedback", satisfied=satisfied))

    for n in range(20):
        outcome = "relief" if n < 15 else "refused" if n < 18 else None
        satisfied = "true" if n < 10 else "false" if n < 12 else None
        add(100 + n, FIRST + timedelta(days=7 * (n % 18)), "federal-office", outcome, satisfied)
    for n in range(10):
        office = "sindh-office" if n < 9 else "balochistan-office"
        add(200 + n, FIRST + timedelta(days=n), office, "relief" if n < 4 else None, None)
    for n in range(5):
        add(300 + n, FIRST + timedelta(days=7 * n if n < 4 else 96), "punjab-office", "partial", None)
    events.append(event(300, NEWEST, "reopened", office="punjab-office"))
    events += [event(number, day, "transferred", office=office) for number, day, office in MOVES]
    return complaints, events


MOVES = (
    (209, FIRST + timedelta(days=10), "sindh-office"),
    (118, date(2019, 9, 20), "federal-desk"),
    (204, date(2019, 8, 20), "sindh-desk"),
    (205, date(2019, 9, 24), "sindh-desk"),
)
KIND = "abusive language"
PROMISES = {"federal": 0.85, "sindh": 0.5}
"""The resolution rates promised on 1 September for 31 October."""
GOVERNMENTS = ("federal", "sindh", "punjab", "balochistan")


REFERENCES: dict[str, list[Row]] = {
    "department": [{"slug": f"{g}-works", "name": "Works", "government": g} for g in GOVERNMENTS],
    "category": [{"slug": "roads", "name": "Roads"}],
    "office": [
        {"slug": f"{g}-{kind}", "name": f"Works {kind}", "department": f"{g}-works", "designation": "Secretary"}
        for g in GOVERNMENTS
        for kind in ("office", "desk")
    ],
    "officer": [{"slug": "zeb-desk", "name": "Zeb of Desk", "designation": "Secretary", "grade": "20"}],
    "posting": [
        {"office": "federal-desk", "officer": "zeb-desk", "from_on": "2018-01-01", "to_on": "2019-08-31"},
        {"office": "federal-desk", "officer": "", "from_on": "2019-09-01", "to_on": ""},
    ],
}


def table_of(rows: list[Row]) -> pa.Table:
    """Rows of text as a file would bring them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in names})


def bring(database: Database, rows: dict[str, list[Row]]) -> None:
    """One batch, of which every row must be good."""
    report = take_in(database, rows_of({k: table_of(v) for k, v in rows.items()}, "test"), "test", now=NOW)
    assert not report.rejected, report.reject_rows()


_MASTERS: Final = TemporaryDirectory(prefix="masters-")


@cache
def _master(*, empty: bool) -> Path:
    """The file that databases are copied from, made once by each process."""
    path = Path(_MASTERS.name) / ("bare.duckdb" if empty else "small.duckdb")
    _filled(open_database(f"duckdb:///{path}"), empty=empty).close()
    return path


def make(url: str, *, empty: bool = False) -> Database:
    """The database, in a place where there is none yet, opened."""
    path = file_of(url)
    if path is None:
        return _filled(open_database(url), empty=empty)
    shutil.copy(_master(empty=empty), path)
    return open_database(url)


def _filled(database: Database, *, empty: bool) -> Database:
    lay_ground(database, "sample", LABEL)
    with database.writer() as connection:
        add_demo_accounts(connection)
    if not empty:
        complaints, events = history()
        bring(database, {**REFERENCES, "complaint": complaints, "event": events})
        promise(database)
        flag(database)
    return database


def promise(database: Database) -> None:
    """What governments have promised."""
    with reads_all(database).snapshot() as snapshot:
        ids = snapshot.directory.ids["government"]
    days = {"set_on": date(2019, 9, 1), "due_by": date(2019, 10, 31)}
    rows = [
        {"id": number, "holder_id": ids[slug], "metric": "resolution_rate", "value": rate, "source": "Review", **days}
        for number, (slug, rate) in enumerate(PROMISES.items(), 1)
    ]
    with database.writer() as connection:
        connection.execute(insert(commitment), rows)


def flag(database: Database) -> None:
    """Federal's office has flagged twelve citizens for abuse in June, its desk a thirteenth: so neither may be told of.

    One flag, of citizen 111, was not upheld. All their complaints ended in relief, so that all flags are false.
    """
    with reads_all(database).snapshot() as snapshot:
        offices = snapshot.directory.ids["office"]
    people = [(number, "federal-office") for number in range(100, 112)] + [(112, "federal-desk")]
    days = {"flagged_on": date(2019, 6, 3), "reviewed_on": date(2019, 6, 20)}
    rows = [
        {"id": place, "citizen_id": number, "complaint_id": number, "office_id": offices[office], "kind": KIND, **days}
        | {"upheld": number != 111, "appeal": None, "appeal_decided_on": None}
        for place, (number, office) in enumerate(people, 1)
    ]
    known = {"registered_on": date(2019, 5, 1), "residency": "overseas", "gender": "unknown", "special_person": False}
    with database.writer() as connection:
        connection.execute(insert(citizen), [{"id": number, **known} for number, _ in people])
        connection.execute(insert(conduct_flag), rows)


def reads_all(database: Database) -> Reader:
    """A reader without any pin, which may list complaints."""
    return reader(database, Scope("test", "pmo", abilities=ROLES["pmo"].abilities))


def example(panel: Panel) -> Filters:
    """The least that the panel has to be asked: about one complaint, one office, or the offices of one department."""
    if panel.name == "desks":
        return Filters(department="federal-works")
    if panel.name in {"office", "peers", "transfers"}:
        return Filters(office="federal-desk")
    if panel.name == "officer":
        return Filters(officer=1)
    asked = {"id": 100, "office": "federal-office", "by": "relief-denied"}
    return Filters(**{FIELD_OF.get(name, name): asked[name] for name in panel.needs})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The small database, shared by the tests of a file: they only read."""
    database = make(f"duckdb:///{_file(tmp_path_factory)}")
    yield database
    database.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Database]:
    """A small database that a test may change."""
    database = make(f"duckdb:///{tmp_path / 'own.duckdb'}")
    yield database
    database.close()


class Nobody:
    """A witness that writes nothing down."""

    def saw(self, answer: Answer) -> None: ...

    def refused(self, what: str, parameter: str | None) -> None: ...


def owned(database: Database, username: str) -> None:
    """The password of this account is its own from now on."""
    with database.clerk() as connection:
        connection.execute(update(account).where(account.c.username == username).values(demo=False))


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Database]:
    """A database with its tables, governments and accounts, and no complaint."""
    database = make(f"duckdb:///{tmp_path / 'bare.duckdb'}", empty=True)
    yield database
    database.close()


def _file(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("small") / "small.duckdb"
