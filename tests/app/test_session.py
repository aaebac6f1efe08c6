"""Sessions: their cookie, how they end, and that they follow the account."""

import time
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app import assemble
from data_access.accounts.passwords import hash_password
from data_access.database import Database
from data_access.tables.accounts import account, ended_session
from tests.app.posted import UPDATE, Poster
from tests.app.serving import SETTINGS, Caller, server_over, token_in
from tests.app.visiting import DAY, ENDED, HOUR, MINUTE, Hands, cookie, led_to


def told(reply: TestResponse) -> str:
    """What the reply tells the browser of its session."""
    return next(each for each in reply.headers.getlist("Set-Cookie") if "jawabdeh=" in each)


def test_the_cookie(visitor: Caller) -> None:
    set_cookie = told(visitor.sign_in("pmo"))
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Path=/" in set_cookie
    assert "Secure" not in set_cookie
    assert "Expires" not in set_cookie
    assert "Max-Age" not in set_cookie
    assert "demo" not in set_cookie


def test_the_cookie_of_https_is_for_https_alone(visitor: Caller) -> None:
    shown = visitor.client.get("/sign-in", base_url="https://localhost")
    form = {"username": "pmo", "password": "demo", "csrf_token": token_in(shown.text)}
    reply = visitor.client.post("/sign-in", data=form, base_url="https://localhost")
    assert "Secure" in told(shown)
    assert all("Secure" in each for each in reply.headers.getlist("Set-Cookie"))


def test_a_forged_cookie_opens_nothing(visitor: Caller) -> None:
    for value in ("", "x", "eyJfdXNlcl9pZCI6InBtbyJ9.aaaa.bbbb"):
        visitor.client.set_cookie("jawabdeh", value)
        visitor.client.set_cookie("remember_token", "pmo|0")
        assert visitor.get("/live").status_code == 401


def test_each_sign_in_begins_a_session_of_its_own(client: FlaskClient) -> None:
    one, kept = Caller(client, None), {}
    for name in ("pmo", "cs-sindh"):
        assert one.sign_in(name).status_code == 303
        kept[name] = cookie(client)
    assert kept["pmo"] != kept["cs-sindh"]
    assert one.read("/api/v1/panels/totals")["rows"][0]["received"] == 10
    client.set_cookie("jawabdeh", kept["pmo"])  # the earlier session ended with the later one
    assert one.get("/live").status_code == 401


def test_files_do_not_vary_by_session(insider: Caller, hands: Hands) -> None:
    hands.seconds += HOUR
    for path in ("/assets/style.css", "/_dash-component-suites/plotly/package_data/plotly.min.js"):
        reply = insider.get(path)
        assert reply.status_code == 200
        assert "Cookie" not in reply.headers.get("Vary", "")
        assert "Set-Cookie" not in reply.headers


def test_a_session_without_activity_ends(insider: Caller, hands: Hands) -> None:
    hands.seconds += 119 * MINUTE
    assert insider.get("/").status_code == 200
    hands.seconds += 119 * MINUTE
    assert insider.get("/api/v1/panels").status_code == 200
    hands.seconds += 121 * MINUTE
    reply = insider.get("/live")
    assert (reply.status_code, reply.json) == (401, {"error": ENDED})
    assert led_to(insider.get("/review?as_of=2019-09-30")) == (
        "/sign-in",
        {"ended": "1", "next": "/review?as_of=2019-09-30"},
    )
    assert led_to(insider.get("/")) == ("/sign-in", {})  # told once
    assert ENDED in insider.get("/sign-in?ended=1&next=/review").text


def test_asking_live_is_no_activity(insider: Caller, hands: Hands) -> None:
    for _ in range(12):
        assert insider.get("/live").status_code == 200
        hands.seconds += 10 * MINUTE
    assert insider.get("/live").status_code == 200
    for path in ("/healthz", "/assets/style.css"):
        assert "Set-Cookie" not in insider.get(path).headers
    hands.seconds += MINUTE
    assert insider.get("/live").status_code == 401
    assert led_to(insider.get("/")) == ("/sign-in", {"ended": "1"})


def test_what_is_fetched_ahead_is_no_activity(insider: Caller, hands: Hands) -> None:
    body = Poster(insider).body("page.data-version")
    for _ in range(12):
        assert insider.client.post(UPDATE, json=body, headers={"X-Ahead": "1"}).status_code == 200
        hands.seconds += 10 * MINUTE
    hands.seconds += MINUTE
    assert insider.client.post(UPDATE, json=body, headers={"X-Ahead": "1"}).status_code == 401


def test_no_session_lasts_longer_than_its_hours(insider: Caller, hands: Hands) -> None:
    for _ in range(12):
        hands.seconds += HOUR
        assert insider.get("/").status_code == 200
    hands.seconds += MINUTE
    assert insider.get("/api/v1/panels").status_code == 401


