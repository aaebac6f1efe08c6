"""Guessing: counted by account, by known browser and by address; strangers never shut an owner out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboard.web.door.throttle import (
    ACCOUNT,
    ADDRESS,
    ANYWHERE,
    MOST,
    WINDOW_SECONDS,
    MemoryCounts,
    Tally,
    Throttle,
    Throttled,
)
from data_access.accounts import sign_in
from data_access.accounts.second_factor import SecondFactors
from data_access.database import Database
from data_access.tables.accounts import audit_entry
from tests.app.serving import SETTINGS, Caller, server_over, token_in
from tests.app.small import owned
from tests.app.visiting import DAY, HOUR, MINUTE, Hands

STRANGER, OTHER, OWNER = "203.0.113.7", "203.0.113.8", "198.51.100.2"
CODE = "/sign-in/code"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests try hundreds of passwords, and are not about argon2."""
    monkeypatch.setattr(sign_in, "is_password", lambda password, _: password == "demo")


@pytest.fixture
def hands() -> Hands:
    """At the start of a window."""
    return Hands(WINDOW_SECONDS * 2_000_000.0)


@dataclass(frozen=True)
class World:
    """The server, and browsers at addresses."""

    database: Database
    server: Flask

    def browser(self, address: str) -> Caller:
        client = self.server.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Caller(client, None)

    def noted(self, action: str) -> list[tuple[str | None, str]]:
        statement = select(audit_entry.c.subject, audit_entry.c.detail).where(audit_entry.c.action == action)
        with self.database.snapshot() as connection:
            return [(row.subject, row.detail) for row in connection.execute(statement.order_by(audit_entry.c.id))]


@pytest.fixture
def world(own: Database, hands: Hands) -> World:
    return World(own, server_over(own, hands))


def hammer(browser: Caller, username: str, times: int) -> list[int]:
    """Wrong passwords, one after the other; what each came to."""
    return [browser.sign_in(username, f"wrong {n}").status_code for n in range(times)]


def test_an_account_is_guessed_at_ten_times_in_a_window(world: World, hands: Hands) -> None:
    stranger = world.browser(STRANGER)
    assert hammer(stranger, "pmo", 12) == [401] * 10 + [429] * 2
    hands.seconds += 3 * MINUTE
    reply = stranger.sign_in("pmo", next="/review")  # not even the right one is tried
    assert reply.status_code == 429
    assert reply.headers["Retry-After"] == str(12 * MINUTE)
    assert "wait 12 minutes, then try again" in reply.text
    assert 'value="pmo"' in reply.text
    assert 'value="/review"' in reply.text
    hands.seconds += 11 * MINUTE + 1
    assert "wait one minute, then" in stranger.sign_in("pmo").text
    hands.seconds += MINUTE
    assert stranger.sign_in("pmo").status_code == 303


def test_a_stranger_shuts_nobody_out_who_comes_from_elsewhere(world: World, hands: Hands) -> None:
    hammer(world.browser(STRANGER), "pmo", 20)
    assert world.browser(OWNER).sign_in("pmo").status_code == 303  # in a browser that was never here
    hands.seconds += HOUR
    for n in range(20):
        basic(world, STRANGER, "viewer", f"wrong {n}")
    assert basic(world, OWNER, "viewer").status_code == 200
    assert basic(world, STRANGER, "presenter").status_code == 200


def test_many_addresses_together_guess_at_an_account_a_hundred_times(world: World) -> None:
    owner = world.browser(OWNER)
    owner.sign_in("pmo")
    owner.fill("/sign-out")
    crowd = [world.browser(f"192.0.2.{n}") for n in range(12)]
    seen = [status for browser in crowd for status in hammer(browser, "pmo", 9)]
    assert seen == [401] * MOST[ANYWHERE] + [429] * 8
    assert world.browser(OTHER).sign_in("pmo").status_code == 429
    assert owner.sign_in("pmo").status_code == 303  # its browser is known
    assert world.browser(OTHER).sign_in("viewer").status_code == 303


