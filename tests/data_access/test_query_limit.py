"""Questions that take too long are cut off, on both engines, and nothing else is."""

import time
from collections.abc import Callable, Iterator
from threading import Barrier, Event, Thread
from threading import enumerate as threads

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from data_access.arrays import arrays_of
from data_access.database import Database, open_database
from data_access.query_limit import QueryTooSlow, Watchdog, resting
from data_access.reader import reader
from data_access.scope import Scope
from data_access.tables.reference import category

LONG = {
    "duckdb": "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3",
    "postgresql": "SELECT count(*) FROM generate_series(1, 100000000) a, generate_series(1, 100000000) b",
}
MANY_ROWS = text("SELECT a.range + b.range AS n FROM range(1000000) a, range(1000000) b")


@pytest.fixture
def hurried(copies: Callable[[str], str]) -> Iterator[Database]:
    """A database, on one engine and then on the other, that answers in half a second."""
    database = open_database(copies("ready"), query_seconds=0.5)
    yield database
    database.close()


@pytest.fixture
def embedded(duckdb_copies: Callable[[str], str]) -> Iterator[Database]:
    """The same on DuckDB alone."""
    database = open_database(duckdb_copies("ready"), query_seconds=0.5)
    yield database
    database.close()


def watching() -> int:
    """How many watchdogs there are in this process."""
    return [thread.name for thread in threads()].count("watchdog")


def ask_for_long(database: Database) -> None:
    with database.snapshot() as connection:
        connection.execute(text(LONG[database.dialect])).all()


def ones(database: Database, times: int = 20) -> list[int]:
    """Short questions, one after the other, over all that the pool holds."""
    found = []
    for _ in range(times):
        with database.snapshot() as connection:
            found.append(connection.execute(text("SELECT 1")).scalar_one())
    return found


def test_a_long_question_is_cut_off(hurried: Database) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTooSlow) as error:
        ask_for_long(hurried)
    assert 0.4 < time.monotonic() - began < 10
    assert error.value.seconds == 0.5
    assert "SELECT" not in str(error.value)
    assert ones(hurried) == [1] * 20


def test_a_short_one_is_not(hurried: Database) -> None:
    assert ones(hurried) == [1] * 20


def test_a_mistake_in_a_question_is_still_a_mistake(hurried: Database) -> None:
    with pytest.raises(DBAPIError), hurried.snapshot() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
    with pytest.raises(ValueError, match="ours"), hurried.snapshot():
        raise ValueError("ours")


def test_whoever_writes_takes_the_time_it_takes(hurried: Database) -> None:
    """Neither a batch nor an account is cut off; on PostgreSQL the limit must not stay on a connection of the pool."""
    pause = {
        "postgresql": "SELECT pg_sleep(1.0)",
        "duckdb": "SELECT count(*) FROM range(10000) a, range(5000) b WHERE (a.range * b.range) % 7 = 3",
    }
    ones(hurried)
    for number, transaction in enumerate((hurried.writer, hurried.clerk)):
        with transaction() as connection:
            began = time.monotonic()
            while time.monotonic() - began < 0.9:
                connection.execute(text(pause[hurried.dialect])).all()
            connection.execute(insert(category), {"id": number, "slug": f"s{number}", "name": "x"})


def test_a_database_that_was_opened_without_a_limit_has_none(duckdb_copies: Callable[[str], str]) -> None:
    database, before = open_database(duckdb_copies("ready")), watching()
    with database.snapshot() as connection:
        began = time.monotonic()
        while time.monotonic() - began < 0.7:
            connection.execute(text("SELECT count(*) FROM range(10000) a, range(5000) b")).all()
    database.close()
    assert watching() == before


def test_rows_that_never_end_are_cut_off_while_they_are_fetched(embedded: Database) -> None:
    for fetch in (lambda connection: connection.execute(MANY_ROWS).all(), lambda one: arrays_of(one, MANY_ROWS)):
        with pytest.raises(QueryTooSlow), embedded.snapshot() as connection:
            fetch(connection)
    assert ones(embedded) == [1] * 20