def test_the_settings_say_how_long(small: Database, hands: Hands) -> None:
    settings = replace(SETTINGS, idle_minutes=1, session_hours=1)
    visitor = Caller(assemble(settings, small, now=hands).server.test_client(), None)
    visitor.sign_in("pmo")
    for _ in range(HOUR // 50):
        hands.seconds += 50
        assert visitor.get("/_dash-layout").status_code == 200
    hands.seconds += 50
    assert visitor.get("/_dash-layout").status_code == 401
    visitor.sign_in("pmo")
    hands.seconds += 61
    assert visitor.get("/_dash-layout").json == {"error": ENDED}


def test_activity_is_noted_once_a_minute_at_most(insider: Caller, hands: Hands) -> None:
    replies = []
    for _ in range(12):
        hands.seconds += 10
        replies.append(insider.get("/"))
    assert ["Set-Cookie" in reply.headers for reply in replies].count(True) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"disabled": True},
        {"password_hash": hash_password("another")},
        {"password_hash": None},
        {"username": "gone"},
        {"epoch": 2},
        {"role": "minister"},  # of another version
        {"role": "chief_secretary"},  # and no government pinned
        {"pinned": "province=sindh"},
    ],
    ids=lambda change: "-".join(f"{name}-{str(value)[:16]}" for name, value in change.items()),
)
def test_what_changes_in_the_account_holds_at_the_next_request(own: Database, change: dict[str, object]) -> None:
    server = server_over(own)
    by_form, by_basic = Caller(server.test_client(), None), Caller(server.test_client())
    by_form.sign_in("pmo")
    assert (by_form.get("/live").status_code, by_basic.get("/live").status_code) == (200, 200)
    with own.writer() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(change))
    assert by_form.get("/live").json == {"error": ENDED}
    assert by_basic.get("/live").status_code == (200 if "epoch" in change else 401)  # it brings its password again
    assert led_to(by_form.get("/")) == ("/sign-in", {"ended": "1"})
    assert by_form.sign_in("pmo").status_code == (303 if "epoch" in change else 401)


def test_a_role_that_changes_holds_at_the_next_request(own: Database) -> None:
    visitor = Caller(server_over(own).test_client(), None)
    visitor.sign_in("cs-sindh")
    address = "/api/v1/panels/totals?government=punjab"
    assert visitor.get(address).status_code == 403
    with own.writer() as connection:
        values = {"role": "pmo", "pinned": ""}
        connection.execute(update(account).where(account.c.username == "cs-sindh").values(values))
    assert visitor.get(address).status_code == 200


def test_a_pin_that_changes_holds_at_the_next_request(own: Database) -> None:
    visitor = Caller(server_over(own).test_client(), None)
    visitor.sign_in("cs-sindh")
    assert visitor.get("/api/v1/panels/totals?government=sindh").status_code == 200
    with own.clerk() as connection:
        values = {"pinned": "government=punjab"}
        connection.execute(update(account).where(account.c.username == "cs-sindh").values(values))
    assert visitor.get("/api/v1/panels/totals?government=sindh").status_code == 403
    assert visitor.get("/api/v1/panels/totals?government=punjab").status_code == 200


def test_who_has_signed_out_is_out_after_a_restart_too(own: Database, hands: Hands) -> None:
    visitor = Caller(server_over(own, hands).test_client(), None)
    visitor.sign_in("pmo")
    kept = cookie(visitor.client)
    visitor.fill("/sign-out")
    after = Caller(server_over(own, hands).test_client(), None)
    after.client.set_cookie("jawabdeh", kept)
    assert after.get("/live").json == {"error": ENDED}


def test_a_session_that_ran_out_is_not_written_down(own: Database, hands: Hands) -> None:
    visitor = Caller(server_over(own, hands).test_client(), None)
    visitor.sign_in("pmo")
    hands.seconds += 3 * HOUR
    assert led_to(visitor.get("/")) == ("/sign-in", {"ended": "1"})
    with own.snapshot() as connection:
        assert connection.execute(select(ended_session)).all() == []


# Wall screens


def test_a_wall_screen_stays_signed_in_for_weeks(visitor: Caller, hands: Hands) -> None:
    hands.seconds = max(hands.seconds, time.time())  # the client throws away what has expired
    visitor.sign_in("display")
    kept = visitor.client.get_cookie("jawabdeh")
    assert kept is not None
    assert kept.expires is not None
    assert kept.expires.timestamp() == pytest.approx(hands.seconds + 30 * DAY, abs=1)  # its browser may start anew
    for _ in range(30):
        reply = visitor.get("/live")
        assert reply.status_code == 200
        assert "Set-Cookie" not in reply.headers
        hands.seconds += DAY - 1
    hands.seconds += MINUTE
    assert visitor.get("/live").json == {"error": ENDED}


def test_the_settings_say_how_long_a_wall_screen_stays(small: Database, hands: Hands) -> None:
    settings = replace(SETTINGS, display_days=90)
    visitor = Caller(assemble(settings, small, now=hands).server.test_client(), None)
    visitor.sign_in("display")
    hands.seconds += 90 * DAY
    assert visitor.get("/live").status_code == 200
    hands.seconds += 1
    assert visitor.get("/live").status_code == 401


def test_the_limits_are_those_of_the_role_that_an_account_has_now(own: Database, hands: Hands) -> None:
    visitor = Caller(server_over(own, hands).test_client(), None)
    visitor.sign_in("display")
    hands.seconds += DAY
    assert visitor.get("/live").status_code == 200
    with own.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "display").values(role="viewer"))
    assert visitor.get("/live").json == {"error": ENDED}


def test_a_restart_signs_nobody_out(small: Database, hands: Hands, insider: Caller) -> None:
    after = Caller(server_over(small, hands).test_client(), None)
    after.client.set_cookie("jawabdeh", cookie(insider.client))
    assert after.get("/live").status_code == 200