def test_a_stranger_does_not_shut_the_owner_out(world: World, hands: Hands) -> None:
    owner = world.browser(OWNER)
    owner.sign_in("pmo")
    owner.fill("/sign-out")
    hands.seconds += 30 * DAY
    hammer(world.browser(STRANGER), "pmo", 20)
    assert owner.sign_in("pmo").status_code == 303
    owner.fill("/sign-out")
    hammer(world.browser(OWNER), "pmo", 100)  # not from behind the same address either
    assert owner.sign_in("pmo").status_code == 303


def test_a_known_browser_is_counted_too(world: World) -> None:
    owner = world.browser(OWNER)
    owner.sign_in("pmo")
    owner.fill("/sign-out")
    assert hammer(owner, "pmo", 11) == [401] * 10 + [429]
    assert world.browser(STRANGER).sign_in("pmo").status_code == 303  # and shuts nobody else out


def test_a_browser_is_known_to_the_accounts_it_has_signed_in_to(world: World, hands: Hands) -> None:
    browser = world.browser(OWNER)
    browser.sign_in("viewer")
    browser.sign_in("presenter")
    hammer(world.browser(OWNER), "pmo", 10)  # somebody else there
    assert browser.sign_in("pmo").status_code == 429
    for known in ("viewer", "presenter"):
        hammer(world.browser(OWNER), known, 10)
        assert browser.sign_in(known).status_code == 303
    hands.seconds += 181 * DAY
    hammer(world.browser(OWNER), "viewer", 10)
    assert browser.sign_in("viewer").status_code == 429


@pytest.mark.parametrize("value", ["", "x", "e30.x", "eyJhIjpbIngiLDFdfQ.x"])
def test_a_forged_device_is_a_stranger(world: World, value: str) -> None:
    hammer(world.browser(OWNER), "pmo", 10)
    browser = world.browser(OWNER)
    browser.client.set_cookie("jawabdeh_device", value, path="/sign-in")
    assert browser.sign_in("pmo").status_code == 429


def test_the_cookie_of_a_device(world: World) -> None:
    browser = world.browser(OWNER)
    told = [each for each in browser.sign_in("pmo").headers.getlist("Set-Cookie") if "_device=" in each]
    assert len(told) == 1
    for part in ("HttpOnly", "SameSite=Lax", "Path=/sign-in", f"Max-Age={180 * DAY}"):
        assert part in told[0]
    assert "Secure" not in told[0]
    for number in range(12):
        browser.sign_in(["viewer", "presenter", "admin", "cs-sindh"][number % 4])
    kept = browser.client.get_cookie("jawabdeh_device", path="/sign-in")
    assert kept is not None
    assert len(kept.value) < 600


def test_an_address_is_counted_over_all_names(world: World) -> None:
    stranger = world.browser(STRANGER)
    seen = [stranger.sign_in(f"name {n}", "wrong").status_code for n in range(MOST[ADDRESS] + 1)]
    assert seen == [401] * MOST[ADDRESS] + [429]
    assert stranger.sign_in("pmo").status_code == 429
    assert world.browser(OTHER).sign_in("pmo").status_code == 303


def test_who_signs_in_rightly_is_not_counted(world: World) -> None:
    office = world.browser(OWNER)
    for _ in range(20):
        assert office.sign_in("pmo").status_code == 303
        office.client.delete_cookie("jawabdeh_device", path="/sign-in")
        office.fill("/sign-out")


def test_a_name_that_nobody_has_is_counted_like_one_that_somebody_has(world: World) -> None:
    assert hammer(world.browser(STRANGER), "nobody", 11) == [401] * 10 + [429]


def test_the_log_cannot_be_flooded(world: World, hands: Hands) -> None:
    hammer(world.browser(STRANGER), "pmo", 15)
    assert len(world.noted("sign-in-failed")) == 10
    assert world.noted("sign-in-throttled") == [("pmo", '{"by": "account", "how": "form"}')]
    hands.seconds += WINDOW_SECONDS
    hammer(world.browser(STRANGER), "pmo", 12)
    assert len(world.noted("sign-in-throttled")) == 2


# Programs


