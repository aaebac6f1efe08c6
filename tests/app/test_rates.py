"""Who asks too often is asked to wait: accounts one by one, nobody by address, with a clock that tests move."""

import json
from dataclasses import replace
from time import sleep

import pytest
from flask import Flask
from playwright.sync_api import expect
from werkzeug.test import TestResponse

from dashboard.web.asking import network_of
from dashboard.web.files import BUSY
from dashboard.web.rates import MOST, REST, TOO_MANY_FILES, TOO_OFTEN, Rates
from data_access.database import Database
from data_access.settings import Settings
from tests.app.browsing import NewContext, drawn, signed_in, until
from tests.app.posted import UPDATE, Poster
from tests.app.serving import SETTINGS, Caller, server_over, serving
from tests.app.visiting import BROWSER, Hands

CSV = "/api/v1/panels/totals.csv"
START = 1_750_000_020.0
"""The beginning of a minute."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """What the counting goes by."""
    hands = Hands(START)
    # The package takes no clock.
    monkeypatch.setattr("limits.storage.memory.time", type("Time", (), {"time": staticmethod(hands)}))
    monkeypatch.setattr("limits.strategies.time", type("Time", (), {"time": staticmethod(hands)}))
    return hands


@pytest.fixture
def limited(small: Database, clock: Hands) -> Flask:
    """The application, asked ten times a minute at most, and for three files."""
    return server_over(small, clock, replace(SETTINGS, rate_per_minute=10, exports_per_minute=3))


def statuses(caller: Caller, path: str, times: int, **headers: str) -> list[int]:
    return [caller.get(path, **headers).status_code for _ in range(times)]


def test_the_default_is_what_nine_busy_pages_ask() -> None:
    """While the data change all the time, a page asks /live every second and draws anew every two."""
    busy = 60 + 30
    assert 9 * busy + 3 * 10 <= Settings(secret_key="x" * 32).rate_per_minute


def test_an_account_that_asks_too_often_waits(limited: Flask, clock: Hands) -> None:
    pmo, other = Caller(limited.test_client()), Caller(limited.test_client(), "cs-sindh")
    assert statuses(pmo, "/live", 10) == [200] * 10
    reply = pmo.get("/live")
    assert (reply.status_code, reply.get_json()) == (429, {"error": TOO_OFTEN})
    assert reply.headers["Retry-After"] == str(REST)
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in reply.headers
    assert statuses(other, "/live", 3) == [200] * 3
    clock.seconds += REST - 1
    assert pmo.get("/live").headers["Retry-After"] == "1"
    clock.seconds += 120
    assert statuses(pmo, "/live", 10) == [200] * 10


def test_it_goes_on_little_by_little(limited: Flask, clock: Hands) -> None:
    """What was asked in the minute before counts for less and less of this one."""
    pmo = Caller(limited.test_client())
    statuses(pmo, "/live", 11)
    clock.seconds += 60 + 30
    assert statuses(pmo, "/live", 7) == [200] * 5 + [429] * 2


def test_while_an_account_rests_nothing_of_it_is_answered(limited: Flask, clock: Hands) -> None:
    """A page whose question was refused shall notice: it sees that the next one, a second later, is refused too."""
    pmo = Caller(limited.test_client())
    statuses(pmo, "/live", 11)
    for _ in range(4):
        clock.seconds += 2
        assert pmo.get("/live").status_code == 429
    assert pmo.client.post(UPDATE, data=b"[", auth=("pmo", "demo")).status_code == 429


def test_a_person_gets_a_page_that_goes_on_by_itself(limited: Flask) -> None:
    pmo = Caller(limited.test_client())
    statuses(pmo, "/live", 10)
    reply = pmo.get("/?government=sindh", Accept=BROWSER)
    assert (reply.status_code, reply.mimetype) == (429, "text/html")
    assert "<h1>This is too often</h1>" in reply.text
    assert TOO_OFTEN in reply.text
    assert 'href="/?government=sindh"' in reply.text
    assert reply.headers["Refresh"] == reply.headers["Retry-After"] == str(REST)


def test_files_are_fewer(limited: Flask, clock: Hands) -> None:
    pmo = Caller(limited.test_client())
    assert statuses(pmo, CSV, 3) == [200] * 3
    reply = pmo.get(CSV)
    assert (reply.status_code, reply.get_json()) == (429, {"error": TOO_MANY_FILES})
    assert 1 <= int(reply.headers["Retry-After"]) <= 60
    assert pmo.get("/live").status_code == 200  # everything else goes on
    clock.seconds += 120
    assert pmo.get(CSV).status_code == 200


def test_files_for_browsers_and_probes_do_not_count(limited: Flask) -> None:
    pmo, nobody = Caller(limited.test_client()), Caller(limited.test_client(), None)
    for path in (
        "/assets/style.css",
        "/_dash-component-suites/plotly/package_data/plotly.min.js",
        "/healthz",
        "/readyz",
    ):
        assert statuses(pmo, path, 12) == [200] * 12
    assert statuses(nobody, "/assets/style.css", 12) == [200] * 12
    assert pmo.get("/live").status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/live", {}, 401),
        ("/", {"Accept": BROWSER}, 302),
        ("/sign-in", {}, 200),
        ("/nowhere.csv", {}, 401),
        ("/_dash-layout", {"Authorization": "Basic x"}, 401),
    ],
)
def test_nobody_is_counted_by_address(limited: Flask, path: str, headers: dict[str, str], status: int) -> None:
    nobody = Caller(limited.test_client(), None)
    if path == "/nowhere.csv":
        headers = {"Sec-Fetch-Mode": "cors"}
    assert statuses(nobody, path, 10, **headers) == [status] * 10
    reply = nobody.get(path, **headers)
    assert reply.status_code == 429
    assert reply.headers["Retry-After"]
    assert "Location" not in reply.headers
    assert "Content-Security-Policy" in reply.headers
    assert Caller(limited.test_client()).get("/live").status_code == 200  # whoever is somebody goes on


def test_behind_a_proxy_the_address_is_the_visitors(small: Database, clock: Hands) -> None:
    server = server_over(small, clock, replace(SETTINGS, rate_per_minute=5, trusted_proxies=1))
    nobody = Caller(server.test_client(), None)
    assert statuses(nobody, "/sign-in", 6, X_Forwarded_For="203.0.113.7") == [200] * 5 + [429]
    assert statuses(nobody, "/sign-in", 1, X_Forwarded_For="203.0.113.8") == [200]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
        ("x" * 1000, "x" * 64),
        ("", ""),
    ],
)
def test_who_can_make_addresses_has_no_more_for_it(address: str, network: str) -> None:
    assert network_of(address) == network


def test_what_is_remembered_is_bounded(clock: Hands) -> None:
    rates = Rates(1, 1, clock)
    for number in range(MOST + 500):
        rates.wait(f"address {number}")
        assert rates.counted <= MOST + 1
    rates.wait("a")
    assert rates.wait("a") == REST


def test_what_nobody_asks_for_any_more_is_forgotten(clock: Hands) -> None:
    rates = Rates(1, 1, clock)
    for number in range(200):
        for _ in range(2):
            rates.wait(f"address {number}")
    assert rates.counted == 400
    clock.seconds += 600
    for _ in range(2):
        rates.wait("somebody")
    sleep(0.5)  # the package sweeps in a thread of its own
    assert rates.counted <= 4


# In a browser


@pytest.mark.xdist_group("browser")
def test_a_page_that_must_wait_keeps_its_figures(
    new_context: NewContext, small: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(server_over(small)) as url:
        visit = signed_in(new_context, url)
        page = visit.page
        drawn(page)
        with monkeypatch.context() as patch:
            patch.setattr(Rates, "wait", lambda *_: REST)
            expect(page.locator("#lamp")).to_contain_text("reconnecting")
            page.locator(".jd-league").get_by_role("link", name="Sindh").click()
            page.wait_for_timeout(500)
            visit.first_figure("35")
        visit.first_figure("10")
        until(page, lambda: "live" in str(page.locator("#lamp").text_content()))
        page.close()


def test_an_account_takes_two_long_files_at_a_time(small: Database) -> None:
    server = server_over(small)
    long = "/api/v1/panels/complaints.csv"

    def begin() -> TestResponse:
        """The file, of which nothing was read yet."""
        return server.test_client().get(long, auth=("pmo", "demo"), buffered=False)

    taking = [begin(), begin()]
    assert [reply.status_code for reply in taking] == [200, 200]
    refused = Caller(server.test_client()).get(long)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    assert refused.get_json() == {"error": BUSY}
    assert Caller(server.test_client(), "cs-sindh").get(long).status_code == 200
    for reply in taking:
        reply.close()
    assert Caller(server.test_client()).get(long).status_code == 200


def test_what_is_fetched_ahead_takes_nothing_from_what_is_asked(limited: Flask) -> None:
    pmo = Caller(limited.test_client())
    body = Poster(pmo).body("page.data-version")

    def ahead() -> int:
        content, auth = json.dumps(body), (pmo.account or "", pmo.password)
        headers = {"X-Ahead": "1"}
        reply = pmo.client.post(UPDATE, data=content, content_type="application/json", auth=auth, headers=headers)
        return reply.status_code

    assert [ahead() for _ in range(4)] == [200, 200, 429, 429]  # a fifth of ten
    assert statuses(pmo, "/live", 9) == [200] * 9  # one was asked for the body


def test_only_a_page_fetches_ahead(limited: Flask) -> None:
    pmo = Caller(limited.test_client())
    assert statuses(pmo, "/live", 11, X_Ahead="1") == [200] * 10 + [429]
