"""What people and programs are told when a question takes too long."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import text

from app import DATABASE_ERRORS
from callbacks import drawing as drawing_module
from callbacks.drawing import Asked, Drawing
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.web import api as api_module
from data_access.database import Database, open_database
from data_access.query_limit import QueryTooSlow
from data_access.questions.listing import Part
from data_access.reader import Snapshot
from data_access.selection import View
from layouts.pages import PAGES
from layouts.panel import DRAWN, SLOW
from tests.app.serving import Caller, server_over
from tests.app.small import Nobody, make, reads_all
from tests.app.visiting import BROWSER

SENTENCE = "This question takes longer than 0.3 s; narrow it to one government, or to a shorter period."
TRY = "/api/v1/panels/ladder?government=sindh"


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The small database, which answers in 0.3 seconds."""
    url = f"duckdb:///{tmp_path_factory.mktemp('slow') / 'slow.duckdb'}"
    make(url).close()
    database = open_database(url, query_seconds=0.3)
    yield database
    database.close()


class Long:
    """A question that takes for ever, until it is let off."""

    def __init__(self) -> None:
        self.asked, self.let_off = 0, False

    def __call__(self, snapshot: Snapshot, view: View) -> pd.DataFrame | Part:
        self.asked += 1
        if not self.let_off:
            statement = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3"
            snapshot.connection.execute(text(statement)).all()
        return PANELS["ladder"].question(snapshot, view)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> Long:
    """The ladder takes too long."""
    question = Long()
    slow = {**PANELS, "ladder": replace(PANELS["ladder"], question=question)}
    for module in (drawing_module, api_module):
        monkeypatch.setattr(module, "PANELS", slow)
    return question


@pytest.fixture
def server(hurried: Database, long: Long) -> Flask:
    return server_over(hurried)


def test_a_program_is_told(server: Flask) -> None:
    pmo = Caller(server.test_client())
    for path in (TRY, TRY.replace("?", ".csv?")):
        reply = pmo.get(path)
        assert (reply.status_code, reply.get_json()["error"]) == (503, SENTENCE)
    assert pmo.get("/api/v1/panels/totals").status_code == 200


def test_a_slow_answer_is_not_remembered(server: Flask, long: Long) -> None:
    pmo = Caller(server.test_client())
    for asked in (1, 2):
        assert pmo.get(TRY).status_code == 503
        assert long.asked == asked
    long.let_off = True
    assert pmo.get(TRY).status_code == 200


def test_its_panel_says_so_and_the_others_are_there(hurried: Database, long: Long) -> None:
    drawing = Drawing(Answers(), Nobody(), DATABASE_ERRORS)
    for again in (False, True):
        page = drawing.draw(Asked("/", "", PAGES["/"].panels, again=again), reads_all(hurried))
        assert page.panels["ladder"].state == SLOW
        assert SENTENCE in str(page.panels["ladder"].body)
        assert page.panels["totals"].state == DRAWN
    assert SENTENCE in str(drawing.unfold(("ladder", "table"), "/", "", reads_all(hurried)))


def test_a_person_gets_a_page_that_does_not_ask_again_by_itself(server: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(self: Database) -> None:
        raise QueryTooSlow(30)

    monkeypatch.setattr(Database, "snapshot", slow)
    reply = Caller(server.test_client()).get("/", Accept=BROWSER)
    assert (reply.status_code, reply.mimetype) == (503, "text/html")
    assert "<h1>This takes too long</h1>" in reply.text
    assert SENTENCE.replace("0.3", "30") in reply.text
    assert "Refresh" not in reply.headers


def test_the_log_says_what_was_cut_off_and_no_value(server: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Caller(server.test_client()).get(TRY)
    said = [record.getMessage() for record in caplog.records if record.name == "jawabdeh"]
    assert said == ["GET /api/v1/panels/<name>: cut off after 0.3 s"]
    assert "sindh" not in caplog.text