def test_many_short_questions_are_one_long_one(embedded: Database) -> None:
    """DuckDB says of no statement where it ends; a question that was cut off between two ends at the next."""

    def ask_on() -> None:
        with embedded.snapshot() as connection:
            while True:
                connection.execute(text("SELECT count(*) FROM range(100000)")).all()

    with pytest.raises(QueryTooSlow):
        ask_on()


def test_each_of_those_asked_together_has_its_own_time(embedded: Database) -> None:
    with reader(embedded, Scope("test", "pmo")).together() as held:
        for _ in range(3):
            with held.snapshot() as snapshot:
                time.sleep(0.3)
                assert snapshot.connection.execute(text("SELECT 1")).scalar_one() == 1


def test_only_the_long_one_of_many_at_once_is_cut_off(embedded: Database) -> None:
    """The connections are shared: an interruption that comes late would hit somebody else's question."""
    cut_off, answered, done = [], [], Event()

    def ask_on() -> None:
        while not done.is_set():
            answered.extend(ones(embedded, 5))

    def ask_long() -> None:
        for _ in range(2):
            try:
                ask_for_long(embedded)
            except QueryTooSlow:
                cut_off.append(1)

    short, long = [Thread(target=ask_on) for _ in range(3)], [Thread(target=ask_long) for _ in range(3)]
    for thread in (*short, *long):
        thread.start()
    for thread in long:
        thread.join(60)
    done.set()
    for thread in short:
        thread.join(60)
    assert len(cut_off) == 6
    assert set(answered) == {1}
    assert not any(thread.is_alive() for thread in (*short, *long))


def test_one_thread_watches_all_and_ends_with_the_database(embedded: Database) -> None:
    before = watching()  # other tests of this process may have a database open
    together = Barrier(6)

    def ask() -> None:
        together.wait(10)
        ones(embedded)

    asking = [Thread(target=ask) for _ in range(6)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(30)
    assert watching() == before + 1
    embedded.close()
    assert watching() == before


# The watchdog alone


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    dog = Watchdog(0.1)
    yield dog
    dog.close()


def test_it_interrupts_again_and_again_until_the_block_is_left(watchdog: Watchdog) -> None:
    calls: list[float] = []
    with watchdog.over(lambda: calls.append(time.monotonic())) as one:
        time.sleep(0.5)
    assert one.cut_off
    heard = len(calls)
    assert heard >= 3
    time.sleep(0.3)
    assert len(calls) == heard


def test_it_leaves_alone_what_is_quick(watchdog: Watchdog) -> None:
    calls: list[int] = []
    for _ in range(1000):
        with watchdog.over(lambda: calls.append(1)) as one:
            pass
        assert not one.cut_off
    time.sleep(0.3)
    assert calls == []


def test_what_cannot_be_interrupted_does_not_end_it(watchdog: Watchdog) -> None:
    def broken() -> None:
        raise RuntimeError("closed")

    calls: list[int] = []
    with watchdog.over(broken), watchdog.over(lambda: calls.append(1)):
        time.sleep(0.4)
    assert calls


def test_who_leaves_while_it_interrupts_waits_for_it() -> None:
    """Else the interruption could hit the next question on the same connection."""
    dog, began, ended = Watchdog(0.05), Event(), Event()

    def slowly() -> None:
        began.set()
        time.sleep(0.3)
        ended.set()

    with dog.over(slowly):
        assert began.wait(5)
    assert ended.is_set()
    dog.close()


def test_later_questions_have_their_own_time(watchdog: Watchdog) -> None:
    with watchdog.over(lambda: None):
        time.sleep(0.07)
        with watchdog.over(lambda: None) as inner:
            time.sleep(0.07)
        assert not inner.cut_off
    with watchdog.over(lambda: None) as last:
        time.sleep(0.3)
    assert last.cut_off


def test_whoever_takes_rows_slowly_is_waited_for(hurried: Database) -> None:
    """A rest counts for nothing, however long; what is asked after it has its own time, and no more."""
    with hurried.snapshot() as connection:
        for _ in range(3):
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
            with resting(connection):
                time.sleep(0.4)

    def rest_and_ask() -> None:
        with hurried.snapshot() as connection:
            with resting(connection):
                time.sleep(0.1)
            connection.execute(text(LONG[hurried.dialect])).all()

    with pytest.raises(QueryTooSlow):
        rest_and_ask()
    assert ones(hurried) == [1] * 20
