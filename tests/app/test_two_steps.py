"""Signing in with a second factor: two steps, the first of which opens nothing; and what the audit log says of it."""

import base64

import pyotp
import pytest
from sqlalchemy import select, update

from data_access.accounts.second_factor import SecondFactors
from data_access.accounts.sign_in import Doorkeeper
from data_access.database import Database
from data_access.tables.accounts import account, audit_entry
from tests.app.serving import SETTINGS, Caller, server_over
from tests.app.small import owned
from tests.app.visiting import MINUTE, Hands, cookie, gone, led_to

CODE = "/sign-in/code"


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def totp(own: Database, hands: Hands) -> pyotp.TOTP:
    """The telephone of `pmo`, whose second factor was turned on a while ago."""
    factors = SecondFactors(own, SETTINGS.secret_key, hands)
    secret = factors.offered()
    telephone = pyotp.TOTP(secret)
    owned(own, "pmo")
    assert factors.set_for("pmo", secret, telephone.at(hands.seconds))
    hands.seconds += 2 * MINUTE
    return telephone


@pytest.fixture
def visitor(own: Database, hands: Hands, totp: pyotp.TOTP) -> Caller:
    return Caller(server_over(own, hands).test_client(), None)


def log(database: Database) -> list[tuple[str, str | None, str | None, str]]:
    """What was noted of sign-ins."""
    columns = (audit_entry.c.action, audit_entry.c.account, audit_entry.c.subject, audit_entry.c.detail)
    statement = select(*columns).where(audit_entry.c.action.like("sign-%")).order_by(audit_entry.c.id)
    with database.snapshot() as connection:
        return [(row.action, row.account, row.subject, row.detail) for row in connection.execute(statement)]


def test_after_the_password_comes_the_code(visitor: Caller, hands: Hands, totp: pyotp.TOTP, own: Database) -> None:
    assert led_to(visitor.sign_in("pmo", next="/review?as_of=2019-09-30")) == (CODE, {})
    assert "The password of pmo is right" in visitor.get(CODE).text
    reply = visitor.fill(CODE, {"code": totp.at(hands.seconds)})
    assert led_to(reply) == ("/review", {"as_of": "2019-09-30"})
    assert visitor.get("/live").status_code == 200
    assert log(own) == [("sign-in", "pmo", None, '{"how": "code"}')]
    visitor.fill("/sign-out")
    assert log(own)[1:] == [("sign-out", "pmo", None, "{}")]


def test_an_address_that_no_cookie_holds_is_forgotten(visitor: Caller, hands: Hands, totp: pyotp.TOTP) -> None:
    assert led_to(visitor.sign_in("pmo", next=f"/?search={'x' * 5000}")) == (CODE, {})
    assert len(cookie(visitor.client)) < 1000
    assert led_to(visitor.fill(CODE, {"code": totp.at(hands.seconds)})) == ("/", {})


def test_half_way_in_nothing_is_open(visitor: Caller) -> None:
    visitor.sign_in("pmo")
    for path in ("/live", "/api/v1/panels", "/_dash-layout"):
        assert visitor.get(path).status_code == 401
    assert led_to(visitor.get("/")) == ("/sign-in", {})
    assert led_to(visitor.get("/account"))[0] == "/sign-in"
    assert led_to(visitor.post("/sign-out")) == ("/sign-in", {})


def test_a_wrong_code_can_be_mended(visitor: Caller, hands: Hands, totp: pyotp.TOTP, own: Database) -> None:
    visitor.sign_in("pmo")
    for code, status, said in (("", 400, "Give the code"), ("000000x", 401, "not right"), ("ش", 401, "not right")):
        reply = visitor.fill(CODE, {"code": code})
        assert reply.status_code == status
        assert said in reply.text
        assert 'aria-describedby="trouble"' in reply.text
    assert log(own) == [("sign-in-failed", None, "pmo", '{"how": "code", "why": "wrong code"}')] * 2
    assert visitor.fill(CODE, {"code": totp.at(hands.seconds)}).status_code == 303


def test_a_code_opens_one_session(visitor: Caller, hands: Hands, totp: pyotp.TOTP) -> None:
    shown = totp.at(hands.seconds)
    visitor.sign_in("pmo")
    assert visitor.fill(CODE, {"code": shown}).status_code == 303
    visitor.sign_in("viewer")
    visitor.sign_in("pmo")
    assert visitor.fill(CODE, {"code": shown}).status_code == 401
    hands.seconds += 30
    assert visitor.fill(CODE, {"code": totp.at(hands.seconds)}).status_code == 303


def test_the_form_of_the_code_carries_a_token(visitor: Caller, hands: Hands, totp: pyotp.TOTP) -> None:
    visitor.sign_in("pmo")
    reply = visitor.post(CODE, {"code": totp.at(hands.seconds)})
    assert reply.status_code == 400
    assert "earlier session" in reply.text
    assert visitor.get("/live").status_code == 401


