"""Which batch changed which earlier days, as it is told."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, update

from data_access.clock import utc_now
from data_access.database import Database
from data_access.questions.restatements import CHANGED, restatements
from data_access.selection import view_of
from data_access.tables.system import restated_figure, restatement
from tests.data_access import tiny as t
from tests.data_access.conftest import Copy, OnlyRead, opened
from tests.data_access.tiny import COMPLAINTS, asked, bring_good, everything

Told = tuple[int, str, Any, dict[str, int]]


def bring_twice(own: Database) -> Database:
    """A batch of late news over the tiny world, and one that describes a complaint anew."""
    late = [
        t.event(3, "2019-02-01", "closed", outcome="relief"),
        t.event(3, "2019-02-01T15:00:00", "feedback", satisfied="true"),
        t.event(6, "2019-01-08", "transferred", office="sindh-office"),
        t.event(7, "2019-04-12", "closed", outcome="relief"),
    ]
    bring_good(own, {"event": late})
    bring_good(own, {"complaint": [{**COMPLAINTS[0], "category": "power"}]})
    return own


@pytest.fixture(scope="module")
def twice(duckdb_copies: Copy) -> Iterator[Database]:
    """Both, shared by the tests of the file, which only read."""
    for database in opened(duckdb_copies("filled")):
        yield OnlyRead(bring_twice(database).engine)


def told(database: Database, query: str = "") -> list[Told]:
    """batch, day, events and the differences that are not 0."""
    with everything(database).snapshot() as snapshot:
        table = restatements(snapshot, view_of(snapshot, asked(query)))
    rows = table.to_dict("records")
    return [
        (row["batch"], str(row["day"]), row["events"], {name: row[name] for name in CHANGED if row[name]})
        for row in rows
    ]


DESCRIBED: Told = (3, "2019-01-01", 0, {"described": 1})
CLOSED: Told = (2, "2019-02-01", 2, {"closings": 1, "answers": 1, "pending": -1})


def test_all_governments_together(twice: Database) -> None:
    assert told(twice) == [
        DESCRIBED,
        CLOSED,
        (2, "2019-01-16", 0, {}),
        (2, "2019-01-08", 1, {"transfers": 1}),
    ]


def test_one_government_with_its_moves(twice: Database) -> None:
    assert told(twice, "government=punjab") == [
        (2, "2019-01-16", None, {"closings": -1}),
        (2, "2019-01-08", None, {"moved_out": 1, "transfers": 1, "pending": -1}),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2019-02-01", [CLOSED]),
        ("to=2019-01-01", [DESCRIBED]),
        ("as_of=2019-01-07", [DESCRIBED]),
        ("government=sindh&district=karachi-south", []),
        ("government=balochistan", []),
    ],
)
def test_days_that_are_looked_at(twice: Database, query: str, expected: list[Told]) -> None:
    assert told(twice, query) == expected


def test_when_it_landed_and_where_from(twice: Database) -> None:
    with everything(twice).snapshot() as snapshot:
        first = restatements(snapshot, view_of(snapshot, asked(""))).iloc[0]
    assert first["source"] == "batch"
    assert first["landed_at"][:13] in {f"{utc_now():%Y-%m-%dT%H}", first["landed_at"][:13]}
    assert first["landed_at"].endswith("Z")


def test_batches_older_than_their_record_tell_their_events_alone(own: Database) -> None:
    twice = bring_twice(own)
    with twice.writer() as connection:
        connection.execute(delete(restated_figure).where(restated_figure.c.batch_id == 2))
        connection.execute(update(restatement).values(measured=False))
    with everything(twice).snapshot() as snapshot:
        table = restatements(snapshot, view_of(snapshot, asked("")))
    old = table[table["batch"] == 2]
    assert old["events"].tolist() == [2, 1]
    assert old[list(CHANGED)].isna().all(axis=None)
    assert told(twice, "government=punjab") == []


def test_nothing_restated_has_no_rows(tiny: Database) -> None:
    assert told(tiny) == []
