"""Forms are taken only with the token of their own session, and pages that hold one are not compressed."""

import pytest

from dashboard.web.forms import STALE
from data_access.database import Database
from tests.app.serving import Caller, server_over, token_in
from tests.app.visiting import BROWSER

SIGN_IN = {"username": "pmo", "password": "demo"}


@pytest.mark.parametrize("token", ["", "x", "IjAi.aaaa.bbbb"])
def test_a_form_without_its_token_does_nothing(insider: Caller, visitor: Caller, token: str) -> None:
    reply = insider.post("/sign-out", {"csrf_token": token}, Accept=BROWSER)
    assert reply.status_code == 400
    assert STALE in reply.text
    assert insider.get("/live").status_code == 200


def test_a_token_of_another_session_is_none(small: Database) -> None:
    server = server_over(small)
    one, other = (Caller(server.test_client(), None) for _ in range(2))
    for visitor in (one, other):
        visitor.sign_in("pmo")
    assert one.post("/sign-out", {"csrf_token": other.token()}).status_code == 400
    assert one.post("/sign-out", {"csrf_token": one.token()}).status_code == 303


def test_nobody_is_signed_in_by_a_form_of_strangers(visitor: Caller) -> None:
    visitor.get("/sign-in")
    reply = visitor.post("/sign-in", SIGN_IN)
    assert reply.status_code == 400
    assert STALE in reply.text
    assert 'value="pmo"' in reply.text  # what was typed stays
    assert visitor.get("/live").status_code == 401
    fresh = token_in(reply.text)
    assert visitor.post("/sign-in", {**SIGN_IN, "csrf_token": fresh}).status_code == 303


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_page_with_a_token_is_not_compressed(visitor: Caller, path: str) -> None:
    if path == "/sign-out":
        visitor.sign_in("pmo")
    reply = visitor.get(path, Accept_Encoding="br, gzip")
    assert token_in(reply.text)
    assert "Content-Encoding" not in reply.headers


def test_a_program_with_its_key_needs_no_token(small: Database) -> None:
    pmo = Caller(server_over(small).test_client())
    body = {"output": "x.children", "outputs": {"id": "x", "property": "children"}, "inputs": []}
    reply = pmo.client.post("/_dash-update-component", json=body, auth=("pmo", "demo"))
    assert STALE not in reply.text
