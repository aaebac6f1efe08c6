"""/account: who one is, and what one can change about it oneself."""

import html
import re

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update

from data_access.accounts.register import Register
from data_access.database import Database
from data_access.tables.accounts import account, audit_entry
from tests.app.serving import Caller, server_over
from tests.app.visiting import MINUTE, Hands, led_to

OLD, NEW = "four unlikely words together", "another handful of quiet letters"
FACTOR = "/account/second-factor"
ACCOUNT = "/account"


@pytest.fixture
def hands() -> Hands:
    return Hands(900 * 2_000_000.0)


@pytest.fixture
def server(own: Database, hands: Hands) -> Flask:
    """With an account of Sindh's chief secretary that is no demo account."""
    Register(own, "admin").add("nadia", OLD, "chief_secretary", {"government": "sindh"})
    return server_over(own, hands)


def signed_in(server: Flask, username: str = "nadia", password: str = OLD) -> Caller:
    caller = Caller(server.test_client(), None)
    assert caller.sign_in(username, password).status_code == 303
    return caller


@pytest.fixture
def nadia(server: Flask) -> Caller:
    return signed_in(server)


def do(caller: Caller, what: str, **form: str) -> tuple[int, str]:
    """Press a button of the page: the status, and what the page then says."""
    reply = caller.fill(ACCOUNT, {"do": what, **form})
    if reply.status_code != 303:
        return reply.status_code, said(reply.text)
    return 303, said(caller.get(reply.headers["Location"]).text)


def said(page: str) -> str:
    found = re.search(r'<p class="jd-said[^>]*>([^<]*)</p>', page)
    return html.unescape(found[1]) if found else ""


def noted(database: Database) -> list[tuple[str, str | None, str | None]]:
    columns = (audit_entry.c.action, audit_entry.c.account, audit_entry.c.subject)
    with database.snapshot() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit_entry.c.id))]


def test_who_one_is(nadia: Caller) -> None:
    page = nadia.get(ACCOUNT)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    for words in ("nadia", "Chief secretary", "Sindh", "Turn a second factor on", "Make a token"):
        assert words in page.text
    assert not re.search(r"<script>|\bon\w+=", page.text)


def test_the_page_is_not_for_nobody_and_not_for_a_wall(server: Flask) -> None:
    assert led_to(Caller(server.test_client(), None).get(ACCOUNT)) == ("/sign-in", {"next": ACCOUNT})
    wall = signed_in(server, "display", "demo")
    for path in (ACCOUNT, FACTOR):
        assert wall.get(path).status_code == 403
        assert wall.post(path, {"csrf_token": wall.token()}).status_code == 403


@pytest.mark.parametrize("path", [ACCOUNT, FACTOR])
def test_forms_of_strangers_change_nothing(nadia: Caller, path: str) -> None:
    assert nadia.post(path, {"do": "sign-out"}).status_code == 400
    assert nadia.get("/live").status_code == 200


@pytest.mark.parametrize("what", ["", "fly", "add"])
def test_what_the_page_does_not_do(nadia: Caller, what: str) -> None:
    assert do(nadia, what) == (400, "The form does not say what to do; use its buttons.")


# The password


def test_the_password_is_changed_and_this_session_goes_on(server: Flask, nadia: Caller, own: Database) -> None:
    elsewhere = signed_in(server)
    status, sentence = do(nadia, "password", old=OLD, password=NEW, again=NEW)
    assert (status, sentence) == (303, "Your password is changed, and you are signed out everywhere else.")
    assert nadia.get("/live").status_code == 200
    assert elsewhere.get("/live").status_code == 401
    assert Caller(server.test_client(), None).sign_in("nadia", OLD).status_code == 401
    signed_in(server, password=NEW)
    assert ("password-changed", "nadia", "nadia") in noted(own)
    assert OLD not in str(noted(own))


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", NEW, NEW, "This is not your password"),
        ("", NEW, NEW, "This is not your password"),
        (OLD, NEW, "other", "The two new passwords differ"),
        (OLD, "short", "short", "shorter than 12 characters"),
        (OLD, "passwordpassword", "passwordpassword", "easily guessed"),
        (OLD, OLD, OLD, "the password that you have"),
    ],
)
def test_a_password_that_is_not_changed(nadia: Caller, old: str, new: str, again: str, sentence: str) -> None:
    status, told = do(nadia, "password", old=old, password=new, again=again)
    assert status == 400
    assert sentence in told
    assert nadia.get("/live").status_code == 200


def test_who_finds_an_open_browser_does_not_guess_long(nadia: Caller, own: Database, hands: Hands) -> None:
    for _ in range(5):
        assert do(nadia, "password", old="wrong", password=NEW, again=NEW)[0] == 400
    status, told = do(nadia, "password", old=OLD, password=NEW, again=NEW)
    assert (status, told) == (429, "There were too many attempts that failed; wait 15 minutes, then try again.")
    assert noted(own).count(("sign-in-failed", "nadia", "nadia")) == 5
    hands.seconds += 15 * MINUTE
    assert do(nadia, "password", old=OLD, password=NEW, again=NEW)[0] == 303


