"""A program that sends events, with a token that an administrator let."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from data_access.accounts.scopes import scope_from
from data_access.accounts.tokens import Tokens, Wish, id_in
from data_access.database import Database
from tests.app.serving import server_over
from tests.app.small import NEWEST, event, filed

API = "/api/v1/events"


def token_for(database: Database, username: str = "pmo", role: str = "pmo", *, may: bool = True) -> str:
    """A token of that account, which may send events."""
    scope, tokens = scope_from(username, role, ""), Tokens(database)
    assert scope is not None
    text = tokens.make(scope, Wish("the portal", 7))
    if may:
        tokens.let_send(username, id_in(text) or "", "admin", may=True)
    return text


def one(number: int = 900) -> dict[str, Any]:
    """A complaint more in Sindh, as a program sends it."""
    complaint, first = filed(number, NEWEST, "sindh-office")
    return {"invented": True, "complaints": [complaint], "events": [first]}


def closed(number: int) -> dict[str, str]:
    """The event that closes it."""
    return event(number, NEWEST, "closed", outcome="relief")


@dataclass(frozen=True)
class Sender:
    """Sends with this token."""

    server: Flask
    token: str

    def send(self, body: object = None, /, **headers: str) -> TestResponse:
        """What the server says to this body; bytes are sent as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        key = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self.server.test_client().post(API, data=content, headers={**key, **named})

    def sent(self, body: object, **headers: str) -> dict[str, Any]:
        """The report on this body, which is taken."""
        reply = self.send(body, **headers)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.get_json()
        assert found["read"] == sum(found[name] for name in ("accepted", "rejected", "waiting", "unchanged"))
        assert len(found["rejects"]) == found["rejected"]
        return found


@pytest.fixture
def sender(own: Database) -> Sender:
    return Sender(server_over(own), token_for(own))
