"""API tokens over HTTP: they open the API and /live, no page, no form; and nobody fills the log by guessing them."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from data_access.accounts.scopes import scope_from
from data_access.accounts.tokens import Tokens, Wish, id_in
from data_access.database import Database
from data_access.tables.accounts import account, audit_entry
from tests.app.serving import Caller, server_over
from tests.app.visiting import BROWSER, DAY, MINUTE, Hands

TOTALS = "/api/v1/panels/totals"


@pytest.fixture
def hands() -> Hands:
    return Hands(900 * 2_000_000.0)


@pytest.fixture
def server(own: Database, hands: Hands) -> Flask:
    return server_over(own, hands)


@pytest.fixture
def text(own: Database, hands: Hands) -> str:
    """A token of `pmo` that is pinned to Sindh."""
    scope = scope_from("pmo", "pmo", "")
    assert scope is not None
    return Tokens(own, hands).make(scope, Wish("report", 7, pins={"government": "sindh"}))


def ask(server: Flask, text: str, path: str, method: str = "GET", **headers: str) -> TestResponse:
    return Caller(server.test_client(), None).send(method, path, **{"Authorization": f"Bearer {text}", **headers})


def noted(database: Database, action: str) -> list[tuple[str | None, str | None, str]]:
    columns = (audit_entry.c.account, audit_entry.c.subject, audit_entry.c.detail)
    statement = select(*columns).where(audit_entry.c.action == action).order_by(audit_entry.c.id)
    with database.snapshot() as connection:
        return [(row.account, row.subject, row.detail) for row in connection.execute(statement)]


def test_a_token_opens_the_api_in_its_scope(server: Flask, text: str) -> None:
    assert ask(server, text, "/api/v1/panels").status_code == 200
    assert ask(server, text, TOTALS).get_json()["rows"][0]["received"] == 10
    assert ask(server, text, f"{TOTALS}.csv").status_code == 200
    assert ask(server, text, f"{TOTALS}?government=punjab").status_code == 403
    assert ask(server, text, "/live").get_json()["account"] == "pmo"
    assert ask(server, text, "/live", Authorization=f"bearer  {text} ").status_code == 200


@pytest.mark.parametrize("path", ["/", "/account", "/admin", "/sign-out", "/_dash-layout", "/apiary", "/live/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_opens_no_page_and_no_form(server: Flask, text: str, path: str, method: str) -> None:
    reply = ask(server, text, path, method, Accept=BROWSER)
    assert reply.status_code == 401
    assert reply.get_json()["error"] == "API tokens open the API and /live, and no page."
    assert reply.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_beside_a_session_is_what_counts(server: Flask, text: str) -> None:
    insider = Caller(server.test_client(), None)
    insider.sign_in("pmo")
    assert insider.get("/", Authorization=f"Bearer {text}").status_code == 401
    reply = insider.get(f"{TOTALS}?government=punjab", Authorization=f"Bearer {text}")
    assert reply.status_code == 403


def test_a_token_leaves_no_session(server: Flask, text: str) -> None:
    assert "Set-Cookie" not in ask(server, text, TOTALS).headers


def test_a_token_ends_over_http(server: Flask, text: str, hands: Hands) -> None:
    hands.seconds += 7 * DAY
    reply = ask(server, text, TOTALS)
    assert reply.status_code == 401
    assert reply.get_json()["error"].startswith("This API token opens nothing")


@pytest.mark.parametrize(
    "change", [{"disabled": True}, {"role": "display"}, {"pinned": "government=punjab", "role": "viewer"}], ids=str
)
def test_what_changes_in_the_account_counts_at_the_next_request(
    server: Flask, text: str, own: Database, change: dict[str, object]
) -> None:
    assert ask(server, text, "/live").status_code == 200
    with own.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(change))
    assert ask(server, text, "/live").status_code == 401


def test_the_first_use_in_a_while_is_noted(server: Flask, text: str, own: Database, hands: Hands) -> None:
    number = id_in(text)
    for _ in range(3):
        ask(server, text, "/live")
    assert noted(own, "sign-in") == [("pmo", None, f'{{"how": "token", "token": "{number}"}}')]
    hands.seconds += 5 * MINUTE
    ask(server, text, "/live")
    assert len(noted(own, "sign-in")) == 2


def test_who_guesses_waits_and_does_not_fill_the_log(server: Flask, text: str, own: Database) -> None:
    wrong = text[:-2] + ("AA" if text[-2:] != "AA" else "BB")
    statuses = [ask(server, wrong, "/live").status_code for _ in range(70)]
    assert statuses == [401] * 60 + [429] * 10
    reply = ask(server, "nonsense", "/live")
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "900")
    assert len(noted(own, "sign-in-failed")) == 60
    assert noted(own, "sign-in-failed")[0] == (None, id_in(text), '{"how": "token", "why": "wrong"}')
    assert noted(own, "sign-in-throttled") == [(None, id_in(text), '{"by": "token", "how": "token"}')]
    assert ask(server, text, "/live").status_code == 200  # a right one is never refused for the wrong ones


def test_the_api_is_for_those_who_take_figures_along(server: Flask, own: Database) -> None:
    wall = Caller(server.test_client(), None)
    wall.sign_in("display")
    for path in ("/api", "/api/v1/panels", TOTALS, f"{TOTALS}.csv", "/api/nothing"):
        assert wall.get(path).status_code == 403
        assert Caller(server.test_client(), "display").get(path).status_code == 403
    assert wall.get("/live").status_code == 200
