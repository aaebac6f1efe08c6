"""Proxies are believed as far as the settings say, and the server answers by its own names alone."""

from dataclasses import replace

import pytest
from flask import Flask, request

from dashboard.web.door import devices
from dashboard.web.forms import FIELD
from dashboard.web.proxies import UNKNOWN_NAME, is_address, trust_proxies
from data_access.database import Database
from tests.app.serving import SETTINGS, Caller, server_over, token_in
from tests.app.visiting import BROWSER

FORWARDED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "jawabdeh.gov.pk"}
HSTS = "Strict-Transport-Security"


def seen(proxies: int, headers: dict[str, str]) -> tuple[str | None, str, str]:
    """From where, by which scheme and by which name a server behind so many proxies thinks that it is asked."""
    server = Flask("seen")
    trust_proxies(server, proxies)
    server.get("/")(lambda: {"seen": [request.remote_addr, request.scheme, request.host]})
    address, scheme, host = server.test_client().get("/", headers=headers).get_json()["seen"]
    return address, scheme, host


def test_without_proxies_nobody_is_believed() -> None:
    assert seen(0, FORWARDED) == ("127.0.0.1", "http", "localhost")
    assert seen(0, {"Forwarded": "for=203.0.113.7;proto=https;host=x"}) == ("127.0.0.1", "http", "localhost")


def test_one_proxy_is_believed_and_what_came_to_it_is_not() -> None:
    assert seen(1, FORWARDED) == ("203.0.113.7", "https", "jawabdeh.gov.pk")
    forged = {name: f"forged, {value}" for name, value in FORWARDED.items()}
    assert seen(1, forged) == ("203.0.113.7", "https", "jawabdeh.gov.pk")


def test_two_proxies_are_two() -> None:
    two = {name: f"forged, {value}, near" for name, value in FORWARDED.items()}
    assert seen(2, two) == ("203.0.113.7", "https", "jawabdeh.gov.pk")
    assert seen(2, FORWARDED) == ("127.0.0.1", "http", "localhost")  # one of them was passed by


@pytest.mark.parametrize("value", ["", ",", "unknown", "[", "203.0.113.7:80", "\xff"])
def test_what_a_proxy_gets_wrong_makes_no_error(value: str) -> None:
    for name in FORWARDED:
        assert seen(1, {name: value})


@pytest.fixture(scope="module")
def behind(small: Database) -> Flask:
    """The application behind one proxy, with a name."""
    return server_over(small, settings=replace(SETTINGS, trusted_proxies=1, allowed_hosts=("jawabdeh.gov.pk", ".x.pk")))


@pytest.fixture(scope="module")
def alone(small: Database) -> Flask:
    """The application as it is on one's own machine."""
    return server_over(small)


def test_behind_https_the_session_is_for_https_alone(behind: Flask) -> None:
    for scheme, secure in (("https", True), ("http", False)):
        outside, headers = Caller(behind.test_client(), None), {**FORWARDED, "X-Forwarded-Proto": scheme}
        form = outside.get("/sign-in", **headers)
        filled = {"username": "pmo", "password": "demo", FIELD: token_in(form.text)}
        inside = outside.post("/sign-in", filled, **headers)
        assert inside.status_code == 303
        for reply in (form, inside):
            for cookie in reply.headers.getlist("Set-Cookie"):  # those of the session and of the known browser
                words = cookie.split("; ")
                assert {"HttpOnly", "SameSite=Lax"} <= set(words)
                assert ("Secure" in words) is secure
        names = [cookie.partition("=")[0] for cookie in inside.headers.getlist("Set-Cookie")]
        # What begins with __Host- browsers take from no other host, not even from one beside or below ours.
        assert {"__Host-jawabdeh" if secure else "jawabdeh", devices.COOKIE} == set(names)
        assert not any("Domain=" in cookie for cookie in inside.headers.getlist("Set-Cookie"))
        session = next(one for one in inside.headers.getlist("Set-Cookie") if devices.COOKIE not in one)
        assert "Path=/" in session.split("; ")
        assert outside.get("/live", **headers).status_code == 200