def test_nor_does_who_knows_the_password_guess_codes(nadia: Caller, own: Database, hands: Hands) -> None:
    telephone = turn_on(nadia, hands)
    for _ in range(5):
        assert do(nadia, "second-factor-off", old=OLD, code="x")[0] == 400
    assert do(nadia, "second-factor-off", old=OLD, code=telephone.at(hands.seconds))[0] == 429
    assert noted(own).count(("sign-in-failed", "nadia", "nadia")) == 5


# The second factor


def offer(caller: Caller) -> tuple[str, str]:
    """The secret that the page shows, and the same sealed."""
    page = caller.get(FACTOR).text
    secret = re.search(r'<code class="jd-secret">([A-Z2-7 ]+)</code>', page)
    sealed = re.search(r'name="secret" value="([^"]+)"', page)
    assert secret is not None
    assert sealed is not None
    assert "<svg" in page
    return secret[1].replace(" ", ""), sealed[1]


def turn_on(caller: Caller, hands: Hands) -> pyotp.TOTP:
    secret, sealed = offer(caller)
    telephone = pyotp.TOTP(secret)
    reply = caller.fill(FACTOR, {"secret": sealed, "old": OLD, "code": telephone.at(hands.seconds)})
    assert led_to(reply) == (ACCOUNT, {"done": "second-factor-on"})
    hands.seconds += MINUTE
    return telephone


def test_a_second_factor_is_turned_on_and_off(server: Flask, nadia: Caller, hands: Hands, own: Database) -> None:
    elsewhere = signed_in(server)
    telephone = turn_on(nadia, hands)
    assert nadia.get("/live").status_code == 200
    assert elsewhere.get("/live").status_code == 401
    assert led_to(Caller(server.test_client(), None).sign_in("nadia", OLD)) == ("/sign-in/code", {})
    assert led_to(nadia.get(FACTOR)) == (ACCOUNT, {})
    assert led_to(nadia.fill(FACTOR, {"old": OLD})) == (ACCOUNT, {})
    off = {"old": OLD, "code": telephone.at(hands.seconds)}
    assert do(nadia, "second-factor-off", **{**off, "old": "wrong"})[0] == 400
    assert do(nadia, "second-factor-off", **{**off, "code": "x"})[0] == 400
    assert do(nadia, "second-factor-off", **off) == (303, "The second factor is off.")
    signed_in(server)
    actions = [action for action, *_ in noted(own)]
    assert "second-factor-set" in actions
    assert "second-factor-removed" in actions


def test_it_counts_only_once_a_code_was_given(server: Flask, nadia: Caller, hands: Hands) -> None:
    secret, sealed = offer(nadia)
    code = pyotp.TOTP(secret).at(hands.seconds)
    for form, sentence in (
        ({"secret": sealed, "old": OLD, "code": "000000x"}, "not one of this secret"),
        ({"secret": sealed, "old": "wrong", "code": code}, "This is not your password"),
        ({"secret": "nonsense", "old": OLD, "code": code}, "That took too long"),
        ({"secret": "ش", "old": OLD, "code": code}, "That took too long"),
    ):
        reply = nadia.fill(FACTOR, form)
        assert reply.status_code == 400
        assert sentence in said(reply.text)
        kept = reply.text.replace(" ", "")
        assert (secret in kept) is (form["secret"] == sealed)  # what the telephone has holds on
    signed_in(server)
    hands.seconds += 16 * MINUTE
    late = {"secret": sealed, "old": OLD, "code": pyotp.TOTP(secret).at(hands.seconds)}
    assert "That took too long" in nadia.fill(FACTOR, late).text


def test_a_secret_offered_to_one_is_not_anothers(server: Flask, nadia: Caller, own: Database, hands: Hands) -> None:
    Register(own, "admin").add("other", OLD, "viewer")
    secret, sealed = offer(signed_in(server, "other"))
    reply = nadia.fill(FACTOR, {"secret": sealed, "old": OLD, "code": pyotp.TOTP(secret).at(hands.seconds)})
    assert reply.status_code == 400
    assert "That took too long" in reply.text


# Accounts whose password is not theirs


def test_a_demo_account_stays_what_everybody_knows(server: Flask, own: Database) -> None:
    demo = signed_in(server, "pmo", "demo")
    page = demo.get(ACCOUNT).text
    assert "everybody knows its password" in page
    assert "Change the password" not in page
    for what in ("password", "second-factor-off"):
        status, told = do(demo, what, old="demo", password=NEW, again=NEW, code="1")
        assert status == 400
        assert "everybody knows its password" in told
    assert led_to(demo.get(FACTOR)) == (ACCOUNT, {})
    assert led_to(demo.fill(FACTOR, {"old": "demo"})) == (ACCOUNT, {})
    assert not any(action in {"password-changed", "second-factor-set"} for action, *_ in noted(own))


