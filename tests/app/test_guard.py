"""The guard at every door, and what people and programs are told when something is wrong."""

import re

import pytest

from data_access.database import Database
from tests.app.serving import Caller
from tests.app.visiting import BROWSER, gone, led_to


def test_no_route_is_forgotten(visitor: Caller) -> None:
    open_rules = {"/sign-in", "/sign-in/code", "/healthz", "/readyz", "/assets/<path:filename>"}
    seen = set()
    for rule in visitor.client.application.url_map.iter_rules():
        seen.add(rule.rule)
        if rule.rule in open_rules:
            continue
        path = re.sub(r"<[^>]+>", "x", rule.rule)
        for method in (rule.methods or set()) | {"POST", "PUT", "DELETE", "OPTIONS"}:
            reply = visitor.send(method, path)
            refused = reply.status_code == 401 or led_to(reply)[0] == "/sign-in"
            assert refused, (method, path)
    assert open_rules <= seen
    assert "/_dash-update-component" in seen


@pytest.mark.parametrize("accept", [BROWSER, "*/*", ""])
@pytest.mark.parametrize("path", ["/", "/review", "/static/x"])
def test_a_person_is_led_to_the_form(visitor: Caller, path: str, accept: str) -> None:
    assert led_to(visitor.get(path, Accept=accept))[0] == "/sign-in"
    assert led_to(visitor.get(path, Accept="image/png", Sec_Fetch_Mode="navigate"))[0] == "/sign-in"
    assert led_to(visitor.send("HEAD", path, Accept=accept))[0] == "/sign-in"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/v1/panels", {"Accept": BROWSER, "Sec-Fetch-Mode": "navigate"}),
        ("/live", {"Accept": BROWSER}),
        ("/_dash-layout", {"Accept": BROWSER}),
        ("/review", {"Accept": "application/json"}),
    ],
)
def test_a_program_is_asked_for_its_key(visitor: Caller, path: str, headers: dict[str, str]) -> None:
    reply = visitor.get(path, **headers)
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic ")
    assert reply.is_json


@pytest.mark.parametrize("path", ["/", "/live", "/_dash-update-component", "/api/v1/panels"])
def test_a_script_of_a_page_brings_up_no_password_box(visitor: Caller, path: str) -> None:
    for mode in ("cors", "same-origin", "no-cors"):
        reply = visitor.get(path, Accept="*/*", Sec_Fetch_Mode=mode)
        assert reply.status_code == 401
        assert "WWW-Authenticate" not in reply.headers
        assert reply.is_json


def test_a_wrong_key_is_refused_even_with_a_session(insider: Caller) -> None:
    assert Caller(insider.client, "pmo", "wrong").get("/").status_code == 401
    assert Caller(insider.client, "cs-sindh").read("/api/v1/panels/totals")["rows"][0]["received"] == 10


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/_dash-update-component", "/api/v1/panels"])
def test_other_sites_change_nothing_here(insider: Caller, path: str, headers: dict[str, str]) -> None:
    reply = insider.post(path, {"username": "cs-sindh", "password": "demo"}, **headers)
    assert reply.status_code == 403
    assert "another site" in reply.get_json()["error"]
    assert "Set-Cookie" not in reply.headers
    assert insider.get("/live", **headers).status_code == 200  # reading is none of their business either, but no change
    person = insider.post(path, Sec_Fetch_Mode="navigate", **headers)
    assert person.status_code == 403
    assert person.is_json is path.startswith(("/api", "/_dash"))


def test_our_own_pages_do(visitor: Caller) -> None:
    assert visitor.sign_in("pmo", Origin="http://localhost").status_code == 303
    assert visitor.sign_in("pmo", Origin="https://outer.name", Sec_Fetch_Site="same-origin").status_code == 303
    assert visitor.fill("/sign-out", Sec_Fetch_Site="none").status_code == 303


# What went wrong


def test_a_person_gets_a_page_and_a_program_json(insider: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    gone(monkeypatch)
    reply = insider.get("/?government=sindh", Accept=BROWSER)
    assert reply.status_code == 503
    assert reply.mimetype == "text/html"
    assert reply.headers["Refresh"] == "2"
    assert "<h1>The database does not answer</h1>" in reply.text
    assert 'href="/?government=sindh"' in reply.text
    assert "secret" not in reply.text
    for path in ("/api/v1/panels/totals", "/live", "/_dash-layout"):
        reply = insider.get(path, Accept=BROWSER)
        assert reply.status_code == 503
        assert reply.is_json
        assert "Refresh" not in reply.headers


def test_a_mistake_of_ours_is_a_page_without_a_trace(insider: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Database) -> None:
        raise ValueError("a citizen's name")

    monkeypatch.setattr(Database, "snapshot", broken)
    reply = insider.get("/", Accept=BROWSER)
    assert reply.status_code == 500
    assert "<h1>Something went wrong</h1>" in reply.text
    assert "Traceback" not in reply.text
    assert "citizen&" not in reply.text
    assert "Refresh" not in reply.headers
    assert insider.post("/", Sec_Fetch_Mode="navigate").status_code == 500


def test_what_a_page_cannot_do(insider: Caller) -> None:
    reply = insider.post("/review", Sec_Fetch_Mode="navigate")
    assert reply.status_code == 405
    assert "<h1>This cannot be done here</h1>" in reply.text
    assert 'href="/"' in reply.text


def test_no_name_and_no_password_reaches_the_log(visitor: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    visitor.sign_in("somebody", "hunter2")
    visitor.sign_in("pmo")
    visitor.fill("/sign-out")
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("jawabdeh")]
    assert not re.search("somebody|hunter2|pmo", " ".join(logged))
