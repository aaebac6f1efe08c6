"""Reviews over HTTP: promises and review days by form, sheets to print, a workbook; what is entered shows at once."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from data_access.database import Database
from data_access.tables.accounts import audit_entry
from tests.app.serving import Caller, browser, server_over

PROMISES, DAYS = "/review/commitments", "/review/days"
HALF = {
    "government": "punjab",
    "metric": "resolution_rate",
    "value": "90%",
    "due_by": "2019-10-31",
    "set_on": "2019-09-30",
    "source": "Review of 30 September",
    "do": "add",
}


@pytest.fixture
def server(own: Database) -> Flask:
    return server_over(own)


def target(server: Flask, government: str) -> list[Any]:
    """What the scorecard says that this government has promised."""
    rows = Caller(server.test_client()).read("/api/v1/panels/scorecard")["rows"]
    [row] = [row for row in rows if row["slug"] == government]
    return [row["target_metric"], row["target"], row["target_by"], row["target_met"]]


def noted(database: Database) -> list[str]:
    """What was done, by the audit log, sign-ins aside."""
    with database.snapshot() as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [f"{row.account} {row.action}" for row in rows if row.action != "sign-in"]


def test_a_promise_is_entered_shown_at_once_and_withdrawn(own: Database, server: Flask) -> None:
    pmo = browser(server, "pmo")
    assert target(server, "punjab") == [None] * 4
    mark = pmo.read("/live")["mark"]
    reply = pmo.fill(PROMISES, HALF)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{PROMISES}?done=added")
    assert target(server, "punjab") == ["resolution_rate", 0.9, "2019-10-31", False]
    assert pmo.read("/live")["mark"] != mark  # open pages are drawn anew
    shown = pmo.get(f"{PROMISES}?done=added").text
    assert "scorecard and worklist hold figures against it from now on" in shown
    assert "Resolution rate ≥ 90.0%" in shown
    lines = Caller(server.test_client()).read("/api/v1/panels/commitments?government=punjab")["rows"]
    assert [(line["slug"], line["state"], line["reached"], line["days_left"]) for line in lines] == [
        ("punjab", "open", 0.8, 31)
    ]
    assert pmo.fill(PROMISES, {"do": "withdraw", "number": "3"}).headers["Location"] == f"{PROMISES}?done=withdrawn"
    assert target(server, "punjab") == [None] * 4
    assert "withdrawn" in pmo.get(PROMISES).text
    assert noted(own) == ["pmo commitment-made", "pmo commitment-withdrawn"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "many"}, "many is no number; write 55 for 55%, or 2500."),
        ({"value": "101"}, "A rate is at most 100%"),
        ({"due_by": "soon"}, "soon is no day; write it as 2019-10-31."),
        ({"due_by": "2019-09-01"}, "the second must be later"),
        ({"office": "no-office"}, "There is no office &#39;no-office&#39;"),
        ({"source": ""}, "Say in at most 200 letters where it was promised."),
        ({"do": "withdraw", "number": "x"}, "The form does not say which entry; use its buttons."),
        ({"do": "withdraw", "number": "77"}, "There is no such entry any more"),
    ],
)
def test_what_cannot_be_promised_is_said_and_what_was_typed_stays(
    own: Database, server: Flask, change: dict[str, str], words: str
) -> None:
    reply = browser(server, "pmo").fill(PROMISES, {**HALF, **change})
    assert reply.status_code == 400
    assert words in reply.text
    assert 'value="Review of 30 September"' in reply.text or change == {"source": ""}
    assert noted(own) == []


def test_a_chief_secretary_enters_what_is_his_own(own: Database, server: Flask) -> None:
    secretary = browser(server, "cs-sindh")
    assert "Federal" not in secretary.get(PROMISES).text
    assert secretary.fill(PROMISES, HALF).status_code == 403
    office = {**HALF, "government": "sindh", "office": "sindh-office"}
    assert secretary.fill(PROMISES, office).status_code == 303
    assert target(server, "sindh")[1] == 0.5  # what an office promises is none of its government's promises
    work = secretary.read("/api/v1/panels/worklist")["rows"]
    assert {(row["slug"], row["target_level"], row["target"]) for row in work if row["target"]} == {
        ("sindh-office", "office", 0.9)
    }
    assert (
        secretary.fill(DAYS, {"day": "2019-10-15", "kind": "provincial review", "government": "sindh"}).status_code
        == 303
    )
    assert secretary.fill(DAYS, {"day": "2019-10-15", "kind": "cabinet review", "government": ""}).status_code == 403
    assert secretary.read("/api/v1/panels/worklist")["filters"]["by"] == "2019-10-15"
    assert Caller(server.test_client()).read("/api/v1/panels/worklist")["filters"]["by"] == "2019-10-30"
    assert noted(own).count("cs-sindh refused") == 2


@pytest.mark.parametrize("account", ["viewer", "presenter", "admin"])
def test_others_enter_nothing(server: Flask, account: str) -> None:
    visitor = browser(server, account)
    for path in (PROMISES, DAYS):
        assert visitor.get(path, Accept="text/html").status_code == 403
        assert path not in visitor.get("/account", Accept="text/html").text


def test_the_sheets_hold_every_row_and_a_break_before_each_district(server: Flask) -> None:
    secretary = browser(server, "cs-sindh")
    page = secretary.get("/review/sheets", Accept="text/html").text
    rows = secretary.read("/api/v1/panels/worklist")["rows"]
    assert page.count('class="jd-card jd-sheet"') == len({row["district_slug"] for row in rows}) == 1
    assert page.count("<thead>") == 2
    for row in rows:
        assert row["name"] in page
    assert secretary.get("/review/sheets?government=punjab").status_code == 403
    assert secretary.get("/review/sheets?by=2019-09-01").status_code == 400


def test_the_workbook_holds_numbers_and_days_and_is_noted(own: Database, server: Flask) -> None:
    secretary = browser(server, "cs-sindh")
    reply = secretary.get("/api/v1/panels/worklist.xlsx?by=2019-10-31")
    assert reply.status_code == 200
    assert 'filename="jawabdeh-worklist-sindh-2019-10-31-2019-09-30-v1.xlsx"' in reply.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(reply.data)) as book:
        names = book.namelist()
        first, second = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        texts = book.read("xl/sharedStrings.xml").decode()
    assert len([name for name in names if name.startswith("xl/worksheets/sheet")]) == 2
    assert "autoFilter" in second
    assert "SUBTOTAL(109," in second
    assert "autoFilter" not in first
    for words in ("30 Sep 2019", "31 Oct 2019", "closings a day", "sample data for tests", "Works office"):
        assert words in texts
    assert noted(own) == ["cs-sindh export"]


def test_a_file_is_for_those_who_take_figures_along(server: Flask) -> None:
    screen = browser(server, "display")
    assert screen.get("/api/v1/panels/worklist.xlsx").status_code == 403
    assert screen.get("/review/sheets").status_code == 403
