"""Every kind of reply carries the headers, whatever it is and whoever gets it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import assemble
from dashboard.panels.answers import Answers
from dashboard.web.rates import Rates
from data_access.database import Database
from data_access.query_limit import QueryTooSlow
from tests.app.posted import UPDATE
from tests.app.serving import SETTINGS, Caller
from tests.app.visiting import BROWSER, gone

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS = {"X-Forwarded-Proto": "https"}
PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
JSON = "application/json"


@pytest.fixture(scope="module")
def behind(small: Database) -> Flask:
    """The application behind a proxy that speaks https."""
    server: Flask = assemble(replace(SETTINGS, trusted_proxies=1), small).server
    return server


@pytest.fixture
def pmo(behind: Flask) -> Caller:
    return Caller(behind.test_client())


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def check(reply: TestResponse, status: int) -> None:
    """The reply has this status and all headers, and shows nothing of the inside."""
    assert reply.status_code == status, reply.data[:300]
    for name, value in FIXED.items():
        assert reply.headers.getlist(name) == [value], name
    policy = reply.headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in re.findall(r"script-src[^;]*", policy)[0]
    assert reply.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert reply.headers["Permissions-Policy"]
    assert reply.headers["Cache-Control"] == "no-store" or status in {200, 304}
    assert "Server" not in reply.headers
    assert b"Traceback" not in reply.data
    for cookie in reply.headers.getlist("Set-Cookie"):
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; ")), cookie


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/sign-out", 200),
        ("/live", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/assets/style.css", 200),
        (PLOTLY, 200),
        ("/_dash-layout", 200),
        ("/_dash-dependencies", 200),
        ("/api/v1/panels", 200),
        ("/api/v1/panels/totals", 200),
        ("/api/v1/panels/totals.csv", 200),
        ("/api/v1/openapi.json", 200),
        ("/api/v1/panels/totals?government=x", 400),
        ("/api/v1/panels/none", 404),
        ("/api/nothing", 404),
        ("/nowhere", 404),
        ("/assets/none.css", 404),
        ("/_dash-component-suites/dash/none.js", 404),
        ("/assets/..%2f..%2fapp.py", 404),
    ],
)
@pytest.mark.parametrize("accept", [BROWSER, JSON])
@pytest.mark.parametrize("encoding", ["br", "identity"])
def test_what_is_asked_for(pmo: Caller, path: str, status: int, accept: str, encoding: str) -> None:
    check(pmo.get(path, Accept=accept, Accept_Encoding=encoding, **HTTPS), status)
    check(pmo.send("HEAD", path, Accept=accept, **HTTPS), status)


@pytest.mark.parametrize("path", ["/assets/style.css", PLOTLY])
def test_what_the_browser_has(pmo: Caller, path: str) -> None:
    tag = pmo.get(path, **HTTPS).headers["ETag"]
    check(pmo.get(path, If_None_Match=tag, **HTTPS), 304)


def test_what_leads_elsewhere(behind: Flask) -> None:
    visitor = Caller(behind.test_client(), None)
    check(visitor.get("/?government=sindh", Accept=BROWSER, **HTTPS), 302)
    check(visitor.get("/sign-in", **HTTPS), 200)
    check(visitor.post("/nowhere", Sec_Fetch_Mode="navigate", **HTTPS), 303)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/live", 401),
        ("POST", "/sign-in", 400),
        ("PUT", "/sign-in", 405),
        ("OPTIONS", "/sign-in", 200),
        ("GET", "/assets/none", 404),
    ],
)
def test_what_nobody_gets(behind: Flask, method: str, path: str, status: int) -> None:
    check(Caller(behind.test_client(), None).send(method, path, Accept=JSON, **HTTPS), status)


def test_what_is_refused(pmo: Caller) -> None:
    check(pmo.post("/live", **HTTPS), 405)
    check(pmo.post("/sign-out", {"csrf_token": "x"}, Sec_Fetch_Mode="navigate", **HTTPS), 400)
    check(pmo.post("/sign-out", Origin="https://evil.example", **HTTPS), 403)
    for mode in ("navigate", "cors"):
        headers = {**HTTPS, "Sec-Fetch-Mode": mode}
        check(pmo.client.post("/sign-in", data=b"x" * 2_000_000, auth=("pmo", "demo"), headers=headers), 413)
    check(pmo.client.post(UPDATE, data=b"{", content_type=JSON, auth=("pmo", "demo"), headers=HTTPS), 400)


def test_a_method_that_is_none_is_told_those_that_are(pmo: Caller) -> None:
    for mode in ("navigate", "cors"):
        allowed = pmo.send("DELETE", "/live", Sec_Fetch_Mode=mode).headers["Allow"].split(", ")
        assert allowed == ["GET", "HEAD", "OPTIONS"]


@pytest.mark.parametrize("accept", [BROWSER, JSON])
def test_what_must_wait(pmo: Caller, behind: Flask, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    monkeypatch.setattr(Rates, "wait", lambda *_: 10)
    for caller in (pmo, Caller(behind.test_client(), None)):
        for path in ("/", "/live", "/nowhere"):
            check(caller.get(path, Accept=accept, **HTTPS), 429)


@pytest.mark.parametrize(("error", "status"), [(QueryTooSlow(30), 503), (ValueError("x"), 500)])
@pytest.mark.parametrize("accept", [BROWSER, JSON])
def test_what_fails(pmo: Caller, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, accept: str) -> None:
    monkeypatch.setattr(Answers, "answer", raising(error))
    check(pmo.get("/api/v1/panels/totals", Accept=accept, **HTTPS), status)
    monkeypatch.setattr(Database, "snapshot", raising(error))
    check(pmo.get("/", Accept=accept, **HTTPS), status)


@pytest.mark.parametrize("accept", [BROWSER, JSON])
def test_what_has_no_database(pmo: Caller, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    gone(monkeypatch)
    for path in ("/", "/live", "/readyz", "/sign-in"):
        check(pmo.get(path, Accept=accept, **HTTPS), 503)


def test_what_comes_by_http_says_nothing_of_https(pmo: Caller) -> None:
    assert "Strict-Transport-Security" not in pmo.get("/").headers
