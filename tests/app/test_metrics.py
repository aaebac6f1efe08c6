"""/metrics: who reads it, what it counts, that it tells of nobody, and that a dead database does not silence it."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import values
from prometheus_client.parser import text_string_to_metric_families

from dashboard.web.metrics.data import DataCollector, Patience
from dashboard.web.metrics.figures import Metrics
from dashboard.web.metrics.several import adding_up
from dashboard.web.metrics.viewers import MOST, WINDOW, Viewers
from dashboard.web.observing import Seen
from data_access.database import Database
from data_access.freshness import Freshness, read_freshness
from tests.app.serving import SETTINGS, Caller, browser, server_over
from tests.app.visiting import Hands, gone

ROOT = Path(__file__).parents[2]
TOKEN = "watch-" + "7" * 32
BEARER = f"Bearer {TOKEN}"
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def figures(text: str) -> Figures:
    """Name and labels -> value."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def figure(read: Figures, name: str, **labels: str) -> float:
    return read[name, frozenset(labels.items())]


@pytest.fixture
def watched(small: Database) -> Flask:
    """A server of its own, whose counters begin at nothing."""
    return server_over(small, settings=replace(SETTINGS, metrics_token=TOKEN))


def nobody(server: Flask) -> Caller:
    return Caller(server.test_client(), None)


def scrape(server: Flask) -> Figures:
    reply = nobody(server).get("/metrics", Authorization=BEARER)
    assert (reply.status_code, reply.mimetype) == (200, "text/plain")
    return figures(reply.text)


def test_who_reads_it(watched: Flask, small: Database) -> None:
    assert nobody(watched).get("/metrics").status_code == 401
    for wrong in ("Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer \xe9"):
        assert nobody(watched).get("/metrics", Authorization=wrong).status_code == 401, wrong
    assert Caller(watched.test_client(), "pmo").get("/metrics").status_code == 403
    assert Caller(watched.test_client(), "admin").get("/metrics").status_code == 200
    untold = server_over(small)
    for wrong in (BEARER, "Bearer ", "Bearer"):  # where no token is set, none opens it
        assert nobody(untold).get("/metrics", Authorization=wrong).status_code == 401


def test_the_token_opens_nothing_else(watched: Flask) -> None:
    for path in ("/live", "/api/v1/panels", "/admin", "/metrics/", "/"):
        assert nobody(watched).get(path, Authorization=BEARER).status_code in {401, 302}, path
    assert nobody(watched).post("/metrics", Authorization=BEARER).status_code == 401


def test_requests_are_counted_by_route(watched: Flask) -> None:
    caller = Caller(watched.test_client())
    for path in ("/api/v1/panels/totals", "/api/v1/panels/totals?as_of=2019-08-01", "/api/v1/panels/none"):
        caller.get(path)
    read = scrape(watched)
    route = "/api/v1/panels/<name>"
    assert figure(read, "jawabdeh_requests_total", method="GET", route=route, status="200") == 2
    assert figure(read, "jawabdeh_requests_total", method="GET", route=route, status="404") == 1
    assert figure(read, "jawabdeh_request_seconds_count", route=route) == 3
    assert 0 < figure(read, "jawabdeh_request_seconds_sum", route=route) < 60


def test_questions_and_the_cache_are_counted_by_panel(watched: Flask) -> None:
    caller = Caller(watched.test_client())
    for _ in range(3):
        caller.get("/api/v1/panels/scorecard?as_of=2019-07-07")
    caller.get("/api/v1/panels/scorecard?as_of=1900-01-01")  # refused when it is asked
    caller.get("/api/v1/panels/pending?limit=1")  # a list is never remembered, so it misses nothing
    read = scrape(watched)
    assert figure(read, "jawabdeh_cache_hits_total", panel="scorecard") == 2
    assert figure(read, "jawabdeh_cache_misses_total", panel="scorecard") == 2
    assert figure(read, "jawabdeh_question_seconds_count", panel="scorecard") == 2
    listed = {dict(labels)["panel"] for name, labels in read if name == "jawabdeh_question_seconds_count"}
    missed = {dict(labels)["panel"] for name, labels in read if name == "jawabdeh_cache_misses_total"}
    assert missed == listed - {name for name in listed if name != "scorecard"}


def test_what_strangers_type_makes_no_series(watched: Flask) -> None:
    """Addresses and methods that nobody has heard of are few series, however many come, and none has their words."""
    stranger, series = nobody(watched), []
    scrape(watched)
    for number in range(40):
        if number in {20, 39}:
            series.append(scrape(watched).keys())
        stranger.send(f"QX{number}", f"/zubaida-{number}/x", X_Request_ID=f"zubaida-{number}")
        stranger.get(f"/assets/zubaida-{number}.css")
        stranger.get(f"/api/v1/panels/zubaida-{number}?zubaida={number}")
    text = nobody(watched).get("/metrics", Authorization=BEARER).text
    assert "zubaida" not in text
    assert "QX" not in text
    assert series[1] == series[0]


def test_viewers_are_sessions_with_an_open_page(watched: Flask) -> None:
    assert figure(scrape(watched), "jawabdeh_viewers") == 0
    first, second = browser(watched, "pmo"), browser(watched, "pmo")
    for viewer in (first, second, first):
        assert viewer.get("/live").status_code == 200
    Caller(watched.test_client()).get("/live")  # a program looks at nothing
    text = nobody(watched).get("/metrics", Authorization=BEARER).text
    assert figure(figures(text), "jawabdeh_viewers") == 2
    assert not re.search("pmo|demo", text)


