"""Several processes over one PostgreSQL: what one of them knows that the others must know, and that they serve."""

import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from dashboard.web.rates import REST, Rates
from data_access.accounts import sign_in
from data_access.accounts.guesses import GuessCounts
from data_access.asked import AskedTogether
from data_access.database import Database, DatabaseProblem, open_database
from data_access.intake.answered import KEPT, Answered, SentAnswers
from data_access.intake.door import rows_of, take_in
from data_access.intake.feed import alone
from data_access.intake.feed.alone import LoneFeed
from data_access.intake.feed.player import Feed
from data_access.intake.sample.load import load_sample
from tests.app.sending import Sender, token_for
from tests.app.sending import one as complaint
from tests.app.serving import SETTINGS, Caller, server_over
from tests.app.small import NEWEST, NOW, event, make, table_of
from tests.app.visiting import Hands
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


def test_two_processes_answer_an_account_no_more_often_than_one(pair: tuple[Database, Database]) -> None:
    clock = Hands(1_750_000_020.0)  # the beginning of a minute
    settings = replace(SETTINGS, rate_per_minute=10, exports_per_minute=3)
    callers = [Caller(server_over(one, clock, settings).test_client()) for one in pair]

    def seen(path: str, times: int) -> list[int]:
        return [callers[n % 2].get(path).status_code for n in range(times)]

    assert seen("/api/v1/panels/totals.csv", 4) == [200] * 3 + [429]
    assert seen("/live", 6) == [200] * 6
    assert [caller.get("/live").headers.get("Retry-After") for caller in callers] == [str(REST)] * 2
    clock.seconds += REST - 1  # while it rests nothing is answered by either
    assert seen("/live", 2) == [429] * 2
    clock.seconds += 81  # now what was asked in the minute before counts half
    assert seen("/live", 6) == [200] * 5 + [429]
    clock.seconds += 600
    assert seen("/live", 10) == [200] * 10
    with pair[0].snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM asked")).scalar_one() == 1  # what is old went


def test_of_many_that_are_taken_at_once_no_more_are_answered(pair: tuple[Database, Database]) -> None:
    clock = Hands(1_750_000_020.0)
    both = [AskedTogether(one, "key", clock) for one in pair]
    answered = sum(both[n % 2].more("a", 900, 60) == 0 for n in range(1000))
    assert 890 <= answered <= 900
    clock.seconds += 60  # all of them still count whole, but for what was taken and is not answered any more
    assert both[0].more("a", 900, 60) == 60
    clock.seconds += 30
    answered = sum(both[0].more("a", 900, 60) == 0 for n in range(1000))
    assert 445 <= answered <= 450


def test_a_process_counts_for_itself_while_the_database_is_away(pair: tuple[Database, Database]) -> None:
    rates = Rates(2, 2, together=AskedTogether(pair[0], "key"))
    assert [rates.wait("a"), rates.wait("a"), rates.wait("a")] == [0, 0, REST]
    with pair[1].engine.begin() as connection:
        connection.execute(text("ALTER TABLE asked RENAME TO gone"))
    assert [rates.wait("b"), rates.wait("b"), rates.wait("b")] == [0, 0, REST]


def test_a_count_is_given_back_and_goes_with_its_window(pair: tuple[Database, Database]) -> None:
    first, second = GuessCounts(pair[0], lambda: 1000), GuessCounts(pair[1], lambda: 2000)
    assert [first.more("a", 900), second.more("a", 900), first.more("b", 900)] == [1, 2, 1]
    first.less("a")
    assert second.more("a", 900) == 2
    assert second.more("c", 900) == 1  # at 2000 what ended at 1900 goes
    assert first.more("a", 900) == 1


def test_what_one_process_answered_another_answers_too(pair: tuple[Database, Database]) -> None:
    key = token_for(pair[0])
    senders = [Sender(server_over(one), key) for one in pair]
    with ThreadPoolExecutor(2) as both:  # at once, so that neither has answered when the other comes
        found = list(both.map(lambda sender: sender.sent(complaint(), Idempotency_Key="a"), senders))
    assert found[0] == found[1]
    assert found[0]["accepted"] == 2
    assert [sender.send(complaint(901), Idempotency_Key="a").status_code for sender in senders] == [422, 422]


def test_an_answer_is_kept_for_an_hour(pair: tuple[Database, Database]) -> None:
    clock = Hands(1_000_000.0)
    first, second = (SentAnswers(one, clock) for one in pair)
    first.keep("a", Answered("x", {"batch": None, "rejects": [{"value": "ضلع"}]}))
    assert second.of("a") == Answered("x", {"batch": None, "rejects": [{"value": "ضلع"}]})
    assert second.of("b") is None
    clock.seconds += KEPT
    assert second.of("a") is None
    clock.seconds += 1
    first.keep("b", Answered("y", {}))
    with pair[1].snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM sent_answer")).scalar_one() == 1


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
