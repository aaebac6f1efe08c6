"""Signals, replies and audits over HTTP: thresholds, replies and results by form; what is entered shows at once."""

import pytest
from flask import Flask
from sqlalchemy import select

from data_access.database import Database
from data_access.tables.accounts import audit_entry
from tests.app.serving import Caller, browser, server_over

REPLIES, AUDITS, SIGNALS = "/officers/replies", "/officers/audits", "/admin/signals"
DRAW = {"do": "draw", "seed": "7", "size": "12", "from_on": "", "to_on": "", "government": ""}


@pytest.fixture
def server(own: Database) -> Flask:
    return server_over(own)


def noted(database: Database) -> list[str]:
    """What was done, by the audit log, sign-ins aside."""
    with database.snapshot() as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [f"{row.account} {row.action}" for row in rows if row.action != "sign-in"]


def test_an_administrator_sets_thresholds(own: Database, server: Flask) -> None:
    admin = browser(server, "admin")
    assert "from 20 such answers on" in admin.get(SIGNALS).text
    reply = admin.fill(SIGNALS, {"name": "relief-denied", "number": "3"})
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{SIGNALS}?done=set")
    shown = admin.get(f"{SIGNALS}?done=set").text
    assert "It is set, and counts for everybody" in shown
    assert "from 3 such answers on" in shown
    wrong = admin.fill(SIGNALS, {"name": "relief-denied", "number": "<few>"})
    assert wrong.status_code == 400
    assert "&lt;few&gt; is no threshold" in wrong.text
    assert admin.fill(SIGNALS, {"number": "3"}).status_code == 400
    assert noted(own) == ["admin settings"]
    assert browser(server, "pmo").get(SIGNALS).status_code == 403


def test_an_office_replies_by_its_form(own: Database, server: Flask) -> None:
    sindh = browser(server, "cs-sindh")
    led = sindh.get(f"{REPLIES}?office=sindh-office&signal=praise-burst").text
    assert 'value="sindh-office"' in led
    assert '<option value="praise-burst" selected>' in led
    reply = {"do": "add", "office": "sindh-office", "signal": "praise-burst", "text": "They are <pleased>."}
    assert sindh.fill(REPLIES, reply).headers["Location"] == f"{REPLIES}?done=added"
    shown = sindh.get(f"{REPLIES}?done=added").text
    assert "The reply is entered" in shown
    assert "They are &lt;pleased&gt;." in shown
    assert sindh.fill(REPLIES, {**reply, "text": ""}).status_code == 400
    assert sindh.fill(REPLIES, {**reply, "office": "punjab-office"}).status_code == 403
    pmo = browser(server, "pmo")
    assert "answers for no office of its own" in pmo.get(REPLIES).text
    assert pmo.fill(REPLIES, {"do": "withdraw", "number": "1"}).status_code == 403
    assert sindh.fill(REPLIES, {"do": "withdraw", "number": "1"}).headers["Location"] == f"{REPLIES}?done=withdrawn"
    assert sindh.fill(REPLIES, {"do": "withdraw", "number": "x"}).status_code == 400
    done = [entry for entry in noted(own) if "refused" not in entry]
    assert done == ["cs-sindh signal-replied", "cs-sindh reply-withdrawn"]


def test_closings_are_drawn_and_results_entered(own: Database, server: Flask) -> None:
    pmo = browser(server, "pmo")
    program = Caller(server.test_client())
    assert program.read("/api/v1/panels/audit-result")["headline"].startswith("No closing was drawn")
    assert "Enter what a citizen said" not in pmo.get(AUDITS).text
    assert pmo.fill(AUDITS, DRAW).headers["Location"] == f"{AUDITS}?done=drawn"
    sample = program.read("/api/v1/panels/audit-sample?limit=100000")
    numbers = [row["id"] for row in sample["rows"]]
    assert sample["count"] == len(numbers) >= 12
    offered = pmo.get(f"{AUDITS}?done=drawn").text
    assert "The closings are drawn" in offered
    assert all(f'<option value="{number}">' in offered for number in numbers)
    call = {"do": "enter", "number": "1", "complaint": str(numbers[0]), "result": "confirmed"}
    assert pmo.fill(AUDITS, call).headers["Location"] == f"{AUDITS}?done=entered"
    whole = program.read("/api/v1/panels/audit-result")["rows"][-1]
    assert (whole["slug"], whole["answered"], whole["confirmed"], whole["share"]) == ("all", 1, 1, None)
    assert whole["reason"] == "fewer than 30 answers"
    assert f'<option value="{numbers[0]}">' not in pmo.get(AUDITS).text
    assert "confirmed" in program.get("/api/v1/panels/audit-sample.csv").text
    for wrong in (
        {**call, "complaint": "x"},
        {**call, "result": "perhaps"},
        {**call, "number": "9"},
        {**DRAW, "size": "none"},
        {**DRAW, "from_on": "soon"},
        {**DRAW, "from_on": "1999-01-01"},
    ):
        reply = pmo.fill(AUDITS, wrong)
        assert reply.status_code == 400, wrong
        assert 'aria-invalid="true"' in reply.text, wrong
    assert noted(own)[:2] == ["pmo audit-drawn", "pmo audit-answered"]
    assert browser(server, "viewer").get(AUDITS).status_code == 403
    sindh = browser(server, "cs-sindh")
    assert sindh.fill(AUDITS, DRAW).status_code == 403
    assert sindh.fill(AUDITS, {**DRAW, "government": "sindh"}).status_code == 303
    assert program.get("/api/v1/panels/audit-sample?id=77").status_code == 404


def test_programs_find_every_draw_and_ask_for_one(own: Database, server: Flask) -> None:
    pmo, program, sindh = browser(server, "pmo"), Caller(server.test_client()), Caller(server.test_client(), "cs-sindh")
    assert program.read("/api/v1/panels/audit-draws")["rows"] == []
    pmo.fill(AUDITS, DRAW)
    pmo.fill(AUDITS, {**DRAW, "seed": "8", "government": "sindh"})
    pmo.fill(AUDITS, {"do": "enter", "number": "2", "complaint": "200", "result": "confirmed"})
    found = program.read("/api/v1/panels/audit-draws")
    assert [(row["draw"], row["government_slug"], row["seed"]) for row in found["rows"]] == [
        (2, "sindh", 8),
        (1, None, 7),
    ]
    assert [row["reason"] for row in found["rows"]] == ["fewer than 30 answers", "no result was entered yet"]
    assert [column["name"] for column in found["columns"]] == list(found["rows"][0])
    for row in found["rows"]:
        whole = program.read(f"/api/v1/panels/audit-result?id={row['draw']}")["rows"][-1]
        sample = program.read(f"/api/v1/panels/audit-sample?id={row['draw']}")
        assert (whole["sampled"], whole["answered"]) == (row["sampled"], row["answered"])
        assert {one["draw"] for one in sample["rows"]} == {row["draw"]}
        assert sample["count"] == row["sampled"]
    assert [row["draw"] for row in sindh.read("/api/v1/panels/audit-draws")["rows"]] == [2]
    assert sindh.get("/api/v1/panels/audit-result?id=1").status_code == 403
    assert len(Caller(server.test_client(), "viewer").read("/api/v1/panels/audit-draws")["rows"]) == 2
    assert program.get("/api/v1/panels/audit-draws?id=1").status_code == 400  # it lists them all
    assert program.get("/api/v1/panels/audit-draws.csv").text.count("\n") == 3