def test_viewers_are_forgotten() -> None:
    clock = Hands()
    viewers = Viewers(clock)
    viewers.saw("a")
    clock.seconds += WINDOW
    viewers.saw("b")
    assert viewers.count() == 2
    clock.seconds += 1
    assert viewers.count() == 1
    for number in range(MOST + 100):
        viewers.saw(str(number))
    assert viewers.count() == MOST


def test_how_old_the_data_are(watched: Flask, small: Database) -> None:
    read = scrape(watched)
    with small.snapshot() as connection:
        fresh = read_freshness(connection)
    assert fresh.newest_day == date(2019, 9, 30)
    assert figure(read, "jawabdeh_database_up") == 1
    assert figure(read, "jawabdeh_data_version") == fresh.version
    assert figure(read, "jawabdeh_data_age_days") == fresh.age_in_days(datetime.now(UTC))
    assert fresh.landed_at is not None
    landed = fresh.landed_at.replace(tzinfo=UTC).timestamp()
    assert figure(read, "jawabdeh_data_age_seconds") == pytest.approx(max(0, time.time() - landed), abs=60)
    assert figure(read, "jawabdeh_import_running") == 0
    assert figure(read, "process_start_time_seconds") <= time.time() + 60


def test_days_are_those_of_karachi() -> None:
    fresh = Freshness(1, None, date(2026, 3, 1))
    assert fresh.age_in_days(datetime(2026, 3, 1, 18, 59, tzinfo=UTC)) == 0
    assert fresh.age_in_days(datetime(2026, 3, 1, 19, 0, tzinfo=UTC)) == 1
    assert Freshness(0).age_in_days(datetime(2026, 3, 1, tzinfo=UTC)) == 0


def test_an_empty_database_has_no_age(bare: Database) -> None:
    with bare.snapshot() as connection:
        assert read_freshness(connection) == Freshness(0)


def test_a_dead_database_is_told(watched: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    gone(monkeypatch)
    read = scrape(watched)
    assert figure(read, "jawabdeh_database_up") == 0
    assert not any(name.startswith("jawabdeh_data_") for name, _ in read)


def test_a_database_that_hangs_keeps_nobody_waiting() -> None:
    release, asked = threading.Event(), 0

    def read() -> Freshness:
        nonlocal asked
        asked += 1
        release.wait(30)
        return Freshness(7)

    patience = Patience(read, wait=0.05)
    began = time.monotonic()
    assert [patience.now() for _ in range(5)] == [None] * 5
    assert time.monotonic() - began < 5
    assert asked == 1  # the others do not queue behind it
    release.set()
    for _ in range(100):
        if (found := patience.now()) is not None:
            break
        time.sleep(0.02)
    assert found == Freshness(7)


CHILD = """
import sys
from pathlib import Path
from dashboard.web.metrics.data import DataCollector, Patience
from dashboard.web.metrics.figures import Metrics
from dashboard.web.metrics.several import adding_up
from dashboard.web.metrics.viewers import Viewers
from dashboard.web.observing import Seen
from data_access.freshness import Freshness
metrics = Metrics(DataCollector(Patience(lambda: Freshness(3))), Viewers(), Path(sys.argv[1]))
for mark in sys.argv[2:]:
    metrics.viewed(mark)
    metrics.saw(Seen("x", "GET", "/live", 200, 0.01, 5))
sys.stdout.buffer.write(metrics.text())
sys.stdout.flush()
sys.stdin.read()
"""


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[list[str]]:
    """What each of two processes of one server answers, the second when the first has counted."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started, said = [], []
    for marks in (["a", "b"], ["b"]):
        command = [sys.executable, "-c", CHILD, str(tmp_path), *marks]
        started.append(subprocess.Popen(command, env=env, text=True, **pipes))  # type: ignore[call-overload]
        lines: list[str] = []
        for line in started[-1].stdout:
            lines.append(line)
            if line.startswith("jawabdeh_data_version"):  # what is read at the scrape stands last
                break
        said.append("".join(lines))
    yield said
    for one in started:
        one.communicate(timeout=20)


def test_several_processes_add_up(processes: list[str]) -> None:
    first, second = map(figures, processes)
    live = {"method": "GET", "route": "/live", "status": "200"}
    assert figure(first, "jawabdeh_requests_total", **live) == 2
    assert figure(second, "jawabdeh_requests_total", **live) == 3
    assert figure(second, "jawabdeh_request_seconds_count", route="/live") == 3
    assert figure(second, "jawabdeh_viewers") == 2  # the most that one of them knows of
    assert figure(second, "jawabdeh_data_version") == 3


def test_one_process_leaves_nothing_in_the_folder_and_takes_what_others_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(values, "ValueClass", values.ValueClass)
    (tmp_path / "counter_1.db").write_bytes(b"of a process that is no more")
    with adding_up(tmp_path, several=False) as folder:
        metrics = Metrics(DataCollector(Patience(lambda: Freshness(1))), Viewers(), folder)
        metrics.saw(Seen("x", "GET", "/live", 200, 0.01, 5))
        assert figure(figures(metrics.text().decode()), "jawabdeh_request_seconds_count", route="/live") == 1
        assert list(tmp_path.iterdir()) == []


def test_each_server_counts_for_itself() -> None:
    collector = DataCollector(Patience(lambda: Freshness(1)))
    first, second = (Metrics(collector, Viewers()) for _ in range(2))
    first.saw(Seen("x", "GET", "/live", 200, 0.01, 5))
    name = ("jawabdeh_request_seconds_count", frozenset({("route", "/live")}))
    assert name in figures(first.text().decode())
    assert name not in figures(second.text().decode())
