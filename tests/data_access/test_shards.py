"""Where complaints lie on several machines: a commit waits for those who read, and they for it."""

import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from sqlalchemy import text

from data_access.database import Database, open_database
from data_access.shards import Shards
from tests.data_access.conftest import Copy

pytestmark = [pytest.mark.xdist_group("postgres"), pytest.mark.timeout(60)]


@pytest.fixture
def spread(postgres_copies: Copy) -> Iterator[Database]:
    """One that takes itself for spread."""
    database = open_database(postgres_copies("ready"))
    database.shards.there, database.shards.patience = True, 0.2
    yield database
    database.close()


def test_a_commit_waits_for_who_reads_and_who_reads_for_no_writing(spread: Database) -> None:
    written, landed = Event(), Event()

    def write() -> None:
        with spread.writer() as connection:
            connection.execute(text("INSERT INTO category (id, slug, name) VALUES (1, 'roads', 'Roads')"))
            written.set()
        landed.set()

    thread = Thread(target=write)
    count = text("SELECT count(*) FROM category")
    with spread.snapshot() as connection:
        thread.start()
        assert written.wait(5)
        with spread.snapshot() as other:  # of the same thread: it must not wait for a commit that waits for it
            assert other.execute(count).scalar_one() == 0
        assert not landed.wait(0.3)
        assert connection.execute(count).scalar_one() == 0
    assert landed.wait(5)
    thread.join(5)
    with spread.snapshot() as connection:
        assert connection.execute(count).scalar_one() == 1


def test_who_has_waited_for_a_commit_sees_it(spread: Database) -> None:
    """All of it: a snapshot that began before the wait would be the coordinator's of before, the others' of after."""
    waiting = "SELECT count(*) FROM pg_locks WHERE mode = 'RowShareLock' AND NOT granted"
    seen: list[int] = []

    def read() -> None:
        with spread.snapshot() as connection:
            seen.append(connection.execute(text("SELECT count(*) FROM category")).scalar_one())

    thread = Thread(target=read)
    with spread.writer() as connection:
        connection.execute(text("INSERT INTO category (id, slug, name) VALUES (1, 'roads', 'Roads')"))
        spread.shards.committing(connection)
        thread.start()
        until = time.monotonic() + 5
        while not connection.execute(text(waiting)).scalar_one():
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.01)
    thread.join(5)
    assert seen == [1]


def test_a_batch_is_written_in_turn(spread: Database) -> None:
    with spread.writer() as connection:
        asked = text("SELECT current_setting('citus.multi_shard_modify_mode')")
        assert connection.execute(asked).scalar_one() == "sequential"


def test_without_shards_nothing_is_locked(either: Database) -> None:
    with either.snapshot() as connection:
        if either.dialect == "postgresql":
            held = text("SELECT count(*) FROM pg_locks WHERE mode = 'RowShareLock' AND pid = pg_backend_pid()")
            assert connection.execute(held).scalar_one() == 0
    assert either.shards == Shards(there=False)
