"""Figures from a replica: what it does not know yet, what it cannot answer, and that nothing is ever told backwards."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, QueuePool, make_url, text, update
from sqlalchemy.exc import OperationalError

from data_access.database import Database, open_database
from data_access.identity import become_another
from data_access.intake.door import rows_of, take_in
from data_access.reader import DataState, Reader, read_state, reader
from data_access.replica import AGAIN_SECONDS
from data_access.scope import Scope
from data_access.tables.system import data_version, dataset
from tests.conftest import administer, names
from tests.data_access.conftest import Copy
from tests.data_access.tiny import NOW, WORLD, bring_good, event, prepared
from tests.servers import within
from tests.worlds_in import table_of
from tools import postgres
from tools.postgres import Server

pytestmark = pytest.mark.xdist_group("postgres")


@dataclass
class Two:
    """A database, and the copy that figures are read from, which is as old as it was made."""

    database: Database
    reads: Reader
    seconds: float = 0.0

    def bring(self, number: int) -> int:
        """A batch; the version that it makes."""
        rows = table_of([event(3, f"2019-04-{number:02}", "closed", outcome="relief")])
        return take_in(self.database, rows_of({"event": rows}, "test"), "test", now=NOW).version

    def told(self) -> int:
        return self.reads.state().version


@pytest.fixture
def two(postgres_copies: Copy) -> Iterator[Two]:
    url = postgres_copies("filled")
    address, copy = make_url(url), f"replica_{next(names)}"
    administer(address.set(database="postgres"), f"CREATE DATABASE {copy} TEMPLATE {address.database}")
    read_url = address.set(database=copy).render_as_string(hide_password=False)
    database = open_database(url, read_url=read_url)
    found = Two(database, reader(database, Scope("test", "pmo")))
    assert database.replica is not None
    database.replica.now = lambda: found.seconds
    yield found
    database.close()
    for name in (copy, address.database):
        administer(address.set(database="postgres"), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def replica_gone(two: Two) -> None:
    """Every connection to it is cut, and no new one is taken."""
    assert two.database.replica is not None
    copy = two.database.replica.engine.url
    administer(copy.set(database="postgres"), f"ALTER DATABASE {copy.database} ALLOW_CONNECTIONS false")
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{copy.database}'"
    administer(copy.set(database="postgres"), cut)


def pool_of(two: Two) -> QueuePool:
    """The connections to the replica."""
    assert two.database.replica is not None
    pool = two.database.replica.engine.pool
    assert isinstance(pool, QueuePool)
    return pool


def replica_back(two: Two) -> None:
    assert two.database.replica is not None
    copy = two.database.replica.engine.url
    administer(copy.set(database="postgres"), f"ALTER DATABASE {copy.database} ALLOW_CONNECTIONS true")


def test_figures_come_from_the_replica_with_its_state(two: Two) -> None:
    version = two.told()
    assert two.reads.behind(two.reads.state()) == 0
    assert two.bring(10) == version + 1
    with two.reads.snapshot() as snapshot:
        assert snapshot.state.version == version
        found = snapshot.connection.execute(text("SELECT current_database()")).scalar_one()
        assert str(found).startswith("replica_")


def test_how_far_it_is_behind_is_told_by_the_first_version_that_it_lacks(two: Two) -> None:
    two.bring(10)
    two.bring(11)
    with two.database.writer() as connection:
        connection.execute(text("UPDATE data_version SET made_at = made_at - interval '90 seconds' WHERE version = 2"))
    two.seconds = 5
    state = two.reads.state()
    assert 90 <= two.reads.behind(state) < 120
    with two.database.writer() as connection:
        connection.execute(text("UPDATE data_version SET made_at = made_at - interval '1 day' WHERE version = 2"))
    assert two.reads.behind(state) < 120  # it is asked once a second
    two.seconds += 1
    assert two.reads.behind(state) > 86_400


def test_while_it_is_gone_the_database_answers_and_what_it_told_is_not_taken_back(
    two: Two, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "jawabdeh")
    version = two.told()
    two.bring(10)
    replica_gone(two)
    assert [two.told(), two.told()] == [version + 1] * 2
    assert two.reads.behind(two.reads.state()) == 0
    replica_back(two)
    assert two.told() == version + 1
    two.seconds += AGAIN_SECONDS
    assert two.told() == version + 1  # it is back, and knows less than was told
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "The replica does not answer (OperationalError); figures come from the database itself.",
        "The replica answers again; figures come from there.",
    ]


def is_from_replica(two: Two) -> bool:
    with two.reads.snapshot() as snapshot:
        return str(snapshot.connection.execute(text("SELECT current_database()")).scalar_one()).startswith("replica_")


def test_which_of_two_databases_it_is_the_database_itself_says(two: Two) -> None:
    """One was restored in the place of the other: their numbers say nothing of each other."""
    assert two.database.replica is not None
    copy = open_database(two.database.replica.engine.url.render_as_string(hide_password=False))

    def replica_tells(identity: str, version: int) -> None:
        with copy.writer() as connection:
            connection.execute(update(dataset).values(identity=identity))
            connection.execute(update(data_version).values(version=version))

    first = two.reads.state()
    with two.database.writer() as connection:
        become_another(connection)
    with two.database.snapshot() as connection:
        second = read_state(connection)
    assert (two.reads.state(), is_from_replica(two)) == (first, True)  # it has not heard of it
    replica_tells(second.identity, 0)
    assert (two.reads.state(), is_from_replica(two)) == (second, False)
    replica_tells(second.identity, 1)
    assert (two.reads.state(), is_from_replica(two)) == (second, True)
    replica_tells(first.identity, 7)
    assert (two.reads.state(), is_from_replica(two)) == (second, False)
    copy.close()


def test_a_fault_in_the_middle_is_the_question_s_own(two: Two) -> None:
    """Half of an answer from one and half from the other would be wrong."""
    with pytest.raises(ZeroDivisionError), two.reads.snapshot():
        raise ZeroDivisionError
    assert two.told() == 1


def test_one_that_dies_in_the_first_read_is_given_up_and_the_database_answers(two: Two) -> None:
    replica = two.database.replica
    assert replica is not None

    def dies(connection: Connection) -> DataState:
        replica_gone(two)
        return read_state(connection)

    with replica.first(dies, lambda state: state.newness) as found:
        assert found is None
    assert (pool_of(two).checkedout(), two.told()) == (0, 1)
    replica_back(two)
    with replica.first(read_state, lambda state: state.newness) as found:
        assert found is None  # it is not tried again before its time


def loses_the_replica(two: Two) -> None:
    with two.reads.snapshot() as snapshot:
        replica_gone(two)
        snapshot.connection.execute(text("SELECT 1"))


def test_one_that_dies_after_it_fails_that_question_alone(two: Two, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(OperationalError):
        loses_the_replica(two)
    assert pool_of(two).checkedout() == 0
    assert len(caplog.records) == 1  # it is known to be gone: the next question goes straight to the database
    assert two.told() == 1
    assert len(caplog.records) == 1


def test_one_that_was_gone_is_tried_by_one_question_at_a_time(two: Two) -> None:
    replica = two.database.replica
    assert replica is not None
    replica_gone(two)
    two.told()
    replica_back(two)
    two.seconds += AGAIN_SECONDS
    asked, answer = threading.Event(), threading.Event()

    def slowly(connection: Connection) -> DataState:
        asked.set()
        assert answer.wait(10)
        return read_state(connection)

    def tries() -> None:
        with replica.first(slowly, lambda state: state.newness) as found:
            assert found is not None

    with ThreadPoolExecutor(1) as other:
        trying = other.submit(tries)
        assert asked.wait(10)
        assert (two.told(), pool_of(two).checkedout()) == (1, 1)
        answer.set()
        trying.result(10)
    with two.reads.snapshot() as snapshot:
        found = snapshot.connection.execute(text("SELECT current_database()")).scalar_one()
        assert str(found).startswith("replica_")


@pytest.mark.long
def test_a_real_replica_follows_and_comes_back() -> None:
    with postgres.held() as primary, postgres.following(primary) as replica:
        _follows(primary, replica)


def _follows(primary: Server, replica: Server) -> None:
    before = prepared(primary.url)
    bring_good(before, WORLD)
    before.close()
    database = open_database(primary.url, read_url=replica.url)
    asks = reader(database, Scope("test", "pmo"))
    two = Two(database, asks)
    assert database.replica is not None
    assert within(5, lambda: two.told() == 1)
    with asks.snapshot() as snapshot:
        assert snapshot.connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one()
    two.bring(10)
    assert within(2, lambda: two.told() == 2)
    replica.kill()
    assert two.told() == 2
    two.bring(11)
    assert two.told() == 3
    replica.run()

    def is_back() -> bool:
        with asks.snapshot() as snapshot:
            return bool(snapshot.connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one())

    assert within(5 + AGAIN_SECONDS, is_back)
    assert two.told() == 3
    database.close()
