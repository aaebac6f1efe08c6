"""A line for each request, with a number that its reply, its errors and its page say too."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from dashboard.web.log_lines import JsonLines, PlainLines, set_log
from data_access.database import Database
from tests.app.serving import Caller, server_over
from tests.app.visiting import BROWSER, gone

NUMBER = "0af7651916cd43dd8448eb211c80319c"
NAMES = ("", "jawabdeh", "waitress", "waitress.queue", "gunicorn.error", "gunicorn.access")


class Said:
    """Standard output so far."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys, self._so_far = capsys, ""

    def all(self) -> str:
        self._so_far += self._capsys.readouterr().out
        return self._so_far

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.all().splitlines()]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Said]:
    """What loggers were before comes back."""
    before = [(one, one.level, list(one.handlers), one.propagate) for one in map(logging.getLogger, NAMES)]
    logging.getLogger().handlers.clear()
    yield Said(capsys)
    for logger, level, handlers, propagate in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers
        logger.propagate = propagate


@pytest.fixture(scope="module")
def server(small: Database) -> Flask:
    return server_over(small)


def test_a_request_is_one_line_with_nothing_of_anybody(server: Flask, said: Said) -> None:
    assert set_log("", "") is True  # no terminal is there
    reply = Caller(server.test_client()).get("/api/v1/panels/totals?as_of=2019-08-01", X_Request_ID=NUMBER)
    (line,) = said.lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert 0 < line.pop("ms") < 60_000
    assert line == {
        "level": "info",
        "logger": "jawabdeh.requests",
        "message": "request",
        "request": NUMBER,
        "method": "GET",
        "route": "/api/v1/panels/<name>",
        "status": 200,
        "bytes": len(reply.data),
    }
    assert reply.headers.getlist("X-Request-ID") == [NUMBER]


@pytest.mark.parametrize(
    "given", ["", "short", "zubaida-of-sukkur", "0" * 65, "0" * 15, f"{NUMBER}\n", f"{NUMBER} x", "é" * 20]
)
def test_a_number_that_is_none_is_replaced(server: Flask, said: Said, given: str) -> None:
    set_log("json", "debug")
    numbers = []
    for _ in range(2):
        with server.test_client().get("/healthz", environ_overrides={"HTTP_X_REQUEST_ID": given}) as reply:
            numbers.append(reply.headers["X-Request-ID"])
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)
    assert len(set(numbers)) == 2
    assert [line["request"] for line in said.lines()] == numbers


def test_what_is_asked_all_the_time_is_said_where_it_fails(
    server: Flask, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_log("json", "info")
    client = Caller(server.test_client(), None)
    for path in ("/healthz", "/readyz", "/assets/style.css"):
        client.get(path)
    assert said.lines() == []
    gone(monkeypatch)
    client.get("/readyz")
    assert [(line["level"], line.get("status")) for line in said.lines()] == [("error", None), ("info", 503)]


def test_an_error_is_found_by_what_the_page_says(server: Flask, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    set_log("json", "info")
    caller = Caller(server.test_client())
    caller.get("/api/v1/panels")  # the password is remembered, so that it is the answer that fails

    def broken(*_: object) -> None:
        raise RuntimeError("zubaida-secret")

    monkeypatch.setattr("dashboard.panels.answers.compute", broken)
    reply = caller.get("/api/v1/panels/totals?as_of=2019-05-31")
    number = reply.headers["X-Request-ID"]
    assert reply.status_code == 500
    assert reply.get_json() == {"error": "Something went wrong here; it has been logged.", "reference": number}
    error, request = said.lines()[-2:]
    assert (error["level"], error["request"], request["request"], request["status"]) == ("error", number, number, 500)
    assert "RuntimeError at " in error["message"]
    assert "zubaida" not in said.all()


def test_a_page_says_its_reference(server: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    gone(monkeypatch)
    reply = Caller(server.test_client(), None).get("/readyz")
    assert reply.get_json()["reference"] == reply.headers["X-Request-ID"]
    monkeypatch.undo()

    def broken(*_: object) -> None:
        raise RuntimeError

    caller = Caller(server.test_client())
    caller.get("/api/v1/panels")
    monkeypatch.setattr("dashboard.web.plain_page.PlainPages.within", broken)
    page = caller.get("/account", Accept=BROWSER)
    assert page.status_code == 500
    assert f"Reference: <code>{page.headers['X-Request-ID']}</code>" in page.text
    assert "Reference" not in caller.get("/conduct/none", Accept=BROWSER).text  # what is no fault of ours has none


def test_plain_lines_for_a_terminal(server: Flask, said: Said) -> None:
    assert set_log("plain", "info") is False
    Caller(server.test_client()).get("/api/v1/panels", X_Request_ID=NUMBER)
    assert re.fullmatch(
        rf"[\d-]{{10}} [\d:]{{8}} INFO GET /api/v1/panels 200 in \d+ ms, \d+ bytes \[{NUMBER}\]\n", said.all()
    )
    before = said.all()
    set_log("plain", "")  # where nothing is said of the level, a person sees what is wrong
    Caller(server.test_client()).get("/api/v1/panels")
    assert said.all() == before


@pytest.mark.parametrize("lines_of", [JsonLines(), PlainLines()])
def test_an_error_is_one_line_without_its_message(lines_of: logging.Formatter) -> None:
    try:
        raise ValueError("zubaida\nforged")
    except ValueError as error:
        record = logging.LogRecord("waitress", logging.ERROR, "x", 1, "two\nlines", (), (ValueError, error, None))
    line = lines_of.format(record)
    assert "\n" not in line
    assert "zubaida" not in line
    assert "two lines: builtins.ValueError at " in line


def test_libraries_are_heard_from_warnings_on(said: Said) -> None:
    set_log("json", "debug")
    for name in ("waitress", "gunicorn.error", "sqlalchemy.engine"):
        logging.getLogger(name).info("SELECT 1")
        logging.getLogger(name).warning("a warning")
    assert [line["logger"] for line in said.lines()] == ["waitress", "gunicorn.error", "sqlalchemy.engine"]


def test_a_streamed_file_is_counted_to_its_end(server: Flask, said: Said) -> None:
    set_log("json", "info")
    caller = Caller(server.test_client())
    reply = caller.get("/api/v1/panels/complaints.csv")
    assert reply.status_code == 200
    assert said.lines()[-1]["bytes"] == len(reply.data) > 100
