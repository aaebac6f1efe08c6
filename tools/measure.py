"""Times the questions and the server beside a floor measured in the same run: `python -m tools.measure [PANEL …]`.

With names of panels their questions alone.

The floor at the data layer is a snapshot in which nothing is asked; over HTTP it is `/healthz`. Uses the database in
DATABASE_URL, which no server may hold, and serves it itself on a free port of this machine.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import httpx
from rich.console import Console
from rich.table import Table

from dashboard.panels.catalogue import PANELS
from data_access.database import open_database
from data_access.database_here import url
from data_access.filters import parse_query
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import view_of
from tools.environment import ROOT

ROUNDS = 30
ASKED = (
    "",
    "as_of=2019-04-13",
    "government=sindh",
    "from=2019-01-01&to=2019-06-30",
    "district=lahore",
    "gender=female",
    "by=day",
)
"""The filters of each question; one that a panel does not take is passed over for it."""


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of the work in milliseconds, after one round that does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def ask(asker: Reader, panel: str, query: str) -> None:
    """One panel's question, uncached."""
    asked, filters = PANELS[panel], parse_query(query)
    with asker.snapshot() as snapshot:
        view = view_of(snapshot, filters, public_lines=asked.public_lines, ahead=asked.looks_ahead)
        asked.question(snapshot, view)


def nothing(asker: Reader) -> None:
    """The floor."""
    with asker.snapshot():
        pass


def data_layer(console: Console, names: Sequence[str]) -> None:
    """Panels under several filters."""
    database = open_database(url())
    asker = reader(database, Scope("measure", "pmo", abilities=ROLES["pmo"].abilities))
    table = Table("panel", "filters", "ms", "times the floor", title="Data layer, uncached")
    for panel in names:
        for query in (one for one in ASKED if not PANELS[panel].missed(parse_query(one))):
            floor = median_ms(lambda: nothing(asker))
            took = median_ms(lambda panel=panel, query=query: ask(asker, panel, query))  # type: ignore[misc]
            table.add_row(panel, query or "(none)", f"{took:.1f}", f"{took / floor:.1f}")
    console.print(table)
    database.close()


@contextmanager
def serving() -> Iterator[str]:
    """The server on a free port; its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "DATABASE_URL": url()}
    server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def over_http(console: Console) -> None:
    """The scorecard from memory and computed anew, beside an empty answer of the same server."""
    database = open_database(url())
    state = reader(database, Scope("measure", "pmo")).state()
    database.close()
    if state.newest_day is None:
        return
    newest, step = state.newest_day, count(1)
    table = Table("request", "ms", "times the floor", title="Over HTTP")
    with serving() as address, httpx.Client(base_url=address, auth=("pmo", "demo"), timeout=30) as client:
        floor = median_ms(lambda: client.get("/healthz").raise_for_status())
        again = median_ms(lambda: client.get("/api/v1/panels/scorecard").raise_for_status())

        def anew() -> None:
            day = newest - timedelta(days=next(step))
            client.get(f"/api/v1/panels/scorecard?as_of={day}").raise_for_status()

        new = median_ms(anew)
    for name, took in (("/healthz (the floor)", floor), ("scorecard, remembered", again), ("scorecard, new", new)):
        table.add_row(name, f"{took:.1f}", f"{took / floor:.1f}")
    console.print(table)


if __name__ == "__main__":
    console, chosen = Console(), sys.argv[1:]
    data_layer(console, chosen or [name for name, panel in PANELS.items() if not panel.needs])
    if not chosen:
        over_http(console)