def test_behind_https_browsers_are_told_to_stay_there(behind: Flask, small: Database) -> None:
    outside = Caller(behind.test_client())
    for path in ("/", "/live", "/nowhere", "/assets/style.css", "/assets/none", "/healthz", "/sign-in", "/sign-out"):
        reply = outside.get(path, **FORWARDED)
        assert reply.headers[HSTS] == "max-age=31536000", path
        assert HSTS not in outside.get(path, **{**FORWARDED, "X-Forwarded-Proto": "http"}).headers
    assert HSTS in outside.client.get("/", headers=FORWARDED, data=b"x" * 2_000_000).headers
    never = Caller(server_over(small, settings=replace(SETTINGS, trusted_proxies=1, hsts_days=0)).test_client())
    assert HSTS not in never.get("/live", **FORWARDED).headers
    brief = Caller(server_over(small, settings=replace(SETTINGS, trusted_proxies=1, hsts_days=1)).test_client())
    assert brief.get("/live", **FORWARDED).headers[HSTS] == "max-age=86400"


def test_a_stranger_cannot_make_it_look_like_https(alone: Flask) -> None:
    reply = Caller(alone.test_client(), None).get("/sign-in", **FORWARDED)
    assert HSTS not in reply.headers
    assert "Secure" not in reply.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "host", ["jawabdeh.gov.pk", "JAWABDEH.gov.pk:8443", "a.x.pk", "x.pk", "127.0.0.1:8050", "[::1]:8050", "10.0.0.5"]
)
def test_its_own_names_and_addresses_are_answered(behind: Flask, host: str) -> None:
    assert Caller(behind.test_client()).get("/live", Host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost",
        "jawabdeh.gov.pk.evil.example",
        "notx.pk",
        "evil.example:8050",
        "a b",
        "x/y",
        "[",
        "1",
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/live", "/api/v1/panels", "/assets/style.css", "/nowhere"])
def test_other_names_are_refused(behind: Flask, host: str, path: str) -> None:
    outside = Caller(behind.test_client())
    reply = outside.get(path, Host=host)
    assert reply.status_code == 400
    assert UNKNOWN_NAME in reply.text
    assert len(host) < 4 or host not in reply.text
    assert "Set-Cookie" not in reply.headers
    assert outside.get(path, Host="jawabdeh.gov.pk", X_Forwarded_Host=host).status_code == 400


def test_a_person_gets_a_page_and_a_program_json(behind: Flask) -> None:
    outside = Caller(behind.test_client(), None)
    assert "<h1>This cannot be asked</h1>" in outside.get("/", Host="evil.example", Accept=BROWSER).text
    assert outside.get("/live", Host="evil.example").get_json() == {"error": UNKNOWN_NAME}


def test_machines_beside_the_server_ask_by_any_name(behind: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        assert Caller(behind.test_client(), None).get(path, Host="jawabdeh-7f9c").status_code == 200


def test_on_ones_own_machine_any_name_will_do(alone: Flask) -> None:
    assert Caller(alone.test_client()).get("/live", Host="anything.example").status_code == 200


def test_on_a_network_a_name_must_be_known(small: Database) -> None:
    server = server_over(small, settings=replace(SETTINGS, host="0.0.0.0"))
    assert Caller(server.test_client()).get("/live", Host="10.0.0.5:8050").status_code == 200
    assert Caller(server.test_client()).get("/live", Host="localhost:8050").status_code == 200
    assert Caller(server.test_client()).get("/live", Host="rebound.example").status_code == 400


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:80", True),
        ("[::1]", True),
        ("[2001:db8::1]:443", True),
        ("::1", False),  # no host is written so
        ("", False),
        ("localhost", False),
        ("127.0.0.1.evil.example", False),
        ("[127.0.0.1", True),
        ("[x]", False),
    ],
)
def test_what_is_an_address(host: str, expected: bool) -> None:
    assert is_address(host) is expected