def test_the_code_is_waited_for_five_minutes(visitor: Caller, hands: Hands, totp: pyotp.TOTP) -> None:
    visitor.sign_in("pmo")
    hands.seconds += 5 * MINUTE
    assert visitor.get(CODE).status_code == 200
    form = {"csrf_token": visitor.token(CODE), "code": totp.at(hands.seconds + 1)}
    hands.seconds += 1
    assert led_to(visitor.post(CODE, form)) == ("/sign-in", {"late": "1"})
    assert "The time for the code is over" in visitor.get("/sign-in?late=1").text


def test_nobody_comes_to_the_second_step_without_the_first(visitor: Caller, hands: Hands, totp: pyotp.TOTP) -> None:
    assert led_to(visitor.get(CODE)) == ("/sign-in", {})
    assert led_to(visitor.fill("/sign-in/code", {"code": totp.at(hands.seconds)})) == ("/sign-in", {})
    visitor.sign_in("pmo", "wrong")
    assert led_to(visitor.get(CODE)) == ("/sign-in", {})


@pytest.mark.parametrize("change", [{"disabled": True}, {"epoch": 9}, {"password_hash": None}], ids=str)
def test_what_changes_between_the_steps_counts(
    visitor: Caller, own: Database, hands: Hands, totp: pyotp.TOTP, change: dict[str, object]
) -> None:
    visitor.sign_in("pmo")
    form = {"csrf_token": visitor.token(CODE), "code": totp.at(hands.seconds)}
    with own.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(change))
    assert led_to(visitor.post(CODE, form)) == ("/sign-in", {"late": "1"})
    assert visitor.get("/live").status_code == 401


def test_the_first_step_ends_the_session_that_was_there(visitor: Caller) -> None:
    visitor.sign_in("viewer")
    kept = cookie(visitor.client)
    visitor.fill("/sign-in", {"username": "pmo", "password": "demo"})
    visitor.client.set_cookie("jawabdeh", kept)
    assert visitor.get("/live").status_code == 401


def test_a_secret_that_cannot_be_read_is_said(visitor: Caller, own: Database, hands: Hands, totp: pyotp.TOTP) -> None:
    with own.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(second_factor="of another key"))
    visitor.sign_in("pmo")
    reply = visitor.fill(CODE, {"code": totp.at(hands.seconds)})
    assert reply.status_code == 401
    assert "an administrator can reset the account" in reply.text


def test_programs_use_a_token_where_there_is_a_second_factor(visitor: Caller, own: Database) -> None:
    reply = Caller(visitor.client, "pmo").get("/api/v1/panels")
    assert reply.status_code == 401
    assert reply.get_json()["error"].startswith("This account has a second factor, so programs use an API token")
    wrong = Caller(visitor.client, "pmo", "wrong").get("/api/v1/panels")
    assert "API token" in wrong.get_json()["error"]
    assert log(own) == [
        ("sign-in-failed", None, "pmo", '{"how": "basic", "why": "second factor"}'),
        ("sign-in-failed", None, "pmo", '{"how": "basic", "why": "wrong"}'),
    ]


def test_turning_it_on_counts_at_the_next_request(own: Database, hands: Hands) -> None:
    server = server_over(own, hands)
    by_form, by_basic = Caller(server.test_client(), None), Caller(server.test_client())
    by_form.sign_in("pmo")
    assert by_basic.get("/live").status_code == 200
    factors = SecondFactors(own, SETTINGS.secret_key, hands)
    secret = factors.offered()
    owned(own, "pmo")
    factors.set_for("pmo", secret, pyotp.TOTP(secret).at(hands.seconds))
    assert by_form.get("/live").status_code == 401
    assert by_basic.get("/live").status_code == 401


# What is noted


def test_ways_in_are_noted(own: Database) -> None:
    server = server_over(own)
    visitor = Caller(server.test_client(), None)
    visitor.sign_in("viewer")
    for _ in range(3):
        Caller(server.test_client(), "cs-sindh").get("/live")  # its password is remembered, so it is noted once
    visitor.sign_in("n" * 600, "x")
    assert log(own) == [
        ("sign-in", "viewer", None, '{"how": "form"}'),
        ("sign-in", "cs-sindh", None, '{"how": "basic"}'),
        ("sign-in-failed", None, "n" * 100, '{"how": "form", "why": "wrong"}'),
    ]


def test_what_cannot_be_noted_does_not_happen(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Caller(server_over(own).test_client(), None)
    form = {"username": "viewer", "password": "demo", "csrf_token": visitor.token("/sign-in")}
    monkeypatch.setattr(Database, "clerk", Database.snapshot)
    gone(monkeypatch)
    monkeypatch.setattr(Database, "clerk", Database.snapshot)
    monkeypatch.setattr(Doorkeeper, "admit", lambda keeper, *_: keeper.vouched("viewer"))
    assert visitor.post("/sign-in", form).status_code == 503
    monkeypatch.undo()
    assert visitor.get("/live").status_code == 401


def test_basic_that_cannot_be_read_is_refused(own: Database) -> None:
    visitor = Caller(server_over(own).test_client(), None)
    nobody = base64.b64encode(b":").decode()
    for header in ("Basic", "Basic x", "Basic " + "=" * 40, f"Basic {nobody}"):
        assert visitor.get("/live", Authorization=header).status_code == 401
