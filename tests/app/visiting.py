"""Visitors with a clock that tests move: nobody yet, and one who signed in by the form."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from data_access.database import Database
from tests.app.serving import Caller, server_over

ENDED = "Your session has ended; sign in again."
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass
class Hands:
    """A clock that tests move."""

    seconds: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(scope="module")
def hands() -> Hands:
    return Hands()


@pytest.fixture(scope="module")
def server(small: Database, hands: Hands) -> Flask:
    """The application over data that nobody changes."""
    return server_over(small, hands)


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    """A browser that has never been here."""
    return server.test_client()


@pytest.fixture
def visitor(client: FlaskClient) -> Caller:
    """Nobody yet."""
    return Caller(client, None)


@pytest.fixture
def insider(visitor: Caller) -> Caller:
    """Signed in by the form."""
    assert visitor.sign_in("pmo").status_code == 303
    return visitor


def led_to(reply: TestResponse) -> tuple[str, dict[str, str]]:
    """Where a reply leads: path and query."""
    assert reply.status_code in {302, 303}, reply.text
    parts = urlsplit(reply.headers["Location"])
    assert not parts.netloc
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def cookie(client: FlaskClient) -> str:
    """The session, as the browser keeps it."""
    found = client.get_cookie("jawabdeh")
    assert found is not None
    return found.value


def gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is out of reach from here on."""

    def snapshot(self: Database) -> None:
        raise OperationalError("SELECT secret", {"name": "secret"}, Exception("secret"))

    monkeypatch.setattr(Database, "snapshot", snapshot)