def basic(world: World, address: str, username: str, password: str = "demo") -> TestResponse:
    return Caller(world.browser(address).client, username, password).get("/api/v1/panels")


def test_programs_that_guess_wait_too(world: World, hands: Hands) -> None:
    seen = [basic(world, STRANGER, "pmo", f"wrong {n}").status_code for n in range(11)]
    assert seen == [401] * 10 + [429]
    reply = basic(world, STRANGER, "pmo")
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "900")
    assert "WWW-Authenticate" not in reply.headers
    assert reply.get_json()["error"].endswith("wait 15 minutes, then try again.")
    assert world.noted("sign-in-throttled") == [("pmo", '{"by": "account", "how": "basic"}')]


def test_a_password_that_is_remembered_is_never_throttled(world: World) -> None:
    assert basic(world, OWNER, "pmo").status_code == 200
    for n in range(12):
        basic(world, STRANGER, "pmo", f"wrong {n}")
    assert basic(world, OWNER, "pmo").status_code == 200
    assert basic(world, STRANGER, "pmo").status_code == 200


# Codes


def test_codes_are_guessed_at_five_times(world: World, own: Database, hands: Hands) -> None:
    factors = SecondFactors(own, SETTINGS.secret_key, hands)
    secret = factors.offered()
    owned(own, "pmo")
    factors.set_for("pmo", secret, pyotp.TOTP(secret).at(hands.seconds))
    hands.seconds += MINUTE
    owner, stranger = world.browser(OWNER), world.browser(STRANGER)
    owner.sign_in("pmo")
    assert owner.fill(CODE, {"code": pyotp.TOTP(secret).at(hands.seconds)}).status_code == 303
    hands.seconds += MINUTE
    stranger.sign_in("pmo")  # knows the password
    assert [stranger.fill(CODE, {"code": "x"}).status_code for _ in range(6)] == [401] * 5 + [429]
    reply = stranger.fill(CODE, {"code": pyotp.TOTP(secret).at(hands.seconds)})
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, str(WINDOW_SECONDS - 2 * MINUTE))
    assert token_in(reply.text)
    owner.sign_in("pmo")
    assert owner.fill(CODE, {"code": pyotp.TOTP(secret).at(hands.seconds)}).status_code == 303


# The counts themselves


def test_what_is_tried_at_once_is_not_more_than_what_is_tried_in_turn(hands: Hands) -> None:
    throttle, tally = Throttle("x" * 32, hands), Tally(ACCOUNT, "pmo")

    def fail(_: int) -> bool:
        try:
            with throttle.turn(tally) as turn:
                turn.failed = True
        except Throttled:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(fail, range(200))) == MOST[ACCOUNT]


def test_a_try_that_an_error_ends_is_not_counted(hands: Hands) -> None:
    throttle, tally = Throttle("x" * 32, hands), Tally(ACCOUNT, "pmo")

    def broken() -> None:
        with throttle.turn(tally):
            raise RuntimeError

    for _ in range(2 * MOST[ACCOUNT]):
        with pytest.raises(RuntimeError):
            broken()


def test_what_one_count_refuses_is_not_counted_by_the_others(hands: Hands) -> None:
    throttle, office = Throttle("x" * 32, hands), Tally(ADDRESS, OWNER)

    def fail(name: str) -> Throttled | None:
        try:
            with throttle.turn(office, Tally(ACCOUNT, name)) as turn:
                turn.failed = True
        except Throttled as error:
            return error
        return None

    refused = [fail("pmo") for _ in range(500)]
    assert refused[:10] == [None] * 10
    assert [error.first for error in refused if error is not None] == [True] + [False] * 489
    assert fail("viewer") is None


def test_invented_names_take_bounded_memory(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.web.door.throttle._BYTES", 1)  # 256 counts of a kind
    counts = MemoryCounts()
    throttle = Throttle("x" * 32, hands, counts)
    for number in range(5000):
        try:
            with throttle.turn(Tally(ACCOUNT, f"name {number}")) as turn:
                turn.failed = True
        except Throttled:
            pass
    assert counts.counted <= 2 * 256
