"""Frozen briefings as programs make, open, clear and take them, over the whole application."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types of its own
from pptx import Presentation
from sqlalchemy import text
from werkzeug.test import TestResponse

from dashboard.files.hands import HANDS
from data_access.database import Database
from tests.app.serving import Caller, server_over
from tests.app.small import NEWEST, bring, event, make
from tests.app.test_briefings import HEAD
from tests.app.test_exports_noted import taken

AT = "/api/v1/briefings"
PANELS: list[dict[str, str]] = [{"name": "scorecard", "note": "Look at Sindh."}, {"name": "totals"}]
WISH: dict[str, Any] = {"title": "Cabinet", "query": "as_of=2019-09-30", "panels": PANELS}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """1 is cleared, 2 a draft; since then figures of their day have changed."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('kept') / 'kept.duckdb'}")
    client = server_over(database)
    assert [send(client, WISH).get_json()["id"] for _ in range(2)] == [1, 2]
    assert act(client, f"{AT}/1/clear").get_json() == {"id": 1, "state": "cleared"}
    bring(database, {"event": [event(204, NEWEST, "closed", outcome="relief")]})
    yield database
    database.close()


@pytest.fixture(scope="module")
def server(kept: Database) -> Flask:
    return server_over(kept)


def send(server: Flask, body: object, account: str = "pmo") -> TestResponse:
    return server.test_client().post(AT, json=body, auth=(account, "demo"))


def act(server: Flask, path: str, account: str = "presenter") -> TestResponse:
    return server.test_client().post(path, auth=(account, "demo"))


def read(server: Flask, path: str, account: str = "pmo") -> Any:
    return Caller(server.test_client(), account).read(path)


def test_the_list_holds_what_an_account_may_open(server: Flask) -> None:
    for account, numbers in (("pmo", [2, 1]), ("presenter", [2, 1]), ("viewer", [1]), ("cs-sindh", [])):
        assert [one["id"] for one in read(server, AT, account)["briefings"]] == numbers
    [first] = read(server, AT, "viewer")["briefings"]
    assert (first["state"], first["made_by"], first["cleared_by"]) == ("cleared", "pmo", "presenter")


def test_it_stays_as_it_is_and_the_ledger_says_what_has_changed(server: Flask) -> None:
    content = read(server, f"{AT}/1", "viewer")
    assert [(one["panel"], one["note"]) for one in content["slides"]] == [
        ("scorecard", "Look at Sindh."),
        ("totals", ""),
    ]
    totals = content["slides"][1]["rows"][0]
    assert totals["resolved"] == 26
    assert {one["name"] for one in content["slides"][0]["deeper"]} >= {"Sindh", "Punjab"}
    now = read(server, f"{AT}/1/now", "viewer")
    assert (now["same"], now["data_version"]["stored"]) == (False, content["data_version"])
    figures = {(p["panel"], f["row"], f["column"]): f for p in now["panels"] for f in p["figures"]}
    sindh = figures["scorecard", "Sindh", "resolved"]
    assert (sindh["stored"], sindh["now"], sindh["difference"]) == (4, 5, 1)
    below = {one["name"]: one for one in now["panels"][0]["deeper"]}
    assert below.keys() == {one["name"] for one in content["slides"][0]["deeper"]}
    assert (below["Sindh"]["same"], below["Punjab"]["same"]) == (False, True)
    assert (5, 1) in {(one["now"], one["difference"]) for one in below["Sindh"]["figures"]}
    punjab = figures["scorecard", "Punjab", "resolved"]
    assert (punjab["stored"], punjab["difference"]) == (4, 0)
    live = read(server, "/api/v1/panels/totals?as_of=2019-09-30")["rows"][0]
    for one in now["panels"][1]["figures"]:
        assert (one["stored"], one["now"]) == (totals[one["column"]], live[one["column"]])


@pytest.mark.parametrize("kind", HANDS)
def test_files_come_from_what_is_stored(server: Flask, kept: Database, kind: str) -> None:
    reply = Caller(server.test_client(), "viewer").get(f"{AT}/1.{kind}")
    assert reply.status_code == 200, reply.text
    assert reply.data.startswith(HEAD[kind])
    assert f'filename="jawabdeh-briefing-1-2019-09-30-v1.{kind}"' in reply.headers["Content-Disposition"]
    account, subject, detail = taken(kept)[-1]
    assert (account, subject) == ("viewer", f"briefing-1.{kind}")
    assert detail["sha256"] == read(server, f"{AT}/1")["digest"]


