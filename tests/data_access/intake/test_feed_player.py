"""The player: how far simulated time goes, what happens when a batch fails, and that it stops at once."""

import logging
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data_access.database import Database, DatabaseProblem, open_database
from data_access.intake.batch import Report
from data_access.intake.feed import player
from data_access.intake.feed.player import Feed, start_feed
from data_access.intake.sample.load import load_sample

BEGIN = datetime(2019, 10, 2)
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample that nothing has been fed to."""
    path = tmp_path_factory.mktemp("player") / "sample.duckdb"
    database = open_database(f"duckdb:///{path}")
    load_sample(database, 1_000, 7, lambda _: None)
    database.close()
    return path


def copied(master: Path, name: str) -> Iterator[Database]:
    """A copy of it."""
    path = master.with_name(name)
    shutil.copy(master, path)
    database = open_database(f"duckdb:///{path}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def sample(master: Path) -> Iterator[Database]:
    """A copy for the tests that bring nothing."""
    yield from copied(master, "shared.duckdb")


@pytest.fixture
def fresh(master: Path) -> Iterator[Database]:
    """A copy for one test."""
    yield from copied(master, "fresh.duckdb")


class Hours:
    """A clock that is set by hand, in real seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hours() -> Hours:
    return Hours()


class Invented:
    """Stands for the inventor: notes the spans it is asked for, and has nothing, or a mishap, for each."""

    def __init__(self) -> None:
        self.spans: list[tuple[datetime, datetime]] = []
        self.mishaps: list[Exception] = []

    def rows(self, _connection: object, begin: datetime, end: datetime) -> dict[str, Any]:
        self.spans.append((begin, end))
        if self.mishaps:
            raise self.mishaps.pop(0)
        return {}


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> Invented:
    stand_in = Invented()
    monkeypatch.setattr(player, "Inventor", lambda: stand_in)
    return stand_in


@pytest.mark.parametrize(
    ("pace", "passed", "reached"),
    [
        (120, 5.0, 600),
        (120, 0.001, 0),
        (1, 5.999, 5),
        (1, 0.9, 0),
        (120, 10_000.0, 6 * 3600),  # a machine that slept
        (86_400, 5.0, 5 * 86_400),  # what the pace asks for is never cut
        (86_400, 6.0, 5 * 86_400),
    ],
)
def test_real_seconds_become_simulated_ones(
    sample: Database, hours: Hours, invented: Invented, pace: int, passed: float, reached: int
) -> None:
    feed = Feed(sample, pace, clock=hours)
    assert feed.tick() is None
    hours.now += passed
    assert feed.tick() is None
    assert feed.position - BEGIN == timedelta(seconds=reached)
    assert invented.spans == ([(BEGIN, feed.position)] if reached else [])


def test_spans_follow_each_other_and_slow_clocks_add_up(sample: Database, hours: Hours, invented: Invented) -> None:
    feed = Feed(sample, 1, clock=hours)
    for _ in range(8):
        hours.now += 0.4
        feed.tick()
    assert [end - begin for begin, end in invented.spans] == [SECOND, SECOND]
    assert invented.spans[1][0] == invented.spans[0][1]
    hours.now += 100
    feed.tick()
    assert feed.position - BEGIN == 102 * SECOND


def test_simulated_time_does_not_pass_the_real_one(
    sample: Database, hours: Hours, invented: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "karachi_now", lambda: BEGIN + 90.5 * SECOND)
    feed = Feed(sample, 60, clock=hours)
    for _ in range(3):
        hours.now += 1
        feed.tick()
    assert invented.spans == [(BEGIN, BEGIN + 60 * SECOND), (BEGIN + 60 * SECOND, BEGIN + 90 * SECOND)]


def test_a_tick_that_fails_is_taken_up_by_the_next(sample: Database, hours: Hours, invented: Invented) -> None:
    feed = Feed(sample, 120, clock=hours)
    invented.mishaps = [ValueError("secret")]
    hours.now += 5
    with pytest.raises(ValueError, match="secret"):
        feed.tick()
    assert feed.position == BEGIN
    hours.now += 5
    feed.tick()
    assert invented.spans == [(BEGIN, BEGIN + 600 * SECOND), (BEGIN, BEGIN + 1200 * SECOND)]


def until(condition: Any, seconds: float = 20.0) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_it_survives_a_failing_batch_and_says_so_without_values(
    sample: Database, invented: Invented, caplog: pytest.LogCaptureFixture
) -> None:
    invented.mishaps = [ValueError("secret"), RuntimeError("secret")]
    feed = Feed(sample, 1000, every=0.02)
    with caplog.at_level(logging.WARNING, "jawabdeh"):
        feed.start()
        until(lambda: len(invented.spans) > 3)
        feed.stop()
    ours = [record for record in caplog.records if record.name == "jawabdeh"]
    assert [record.getMessage() for record in ours] == [
        f"The feed brought nothing after {BEGIN} ({name}); it tries again." for name in ("ValueError", "RuntimeError")
    ]
    assert not any(record.exc_info for record in ours)
    assert feed.position > BEGIN


def test_it_plays_into_the_database_and_stops_at_once(fresh: Database) -> None:
    said: list[str] = []
    feed = Feed(fresh, 86_400, every=0.2, say=said.append)
    feed.start()
    until(lambda: len(said) > 1)
    begun = time.monotonic()
    feed.stop()
    assert time.monotonic() - begun < 5.0  # a batch may be under way
    assert said[0].startswith("until 2019-10-02 ")
    assert said[0].endswith("data version 2")
    count = len(said)
    time.sleep(0.5)
    assert len(said) == count
    assert Feed(fresh, 1).position > BEGIN


def test_one_that_waits_stops_within_a_second(sample: Database) -> None:
    feed = start_feed(sample, 120)
    begun = time.monotonic()
    feed.stop()
    feed.stop()
    assert time.monotonic() - begun < 1.0
    assert feed.position == BEGIN


def test_one_that_was_not_started_can_be_stopped(sample: Database) -> None:
    Feed(sample, 120).stop()


def test_what_a_batch_brought_is_reported(fresh: Database, hours: Hours) -> None:
    feed = Feed(fresh, 86_400, clock=hours)
    hours.now += 5
    report = feed.tick()
    assert isinstance(report, Report)
    assert (report.rejected, report.waiting) == (0, 0)
    assert report.accepted == report.read > 20
    assert report.version == 2
    assert feed.position == BEGIN + timedelta(days=5)


def test_real_data_are_refused_before_anything_starts(own: Database) -> None:
    with pytest.raises(DatabaseProblem, match="never join real data"):
        start_feed(own, 120)
