"""The proofs hold on what came in by the door, and name what somebody changed behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, text

from data_access.database import Database
from data_access.intake.check import Finding, check
from tests.data_access import tiny as t
from tests.data_access.conftest import opened
from tests.data_access.tiny import bring_good

ONCE = "every row stands there once"
LEDGER = "events replayed give the ledger"
FLOW = "the ledger gives the flow"
RECONCILES = "every government reconciles on every day"
PENDING = "open stays are what is pending"


def findings(database: Database) -> dict[str, Finding]:
    """By what was proven."""
    return {finding.what: finding for finding in check(database)}


def failing(database: Database) -> dict[str, str]:
    """What does not hold, and where."""
    return {what: found.difference for what, found in findings(database).items() if found.difference}


@dataclass(frozen=True)
class Tampered(Database):
    """A database in which something is changed behind the door, until it is looked at no more."""

    statement: str = ""

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """What the change leaves, taken back at the end."""
        with self.engine.connect() as connection, connection.begin() as transaction:
            assert connection.execute(text(self.statement)).rowcount != 0
            yield connection
            transaction.rollback()


def tampered(database: Database, statement: str) -> Tampered:
    """The same database with that change."""
    return Tampered(database.engine, database.directories, statement=statement)


def test_a_good_database(filled: Database) -> None:
    found = findings(filled)
    assert list(found) == [ONCE, LEDGER, FLOW, RECONCILES, PENDING]
    assert failing(filled) == {}
    assert found[LEDGER].note == "0 complaints that no office holds yet, 0 events of complaints not yet known"
    assert found[PENDING].note == "4 pending as of 2019-04-10, the same by every dimension"


def test_what_waits_is_told(filled: Database) -> None:
    waiting = [t.event(99, "2019-01-01", "received", office="sindh-office"), t.event(99, "2019-01-02", "reopened")]
    bring_good(filled, {"complaint": [t.complaint(8, "2019-01-01")], "event": waiting})
    assert failing(filled) == {}
    note = "1 complaints that no office holds yet, 2 events of complaints not yet known"
    assert findings(filled)[LEDGER].note == note


def test_an_empty_database(either: Database) -> None:
    assert failing(either) == {}
    assert findings(either)[PENDING].note == "no complaint yet"


AT_FIRST = "dimension = 'government' AND day = '2019-01-01'"
TAMPERED = [
    (
        "UPDATE assignment SET outcome = 'relief' WHERE complaint_id = 2",
        *(LEDGER, "assignment at complaint_id=2, seq=1: outcome is relief, must be refused"),
    ),
    (
        "UPDATE assignment SET closed_on = NULL WHERE complaint_id = 6",
        *(LEDGER, "assignment at complaint_id=6, seq=1: closed_on is None, must be 2019-01-16"),
    ),
    (
        "DELETE FROM assignment WHERE complaint_id = 4 AND seq = 2",
        *(LEDGER, "assignment at complaint_id=4, seq=2: office_id is None, must be 3"),
    ),
    (
        "UPDATE assignment SET seq = 5 WHERE complaint_id = 3",
        *(LEDGER, "assignment at complaint_id=3, seq=1: office_id is None, must be 3"),
    ),
    (
        "UPDATE event SET outcome = 'partial' WHERE outcome = 'refused'",
        *(LEDGER, "assignment at complaint_id=2, seq=1: outcome is refused, must be partial"),
    ),
    (
        "UPDATE citizen SET gender = 'other' WHERE id = 11",
        *(LEDGER, "assignment at complaint_id=1, seq=1: gender is female, must be other"),
    ),
    (
        f"UPDATE flow SET filed = filed + 1, stays = stays + 1 WHERE {AT_FIRST}",
        *(FLOW, "flow at dimension=government, day=2019-01-01, government_id=4, member_id=4: filed is 2, must be 1"),
    ),
    (
        "UPDATE flow SET over_90 = 0 WHERE dimension = 'district' AND over_90 <> 0",
        *(FLOW, "flow at dimension=district, day=2019-04-04, government_id=4, member_id=0: over_90 is 0, must be 1"),
    ),
    (
        "DELETE FROM flow WHERE dimension = 'category' AND day = '2019-02-02'",
        *(FLOW, "flow at dimension=category, day=2019-02-02, government_id=4, member_id=2: answers is 0, must be 1"),
    ),
    (
        "UPDATE cohort_flow SET refused = 3 WHERE refused = 1",
        FLOW,
        "cohort_flow at day=2019-02-01, received_on=2019-01-02, government_id=4, lag=30: refused is 3, must be 1",
    ),
    (
        f"UPDATE flow SET stays = stays + 1 WHERE {AT_FIRST}",
        *(RECONCILES, "government 4 on 2019-01-01: the movements make 1, the stays 2"),
    ),
    (
        "UPDATE flow SET moved_in = 2, stays = stays + 1 WHERE dimension = 'government' AND moved_in = 1",
        *(RECONCILES, "on 2019-01-10 what moved out does not equal what moved in"),
    ),
    (
        "UPDATE flow SET stays = 0 WHERE dimension = 'category' AND day = '2019-01-01'",
        *(PENDING, "pending by category is 3, but 4 stays are open"),
    ),
]


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def whole(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The tiny world on each engine, for changes that are taken back."""
    yield from opened(request.getfixturevalue(f"{request.param}_copies")("filled"))


@pytest.mark.parametrize(("statement", "proof", "where"), TAMPERED)
def test_the_first_cell_that_differs_is_named(whole: Database, statement: str, proof: str, where: str) -> None:
    found = next(finding for finding in check(tampered(whole, statement)) if finding.what == proof)
    assert found.difference == where


@pytest.mark.parametrize(
    ("table", "where", "found"),
    [
        ("citizen", "id = 11", "citizen (11,) stands there more than once"),
        ("complaint", "id = 3", "complaint (3,) stands there more than once"),
        ("event", "complaint_id = 3", "event (3, "),
    ],
)
def test_a_row_that_stands_there_twice(tiny: Database, table: str, where: str, found: str) -> None:
    """On DuckDB, which has no unique indexes here; PostgreSQL refuses the second row."""
    twice = tampered(tiny, f"INSERT INTO {table} SELECT * FROM {table} WHERE {where}")
    assert failing(twice)[ONCE].startswith(found)


def test_checking_changes_nothing(filled: Database) -> None:
    with filled.writer() as connection:
        connection.execute(text("UPDATE assignment SET outcome = 'relief' WHERE complaint_id = 2"))
    said: list[str] = []
    first = list(check(filled, said.append))
    assert first[1].difference == "assignment at complaint_id=2, seq=1: outcome is relief, must be refused"
    assert said == [ONCE, LEDGER, FLOW, RECONCILES, PENDING]
    assert list(check(filled)) == first
