"""The application over a small database, asked by Flask's test client or served by waitress."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import waitress  # type: ignore[import-untyped]  # has no types of its own
from flask import Flask
from flask.testing import FlaskClient
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]  # has no types of its own
from werkzeug.test import TestResponse

from app import assemble
from dashboard.web.door.session import Clock
from dashboard.web.forms import FIELD
from dashboard.web.imports.receiving import web_server
from dashboard.web.imports.uploads import UPLOADS
from data_access.database import Database
from data_access.settings import Settings

_TOKEN = re.compile(rf'name="{FIELD}" value="([^"]+)"')
# Tests ask faster than people: what they may ask is limited where that is what they are about.
_FOLDER = TemporaryDirectory(prefix="backups-")
SETTINGS = Settings(
    secret_key="x" * 32,
    rate_per_minute=1_000_000,
    exports_per_minute=1_000_000,
    backup_dir=Path(_FOLDER.name),
)


def server_over(database: Database, now: Clock = time.time, settings: Settings = SETTINGS) -> Flask:
    """The whole application; `now` is the clock that sessions end by."""
    server: Flask = assemble(settings, database, now=now).server
    return server


@dataclass(frozen=True)
class Caller:
    """Asks as one account, by HTTP Basic; with `account` None as nobody, until it signs in by the form."""

    client: FlaskClient
    account: str | None = "pmo"
    password: str = "demo"

    def get(self, path: str, /, **headers: str) -> TestResponse:
        """Headers are given by their names with underscores: `Sec_Fetch_Mode="cors"`."""
        return self.send("GET", path, **headers)

    def post(self, path: str, form: dict[str, str] | None = None, /, **headers: str) -> TestResponse:
        return self.send("POST", path, form, **headers)

    def send(self, method: str, path: str, form: dict[str, str] | None = None, /, **headers: str) -> TestResponse:
        auth = None if self.account is None else (self.account, self.password)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        reply = self.client.open(path, method=method, auth=auth, data=form, headers=named)
        reply.get_data()  # reads it whole, so that a file behind it can be closed
        reply.close()
        return reply

    def sign_in(self, username: str, password: str = "demo", next: str = "", **headers: str) -> TestResponse:
        """Fill in the form and send it; what the server says to it."""
        return self.fill("/sign-in", {"username": username, "password": password, "next": next}, **headers)

    def fill(self, path: str, form: dict[str, str] | None = None, /, **headers: str) -> TestResponse:
        """Look at the form of this path, as its page shows it, and send it with what is filled in."""
        return self.post(path, {FIELD: self.token(path), **(form or {})}, **headers)

    def token(self, path: str = "/sign-out") -> str:
        """What the form on this page carries; who is in already is shown one at the way out."""
        for shown in (path, "/sign-out"):
            found = token_in(self.get(shown, Accept="text/html").text)
            if found:
                break
        return found

    def read(self, path: str) -> Any:
        """The content of a JSON reply that is no refusal."""
        reply = self.get(path)
        assert reply.status_code == 200, reply.text
        return reply.get_json()


def browser(server: Flask, account: str) -> Caller:
    """Signed in by the form."""
    caller = Caller(server.test_client(), None)
    assert caller.sign_in(account).status_code == 303
    return caller


def token_in(page: str) -> str:
    """What the first form of a page carries; empty where there is none."""
    found = _TOKEN.search(page)
    return found.group(1) if found else ""


def _close(sockets: dict[int, Any]) -> None:
    for one in list(sockets.values()):
        # A connection that has not been read to its end keeps a file for the rest, which its own way of closing closes.
        (one.handle_close if isinstance(one, HTTPChannel) else one.close)()


@contextmanager
def serving(server: Flask) -> Iterator[str]:
    """The server's address while it runs on a port that is free."""
    sockets: dict[int, Any] = {}
    # Others are served too, such as a provider of single sign-on.
    serve = web_server if UPLOADS in server.extensions else waitress.create_server
    listener = serve(server, map=sockets, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.effective_port}"
    # Its own thread closes what it waits on, the connections that browsers keep among them; then it has nothing to do.
    with suppress(OSError):  # a reply that ends just now pulls it too, and then all is closed already
        listener.trigger.pull_trigger(lambda: _close(sockets))
    thread.join(10)
    assert not thread.is_alive()
    listener.task_dispatcher.shutdown()
