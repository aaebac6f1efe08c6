"""The application over a small database, asked by Flask's test client or served by waitress."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import waitress  # type: ignore[import-untyped]  # has no types of its own
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import assemble
from data_access.database import Database
from data_access.settings import Settings

SETTINGS = Settings(secret_key="x" * 32)


def server_over(database: Database) -> Flask:
    """The whole application."""
    server: Flask = assemble(SETTINGS, database).server
    return server


@dataclass(frozen=True)
class Caller:
    """Asks as one account."""

    client: FlaskClient
    account: str | None = "pmo"
    password: str = "demo"

    def get(self, path: str) -> TestResponse:
        auth = None if self.account is None else (self.account, self.password)
        reply = self.client.get(path, auth=auth)
        reply.get_data()  # reads it whole, so that a file behind it can be closed
        reply.close()
        return reply

    def read(self, path: str) -> Any:
        """The content of a JSON reply that is no refusal."""
        reply = self.get(path)
        assert reply.status_code == 200, reply.text
        return reply.get_json()


@contextmanager
def serving(server: Flask) -> Iterator[str]:
    """The server's address while it runs on a port that is free."""
    listener = waitress.create_server(server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.effective_port}"
    for channel in list(listener.active_channels.values()):
        channel.will_close = True  # browsers keep their connections open for as long as they can
    listener.pull_trigger()
    listener.task_dispatcher.shutdown()
    listener.close()
    thread.join(5)