def test_figures_in_the_workbook_are_the_stored_ones(server: Flask) -> None:
    content = read(server, f"{AT}/1")
    first, *sheets = load_workbook(BytesIO(Caller(server.test_client()).get(f"{AT}/1.xlsx").data)).worksheets
    about = {str(row[0]): row[1] for row in first.iter_rows(values_only=True)}
    assert about["SHA-256 of the figures"] == content["digest"]
    assert len(sheets) == len(content["slides"])
    for sheet, slide in zip(sheets, content["slides"], strict=True):
        rows = list(sheet.iter_rows(values_only=True))
        width = len(slide["columns"])
        for row, stored in zip(rows[-len(slide["rows"]) :], slide["rows"], strict=True):
            numbers = [value for value in stored.values() if isinstance(value, int) and not isinstance(value, bool)]
            assert set(numbers) <= {value for value in row[:width] if isinstance(value, int | float)}


def test_notes_are_for_the_speaker(server: Flask) -> None:
    deck = Presentation(BytesIO(Caller(server.test_client()).get(f"{AT}/1.pptx").data))
    told = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    assert sum("Look at Sindh." in one for one in told) == 1
    shown = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert not any("Look at Sindh." in one for one in shown)


@pytest.mark.parametrize("path", ["1", "1/now", *(f"1.{kind}" for kind in HANDS)])
def test_a_chief_secretary_does_not_open_a_national_briefing(server: Flask, path: str) -> None:
    reply = Caller(server.test_client(), "cs-sindh").get(f"{AT}/{path}")
    assert reply.status_code == 403
    assert "was made of more than that" in reply.get_json()["error"]
    draft = Caller(server.test_client(), "viewer").get(f"{AT}/{path.replace('1', '2')}")
    assert (draft.status_code, "is a draft" in draft.get_json()["error"]) == (403, True)


@pytest.mark.parametrize("path", ["9", "9/now", "x/now", *(f"9.{kind}" for kind in HANDS)])
def test_what_is_not_there_is_said(server: Flask, path: str) -> None:
    reply = Caller(server.test_client()).get(f"{AT}/{path}")
    assert reply.status_code == 404
    assert "There is no briefing" in reply.get_json()["error"]


def test_only_a_second_account_clears(server: Flask) -> None:
    assert act(server, f"{AT}/2/clear", "pmo").status_code == 403
    assert act(server, f"{AT}/2/clear", "viewer").status_code == 403
    assert act(server, f"{AT}/1/clear").status_code == 409
    assert act(server, f"{AT}/9/clear").status_code == 404
    assert act(server, f"{AT}/x/clear").status_code == 404


WRONG: list[tuple[Any, str | None]] = [
    (None, None),
    ([], None),
    ({"title": "T"}, "panels"),
    ({**WISH, "colour": "red"}, "colour"),
    ({**WISH, "title": 3}, "title"),
    ({**WISH, "title": ""}, "title"),
    ({**WISH, "query": 3}, "query"),
    ({**WISH, "query": "colour=red"}, "colour"),
    ({**WISH, "query": "as_of=2031-01-01"}, "as_of"),
    ({**WISH, "panels": "totals"}, "panels"),
    ({**WISH, "panels": []}, "panels"),
    ({**WISH, "panels": ["totals"]}, "panels"),
    ({**WISH, "panels": [{"name": 3}]}, "name"),
    ({**WISH, "panels": [{"name": "totals", "note": 3}]}, "note"),
    ({**WISH, "panels": [{"name": "nothing"}]}, "panels"),
    ({**WISH, "panels": [{"name": "complaint"}]}, "panels"),
]


@pytest.mark.parametrize(("body", "parameter"), WRONG)
def test_what_cannot_be_frozen_is_named(server: Flask, body: Any, parameter: str | None) -> None:
    reply = send(server, body)
    assert (reply.status_code, reply.get_json()["parameter"]) == (400, parameter), reply.text


def test_others_make_none_and_parameters_are_none_of_theirs(server: Flask) -> None:
    assert send(server, WISH, "viewer").status_code == 403
    assert send(server, {**WISH, "panels": [{"name": "officers"}]}, "presenter").status_code == 403
    for path in ("", "/1", "/1/now", "/1.pdf"):
        reply = Caller(server.test_client()).get(f"{AT}{path}?government=sindh")
        assert (reply.status_code, reply.get_json()["parameter"]) == (400, "government")


@pytest.mark.parametrize("path", ["", "/now", ".xlsx"])
def test_what_was_tampered_with_is_not_shown(own: Database, path: str) -> None:
    server = server_over(own)
    send(server, WISH)
    with own.writer() as connection:
        connection.execute(text("UPDATE briefing SET content = replace(content, 'Cabinet', 'Kabinett')"))
    reply = Caller(server.test_client()).get(f"{AT}/1{path}")
    assert reply.status_code == 500
    assert "does not match its SHA-256" in reply.get_json()["error"]
