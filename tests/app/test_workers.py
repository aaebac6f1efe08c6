"""Several processes over one PostgreSQL: what one of them knows that the others must know, and that they serve."""

import os
import re
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from data_access.accounts import sign_in
from data_access.accounts.guesses import GuessCounts
from data_access.database import Database, DatabaseProblem, open_database
from data_access.intake.door import rows_of, take_in
from data_access.intake.feed import alone
from data_access.intake.feed.alone import LoneFeed
from data_access.intake.feed.player import Feed
from data_access.intake.sample.load import load_sample
from tests.app.serving import Caller, server_over
from tests.app.small import NEWEST, NOW, event, make, table_of
from tests.servers import Running, running, within

pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture
def url(postgres_database: str) -> str:
    """The address of the small database."""
    make(postgres_database).close()
    return postgres_database


@pytest.fixture
def pair(url: str) -> Iterator[tuple[Database, Database]]:
    """Opened as two processes would."""
    both = open_database(url), open_database(url)
    yield both
    for one in both:
        one.close()


def test_two_processes_allow_no_more_guesses_than_one(
    pair: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "is_password", lambda password, _: password == "demo")
    callers = [Caller(server_over(one).test_client(), None) for one in pair]
    seen = [callers[n % 2].sign_in("pmo", f"wrong {n}").status_code for n in range(12)]
    assert seen == [401] * 10 + [429] * 2
    assert callers[0].sign_in("presenter").status_code == 303  # others come in by either


def test_a_count_is_given_back_and_goes_with_its_window(pair: tuple[Database, Database]) -> None:
    first, second = GuessCounts(pair[0], lambda: 1000), GuessCounts(pair[1], lambda: 2000)
    assert [first.more("a", 900), second.more("a", 900), first.more("b", 900)] == [1, 2, 1]
    first.less("a")
    assert second.more("a", 900) == 2
    assert second.more("c", 900) == 1  # at 2000 what ended at 1900 goes
    assert first.more("a", 900) == 1


def test_a_session_that_ends_in_one_process_has_ended_in_all(pair: tuple[Database, Database]) -> None:
    here, there = (server_over(one) for one in pair)
    caller, other = Caller(here.test_client(), None), Caller(there.test_client(), None)
    assert caller.sign_in("pmo").status_code == 303
    cookie = caller.client.get_cookie("jawabdeh")
    assert cookie is not None
    other.client.set_cookie("jawabdeh", cookie.value)
    assert other.get("/live").status_code == 200
    caller.fill("/sign-out")
    assert other.get("/live").status_code == 401


@pytest.mark.long
def test_one_feed_plays_and_another_takes_over(postgres_database: str) -> None:
    first, second = open_database(postgres_database), open_database(postgres_database)
    load_sample(first, 300, 7, lambda _: None)
    one = LoneFeed(first, 60, again=0.05)
    assert within(5, lambda: one.playing)
    other = LoneFeed(second, 60, again=0.05)
    assert not within(0.4, lambda: other.playing)
    one.stop()
    assert within(5, lambda: other.playing)
    other.stop()
    assert not other.playing
    for database in (first, second):
        database.close()


@pytest.mark.parametrize("fault", [DatabaseProblem("no sample"), ValueError("a fault of ours")])
def test_a_feed_that_cannot_play_holds_the_lock_no_longer_and_tries_again(
    pair: tuple[Database, Database], fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fails(*_: object) -> Feed:
        tried.append(1)
        raise fault

    monkeypatch.setattr(alone, "start_feed", fails)
    lone = LoneFeed(pair[0], 60, again=0.05)
    assert within(5, lambda: len(tried) > 2)
    lone.stop()
    with pair[1].engine.connect() as connection:
        assert connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": alone.LOCK}).scalar_one()


@pytest.fixture
def served(url: str, tmp_path: Path) -> Iterator[Running]:
    """Two workers."""
    with running(tmp_path, DATABASE_URL=url, WORKERS="2", THREADS="4") as one:
        yield one


def replaced(served: Running, worker: int) -> bool:
    """Whether two serve, and this one no longer."""
    return len(served.workers()) == 2 and worker not in served.workers()


def asks(served: Running) -> httpx.Client:
    """A client on a connection of its own, so that either worker may be the one that answers it."""
    return httpx.Client(base_url=served.address, auth=("pmo", "demo"), timeout=10)


@pytest.mark.long
def test_workers_serve_and_one_that_dies_is_replaced(served: Running) -> None:
    assert within(10, lambda: len(served.workers()) == 2)
    before = served.workers()
    os.kill(before[0], signal.SIGKILL)
    assert within(20, lambda: replaced(served, before[0]))
    for _ in range(8):
        with asks(served) as client:
            reply = client.get("/api/v1/panels/totals")
            assert (reply.status_code, reply.headers["Server"]) == (200, "Jawabdeh")
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(40) == 0
    assert "Traceback" not in served.said()


@pytest.mark.long
def test_workers_add_up_what_they_count(served: Running) -> None:
    counted = re.compile(
        r'^jawabdeh_requests_total{method="GET",route="/api/v1/panels/<name>",status="200"} (.*)$', re.M
    )

    def told() -> set[float]:
        found = set()
        for _ in range(6):  # each by a connection of its own, so that both are asked
            with httpx.Client(base_url=served.address, auth=("admin", "demo"), timeout=10) as client:
                found.add(float(counted.findall(client.get("/metrics").text)[0]))
        return found

    for _ in range(10):
        with asks(served) as client:
            assert client.get("/api/v1/panels/totals").status_code == 200
    assert told() == {10.0}
    for end in (signal.SIGKILL, signal.SIGTERM):  # one that leaves in order takes nothing with it either
        before = served.workers()
        os.kill(before[0], end)
        assert within(20, partial(replaced, served, before[0]))
        assert told() == {10.0}


@pytest.mark.long
def test_every_worker_tells_of_a_new_version_within_two_seconds(served: Running, url: str) -> None:
    clients = [asks(served) for _ in range(12)]
    assert {client.get("/live").json()["data_version"] for client in clients} == {1}
    database = open_database(url)
    take_in(database, rows_of({"event": table_of([event(204, NEWEST, "feedback")])}, "test"), "test", now=NOW)
    late = [event(205, NEWEST, "closed", outcome="relief")]
    assert take_in(database, rows_of({"event": table_of(late)}, "test"), "test", now=NOW).version > 1
    database.close()

    def told() -> bool:
        return all(
            client.get("/live").json()["data_version"] > 1
            and client.get("/api/v1/panels/totals").json()["data_version"] > 1
            for client in clients
        )

    assert within(2, told)
    for client in clients:
        client.close()


@pytest.mark.long
def test_nothing_that_a_proxy_alone_may_say_is_believed(served: Running) -> None:
    with asks(served) as client:
        said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        assert "Strict-Transport-Security" not in client.get("/healthz", headers=said).headers
        assert client.get(f"/api/v1/panels/totals?search={'x' * 6000}").status_code == 400
