"""A server that is told to stop: a real process, a request under way, an import under way, and the ways it may end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import waitress  # type: ignore[import-untyped]  # has no types of its own

from dashboard.web.stopping import Stop, run_until_stopped
from data_access.database import open_database
from tests.app.small import make

ROOT = Path(__file__).parents[2]
SERVER = """
import os, sys, time
from flask import request
import app
from dashboard.web import guard
from dashboard.web.imports.pages import WORKS
from dashboard.web.imports.outcomes import Job
from dashboard.web.imports.works import Work
from data_access.intake.progress import Progress
from data_access.intake.stopping import Cancelled

assemble = app.assemble
guard.OPEN_PATHS |= {"/slow", "/import"}

def slower(settings, database):
    built = assemble(settings, database)
    server, works = built.server, built.server.extensions[WORKS]

    @server.get("/slow")
    def slow():
        seconds = request.args["seconds"]

        def parts():
            for _ in range(int(float(seconds) * 10)):
                time.sleep(0.1)
                yield b"x" * 1000
        return server.response_class(parts(), mimetype="application/octet-stream")

    @server.get("/import")
    def imports():
        progress = Progress([0])
        def run():
            while not progress.stopped:
                time.sleep(0.01)
            print("import stopped", flush=True)
            raise Cancelled("stopped")
        works.begin(Work("import", "x", "x", progress), Job(run, lambda report: None))
        return server.response_class("ok", mimetype="application/octet-stream")

    return built

app.assemble = slower
app.main(os.environ)
"""


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server in a process of its own, and its address."""
    url = f"duckdb:///{folder / 'small.duckdb'}"
    make(url).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url, "PORT": port, "LOG_FORMAT": "plain", **settings}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, cwd=folder, env=env, text=True, **pipes) as process:  # type: ignore[call-overload]
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                with contextlib.suppress(httpx.TransportError):
                    httpx.get(f"{address}/healthz", timeout=5)
                    break
                time.sleep(0.1)
            yield process, address
        finally:
            process.kill()


class Asking(threading.Thread):
    """A request in a thread, whose reply comes while the server stops."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.size, self.status, self.error = address, 0, 0, ""
        self.begun = threading.Event()
        self.start()
        assert self.begun.wait(20)

    def run(self) -> None:
        try:
            with httpx.stream("GET", self.address, timeout=30) as reply:
                self.status = reply.status_code
                for part in reply.iter_raw():
                    self.begun.set()
                    self.size += len(part)
        except httpx.TransportError as error:
            self.error = type(error).__name__


def refuses(address: str) -> bool:
    """Whether nobody listens any more, within a few seconds."""
    where = urlsplit(address)
    for _ in range(200):
        try:
            socket.create_connection((str(where.hostname), where.port or 0), timeout=5).close()
        except ConnectionRefusedError:
            return True
        time.sleep(0.05)
    return False


def is_free(folder: Path) -> bool:
    """Whether the database was closed as it should be: it opens, and nothing waits to be written."""
    open_database(f"duckdb:///{folder / 'small.duckdb'}").close()
    return not (folder / "small.duckdb.wal").exists()


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_has_begun_ends_and_nothing_new_begins(tmp_path: Path, number: int) -> None:
    with running(tmp_path) as (process, address):
        idle = httpx.Client()
        idle.get(f"{address}/healthz")  # a connection that is kept, as browsers keep theirs
        slow = Asking(f"{address}/slow?seconds=3")
        process.send_signal(number)
        assert refuses(address)
        assert slow.is_alive()
        slow.join(20)
        assert (slow.status, slow.size, slow.error) == (200, 30_000, "")
        output, _ = process.communicate(timeout=20)
        idle.close()
        assert process.returncode == 0
        assert output.splitlines()[-1] == "Stopped."
        assert is_free(tmp_path)


@pytest.mark.long
def test_nobody_is_waited_for_longer_than_was_said(tmp_path: Path) -> None:
    with running(tmp_path, STOP_SECONDS="1") as (process, address):
        slow = Asking(f"{address}/slow?seconds=60")
        began = time.monotonic()
        process.terminate()
        output, _ = process.communicate(timeout=20)
        assert 1 <= time.monotonic() - began < 8
        assert process.returncode == 0
        assert "requests that had not ended were dropped" in output
        slow.join(10)
        assert slow.error == "RemoteProtocolError"
        assert is_free(tmp_path)


@pytest.mark.long
def test_a_second_signal_stops_at_once(tmp_path: Path) -> None:
    with running(tmp_path, STOP_SECONDS="600") as (process, address):
        Asking(f"{address}/slow?seconds=60")
        process.terminate()
        assert refuses(address)
        assert process.poll() is None
        process.terminate()
        process.communicate(timeout=20)
        assert process.returncode == 0


@pytest.mark.long
def test_an_import_under_way_is_stopped_first(tmp_path: Path) -> None:
    """It is cancelled when the stop begins, not when the slowest request has ended."""
    with running(tmp_path) as (process, address):
        slow = Asking(f"{address}/slow?seconds=2")
        assert httpx.get(f"{address}/import", timeout=20).text == "ok"
        process.terminate()
        output, _ = process.communicate(timeout=20)
        slow.join(10)
        assert slow.size == 20_000
        assert (process.returncode, output.count("import stopped")) == (0, 1)
        assert is_free(tmp_path)


@pytest.mark.long
def test_without_anything_under_way_it_stops_at_once(tmp_path: Path) -> None:
    with running(tmp_path, STOP_SECONDS="600") as (process, _):
        began = time.monotonic()
        process.terminate()
        process.communicate(timeout=20)
        assert time.monotonic() - began < 10
        assert process.returncode == 0


def test_in_this_process_too() -> None:
    """What a server does when it is told to stop, without a process of its own."""
    go, stop, began = threading.Event(), Stop(), threading.Event()

    def application(environ: Any, start_response: Any) -> list[bytes]:
        began.set()
        go.wait(20)
        start_response("200 OK", [("Content-Length", "3"), ("Content-Type", "text/plain")])
        return [b"end"]

    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=2, map={})
    address = f"http://127.0.0.1:{server.effective_port}"
    ends, stopped = [], threading.Event()
    serving = threading.Thread(
        target=lambda: ends.append(run_until_stopped(server, stop, 20, stopped.set)), daemon=True
    )
    serving.start()
    with ThreadPoolExecutor(1) as pool:
        reply = pool.submit(httpx.get, address, timeout=20)
        assert began.wait(20)
        stop.ask()
        assert stopped.wait(20)
        assert refuses(address)
        assert serving.is_alive()
        go.set()
        assert reply.result(20).text == "end"
    serving.join(20)
    assert ends == [True]
