"""The forms at the door: what they show, whom they let in, where they lead, and the way out."""

import html
import re

import pytest
from sqlalchemy import update

from data_access.accounts import sign_in as accounts
from data_access.accounts.demo import DEMO_ACCOUNTS
from data_access.database import Database
from data_access.tables.accounts import account
from tests.app.serving import Caller, server_over
from tests.app.small import LABEL
from tests.app.visiting import cookie, gone, led_to

WRONG = "This name and password do not belong together"


def field(page: str, name: str) -> str:
    """The tag of the form's field."""
    found = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', page)
    assert found is not None
    return html.unescape(found[0])


def test_the_form(visitor: Caller) -> None:
    reply = visitor.get("/sign-in")
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert "<title>Sign in · Jawabdeh · Pakistan Citizen Portal</title>" in reply.text
    assert "جواب دہ" in reply.text
    assert LABEL in reply.text
    assert 'method="post"' in reply.text
    assert 'autocomplete="username"' in field(reply.text, "username")
    assert "autofocus" in field(reply.text, "username")
    assert 'autocomplete="current-password"' in field(reply.text, "password")
    assert reply.text.count("<h1") == reply.text.count("<main") == 1
    assert not re.search(r"<script>|<style|style=|\bon\w+=", reply.text)


def test_everything_the_form_names_is_there_for_everybody(visitor: Caller) -> None:
    page = visitor.get("/sign-in").text
    named = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert any("theme" in name for name in named)
    assert [visitor.get(name).status_code for name in named] == [200] * len(named)


def test_demo_accounts_are_named_while_they_exist(own: Database) -> None:
    visitor = Caller(server_over(own).test_client(), None)
    page = visitor.get("/sign-in").text
    assert "<code>demo</code>" in page
    assert re.findall(r"<dt><code>(.+?)</code>", page) == [demo.username for demo in DEMO_ACCOUNTS]
    assert "Chief secretary, Sindh" in page
    assert "Chief secretary, Karachi South, Sindh" in page
    with own.writer() as connection:
        connection.execute(update(account).where(account.c.username != "pmo").values(disabled=True))
    assert re.findall(r"<dt><code>(.+?)</code>", visitor.get("/sign-in").text) == ["pmo"]
    with own.writer() as connection:
        connection.execute(update(account).values(demo=False, disabled=False))
    assert "<code>demo</code>" not in visitor.get("/sign-in").text


def test_a_right_password_opens_everything(visitor: Caller) -> None:
    assert led_to(visitor.sign_in("cs-sindh")) == ("/review", {})
    for path in ("/", "/live", "/api/v1/panels", "/_dash-layout", "/_dash-dependencies"):
        assert visitor.get(path).status_code == 200, path
    assert visitor.read("/api/v1/panels/totals")["rows"][0]["received"] == 10
    assert visitor.get("/api/v1/panels/totals?government=punjab").status_code == 403


@pytest.mark.parametrize(
    ("username", "password"), [("pmo", "wrong"), ("nobody", "demo"), ("pm\0o", "demo"), ("pmo", "demo ")]
)
def test_a_wrong_one_is_told_without_saying_what_is_wrong(visitor: Caller, username: str, password: str) -> None:
    reply = visitor.sign_in(username, password, next="/review?government=sindh")
    assert reply.status_code == 401
    assert "WWW-Authenticate" not in reply.headers
    assert "Set-Cookie" not in reply.headers
    assert WRONG in reply.text
    assert re.search(r'id="trouble" role="alert"', reply.text)
    for name in ("username", "password"):
        assert 'aria-describedby="trouble"' in field(reply.text, name)
    assert "value=" not in field(reply.text, "password")
    assert "autofocus" in field(reply.text, "password")
    assert 'value="/review?government=sindh"' in field(reply.text, "next")
    assert visitor.get("/live").status_code == 401


@pytest.mark.parametrize("name", ["وزیرِ اعظم", "o'\"><script>alert(1)</script>", "{{ 7 * 7 }}"])
def test_the_name_typed_is_kept_as_it_was_typed(visitor: Caller, name: str) -> None:
    reply = visitor.sign_in(name, "wrong")
    assert reply.status_code == 401
    assert "<script>alert" not in reply.text
    found = re.search(r'id="username"[^>]* value="([^"]*)"', reply.text)
    assert found is not None
    assert html.unescape(found[1]) == name