def test_single_sign_on_has_no_password_here(server: Flask, nadia: Caller, own: Database) -> None:
    with own.clerk() as connection:
        values = {"issuer": "https://id.example", "subject": "1"}
        connection.execute(update(account).where(account.c.username == "nadia").values(values))
    page = nadia.get(ACCOUNT).text
    assert "You sign in by single sign-on" in page
    assert 'name="old"' not in page
    assert do(nadia, "password", old=OLD, password=NEW, again=NEW)[0] == 400
    assert led_to(nadia.get(FACTOR)) == (ACCOUNT, {})
    assert "Make a token" in page
    assert make(nadia)[0] == 200


# Tokens


def make(caller: Caller, **form: str) -> tuple[int, str]:
    reply = caller.fill(ACCOUNT, {"do": "token", "label": "report", "days": "30", "old": OLD, **form})
    shown = re.search(r'<code class="jd-secret">(jd_[^<]+)</code>', reply.text)
    return reply.status_code, shown[1] if shown else said(reply.text)


def ask(server: Flask, text: str, path: str) -> int:
    return Caller(server.test_client(), None).get(path, Authorization=f"Bearer {text}").status_code


def test_a_token_is_made_used_and_revoked(server: Flask, nadia: Caller) -> None:
    status, text = make(nadia, district="karachi-south")
    assert status == 200
    page = nadia.get(ACCOUNT).text
    assert text not in page
    for words in ("report", "Karachi South", "take figures along", "Revoke report"):
        assert words in page
    assert ask(server, text, "/api/v1/panels/totals") == 200
    assert ask(server, text, "/api/v1/panels/totals?government=punjab") == 403
    number = text.split("_")[1]
    assert do(nadia, "revoke", id=number) == (303, "The token is revoked; it opens nothing any more.")
    assert ask(server, text, "/api/v1/panels/totals") == 401
    assert do(nadia, "revoke", id=number)[0] == 400


def test_only_what_lies_inside_is_offered(server: Flask, nadia: Caller) -> None:
    page = nadia.get(ACCOUNT).text
    assert 'value="karachi-south"' in page
    assert 'value="lahore"' not in page
    assert 'name="government"' not in page
    assert 'value="officer-names"' in page
    assert 'value="administer"' not in signed_in(server, "admin", "demo").get(ACCOUNT).text
    viewer = signed_in(server, "viewer", "demo").get(ACCOUNT).text
    assert 'value="complaints"' not in viewer
    assert 'value="punjab"' in viewer


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"old": "wrong"}, "This is not your password"),
        ({"label": ""}, "Say what the token is for"),
        ({"days": "31"}, "choose one of them"),
        ({"days": "x"}, "choose one of them"),
        ({"ability": "briefings"}, "no more than your account"),
        ({"government": "punjab"}, "may not ask for the government Punjab"),
        ({"district": "lahore"}, "may not ask for the district Lahore"),
        ({"office": "nowhere"}, "There is no office"),
    ],
    ids=str,
)
def test_a_token_that_is_not_made_says_why_and_keeps_what_was_typed(
    nadia: Caller, form: dict[str, str], sentence: str
) -> None:
    status, told = make(nadia, **{"label": "nightly", **form})
    assert status == 400
    assert sentence in told
    reply = nadia.fill(ACCOUNT, {"do": "token", "label": "nightly", "days": "7", "department": "none", "old": OLD})
    assert 'value="nightly"' in reply.text
    assert '<option value="7" selected>' in reply.text
    assert 'value="none"' in reply.text


def test_a_token_of_somebody_else_is_not_revoked(server: Flask, nadia: Caller) -> None:
    _, text = make(signed_in(server, "pmo", "demo"), old="demo")
    assert do(nadia, "revoke", id=text.split("_")[1])[0] == 400
    assert ask(server, text, "/live") == 200


# Everywhere


def test_one_signs_out_everywhere(server: Flask, nadia: Caller, own: Database) -> None:
    elsewhere, program = signed_in(server), Caller(server.test_client(), "nadia", OLD)
    _, text = make(nadia)
    assert program.get("/live").status_code == 200
    assert do(nadia, "sign-out") == (303, "")
    assert "You are signed out everywhere." in nadia.get("/sign-in?everywhere=1").text
    assert nadia.get("/live").status_code == 401
    assert elsewhere.get("/live").status_code == 401
    assert ask(server, text, "/live") == 200
    assert ("sessions-ended", "nadia", "nadia") in noted(own)
    signed_in(server)
