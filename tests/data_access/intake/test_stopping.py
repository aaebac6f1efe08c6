"""What writes can be stopped, in the middle of a statement too; nothing of it stays, and the next one is left alone."""

import time
from collections.abc import Callable, Iterator
from threading import Timer

import pytest
from sqlalchemy import text

from data_access.database import Database, open_database
from data_access.intake.progress import Progress
from data_access.intake.stopping import Cancelled, Stopper

LONG = {
    "duckdb": "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b",
    "postgresql": "SELECT pg_sleep(60)",
}


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    database = open_database(database_url)
    with database.writer() as connection:
        connection.execute(text("CREATE TABLE noted (number INTEGER)"))
    yield database
    database.close()


def write(database: Database, stopper: Stopper, *statements: str | Callable[[], None]) -> None:
    """One transaction of these, a row first."""
    with database.writer() as connection, stopper.over(connection):
        for one in ("INSERT INTO noted VALUES (1)", *statements):
            if callable(one):
                one()
            else:
                connection.execute(text(one))


def noted(database: Database) -> int:
    with database.snapshot() as connection:
        found: int = connection.execute(text("SELECT count(*) FROM noted")).scalar_one()
    return found


def test_a_long_statement_is_stopped_and_its_transaction_rolled_back(opened: Database) -> None:
    stopper, start = Stopper(), time.monotonic()
    Timer(0.3, stopper.stop).start()
    with pytest.raises(Cancelled):
        write(opened, stopper, LONG[opened.dialect])
    assert time.monotonic() - start < 10
    assert noted(opened) == 0
    write(opened, Stopper())
    assert noted(opened) == 1


def test_many_short_statements_are_stopped(opened: Database) -> None:
    stopper = Stopper()
    Timer(0.2, stopper.stop).start()
    with pytest.raises(Cancelled):
        write(opened, stopper, *["INSERT INTO noted VALUES (1)"] * 1_000_000)
    assert noted(opened) == 0


def test_who_was_stopped_before_begins_nothing(opened: Database) -> None:
    stopper = Stopper()
    stopper.stop()
    with pytest.raises(Cancelled):
        write(opened, stopper, pytest.fail)


def test_a_stop_after_the_last_statement_counts_too(opened: Database) -> None:
    stopper = Stopper()
    with pytest.raises(Cancelled):
        write(opened, stopper, stopper.stop)
    assert noted(opened) == 0


def test_other_errors_stay_what_they_are(opened: Database) -> None:
    with pytest.raises(FloatingPointError):
        write(opened, Stopper(), fails)
    assert noted(opened) == 0


def fails() -> None:
    raise FloatingPointError


def test_a_reader_of_files_notices() -> None:
    progress = Progress([10])
    note = progress.at(0)
    note(0.5, 5)
    progress.stop()
    with pytest.raises(Cancelled, match="nothing of it has landed"):
        note(0.6, 6)
    assert progress.rows == 5