def test_a_name_with_a_space_behind_it_is_the_same_name(visitor: Caller) -> None:
    assert visitor.sign_in(" pmo ").status_code == 303


@pytest.mark.parametrize(("username", "password"), [("", ""), ("pmo", ""), ("", "demo"), ("  ", "demo")])
def test_empty_fields(visitor: Caller, username: str, password: str) -> None:
    reply = visitor.sign_in(username, password)
    assert reply.status_code == 400
    assert "Give both" in reply.text
    assert visitor.post("/sign-in").status_code == 400


@pytest.mark.parametrize(("username", "password"), [("p" * 1001, "demo"), ("pmo", "d" * 100_000)])
def test_what_is_too_long_is_not_even_hashed(
    visitor: Caller, monkeypatch: pytest.MonkeyPatch, username: str, password: str
) -> None:
    monkeypatch.setattr(accounts, "is_password", lambda *_: pytest.fail("hashed"))
    reply = visitor.sign_in(username, password)
    assert reply.status_code == 401
    assert WRONG in reply.text
    assert visitor.sign_in("pmo", "d" * 2_000_000).status_code in {401, 413}


def test_a_database_that_does_not_answer(visitor: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    gone(monkeypatch)
    for reply in (visitor.get("/sign-in"), visitor.sign_in("pmo")):
        assert reply.status_code == 503
        assert "The database does not answer" in reply.text
        assert "secret" not in reply.text
    assert 'value="pmo"' in field(reply.text, "username")


# Where one is led


@pytest.mark.parametrize("onwards", ["/review?government=sindh&q=a%20b", "/", "/?as_of=2019-09-30", "/کراچی?q=ل"])
def test_one_comes_to_where_one_wanted_to_go(visitor: Caller, onwards: str) -> None:
    asked = led_to(visitor.get(onwards))
    assert asked[0] == "/sign-in"
    reply = visitor.sign_in("pmo", next=asked[1].get("next", ""))
    assert reply.status_code == 303
    assert visitor.get(reply.headers["Location"]).status_code in {200, 404}
    path, query = led_to(reply)
    if onwards.isascii():
        assert reply.headers["Location"] == onwards
    else:
        assert (path, query) == ("/%DA%A9%D8%B1%D8%A7%DA%86%DB%8C", {"q": "ل"})


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "\t//evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/sign-in",
        "/sign-in?next=/sign-in",
        "/sign-out",
        "/sign-out/",
        "/%73ign-out",
        "//[",
        "",
    ],
)
def test_nobody_is_led_elsewhere(visitor: Caller, elsewhere: str) -> None:
    assert led_to(visitor.sign_in("pmo", next=elsewhere)) == ("/", {})
    reply = visitor.client.get("/sign-in", query_string={"next": elsewhere})
    assert led_to(reply) == ("/", {})


def test_who_is_signed_in_needs_no_form(insider: Caller) -> None:
    assert led_to(insider.get("/sign-in?next=/review")) == ("/review", {})
    assert led_to(insider.get("/sign-in?ended=1")) == ("/", {})


# Signing out


def test_signing_out(insider: Caller) -> None:
    kept = cookie(insider.client)
    assert led_to(insider.fill("/sign-out")) == ("/sign-in", {"out": "1"})
    assert insider.client.get_cookie("jawabdeh") is None
    assert "You are signed out." in insider.get("/sign-in?out=1").text
    assert led_to(insider.get("/")) == ("/sign-in", {})
    insider.client.set_cookie("jawabdeh", kept)  # as a reply that was on its way would
    assert insider.get("/live").status_code == 401


def test_a_link_signs_nobody_out(insider: Caller) -> None:
    reply = insider.get("/sign-out")
    assert reply.status_code == 200
    assert '<form method="post" action="/sign-out">' in reply.text
    assert insider.get("/live").status_code == 200


def test_nobody_signs_out(visitor: Caller) -> None:
    assert led_to(visitor.get("/sign-out")) == ("/sign-in", {})
    assert led_to(visitor.post("/sign-out")) == ("/sign-in", {})
