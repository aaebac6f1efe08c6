"""Imports over HTTP: files by a form, one at a time, watched, cancelled, rolled back; what was refused, as files."""

import csv
import io
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # has no types of its own
import pytest
from flask import Flask
from sqlalchemy import insert, select

from app import assemble
from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.forms import FIELD
from dashboard.web.imports import desk
from dashboard.web.imports.pages import WORKS, ending_imports
from data_access.database import Database, DatabaseProblem
from data_access.intake.check import check
from data_access.intake.progress import Progress
from data_access.settings import Settings
from data_access.tables.accounts import audit_entry
from data_access.tables.system import import_batch
from tests.app.serving import SETTINGS, Caller, browser

Reply = Any
CATEGORIES = "slug,name\nwater,Water\n,=HYPERLINK(1)\nlight,Light\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own.duckdb.uploads"


@pytest.fixture
def server(own: Database, tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(
        secret_key=SETTINGS.secret_key,
        database_url=f"duckdb:///{tmp_path / 'own.duckdb'}",
        rate_per_minute=1_000_000,
        exports_per_minute=1_000_000,
    )
    made: Flask = assemble(settings, own).server
    with ending_imports(made):
        yield made


@pytest.fixture
def admin(server: Flask) -> Caller:
    return browser(server, "admin")


def send(
    caller: Caller,
    *files: tuple[str, str | bytes],
    token: str | None = None,
    own_mapping: str | None = None,
    **fields: str,
) -> Reply:
    """What the form sends: files by name and content."""
    content = [(io.BytesIO(text.encode() if isinstance(text, str) else text), name) for name, text in files]
    form: dict[str, Any] = {FIELD: caller.token(IMPORTS_PAGE) if token is None else token, "files": content, **fields}
    if own_mapping is not None:
        form["mapping_file"] = (io.BytesIO(own_mapping.encode()), "ours.yaml")
    return caller.client.post(IMPORTS_PAGE, data=form, content_type="multipart/form-data")


def ended(caller: Caller, server: Flask) -> str:
    """The page once nothing is under way any more."""
    start = time.monotonic()
    while server.extensions[WORKS].running is not None:
        assert time.monotonic() - start < 30
        time.sleep(0.02)
    return caller.get(IMPORTS_PAGE).text


def left(folder: Path) -> list[str]:
    """What is left in the folder of uploads."""
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name != ".held"]


def noted(database: Database) -> list[tuple[str | None, str, str | None]]:
    with database.snapshot() as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [(row.account, row.action, row.subject) for row in rows if row.action not in {"sign-in", "settings"}]


class Held:
    """An import that goes on when a test says so; `begun` once it has read its files and written to the database."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = Event(), Event()
        say = Progress.say

        def slow(progress: Progress, text: str) -> None:
            if text.startswith("bringing the flow"):
                self.begun.set()
                while not self.go_on.wait(0.02):
                    progress.stopper.check()
            say(progress, text)

        monkeypatch.setattr(Progress, "say", slow)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def test_files_come_in_and_what_became_of_them_is_told(
    own: Database, server: Flask, admin: Caller, folder: Path
) -> None:
    assert "No batch" not in admin.get(IMPORTS_PAGE).text
    reply = send(admin, ("../kinds of, water.csv", CATEGORIES), invented="1")
    assert (reply.status_code, reply.headers["Location"]) == (303, IMPORTS_PAGE)
    page = ended(admin, server)
    assert "2 accepted + 1 rejected + 0 waiting + 0 unchanged = 3 rows read." in page
    assert "The data version is 2" in page
    assert "kinds of_ water.csv" in page
    assert f'href="{IMPORTS_PAGE}/2"' in page
    assert left(folder) == []
    assert noted(own) == [("admin", "import", "2")]
    again = send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert again.status_code == 303
    assert "0 accepted + 1 rejected + 0 waiting + 2 unchanged = 3 rows read." in ended(admin, server)


def test_what_was_refused_is_shown_and_taken_along(own: Database, server: Flask, admin: Caller) -> None:
    rows = "".join(f"=SUM({number}),Bad\n" for number in range(60))
    send(admin, ("مسائل.csv", f"slug,name\nwater,پانی\n{rows}"), invented="1")
    ended(admin, server)
    page = admin.get(f"{IMPORTS_PAGE}/2").text
    assert page.count("<tr>") == 51
    assert "مسائل.csv" in page
    assert 'dir="auto"' in page
    found = list(csv.DictReader(io.StringIO(admin.get(f"{IMPORTS_PAGE}/2/rejects.csv").text)))
    assert list(found[0]) == ["file", "line", "column", "value", "reason", "original"]
    assert (len(found), found[0]["file"], found[0]["line"], found[0]["column"]) == (60, "مسائل.csv", "3", "slug")
    assert (found[0]["value"], found[0]["original"]) == ("'=SUM(0)", "'=SUM(0),Bad")
    book = openpyxl.load_workbook(io.BytesIO(admin.get(f"{IMPORTS_PAGE}/2/rejects.xlsx").data))
    sheet = list(book.active.iter_rows())
    assert len(sheet) == 61
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}  # f would be a formula
    assert noted(own)[1:] == [("admin", "export", "rejects of batch-2")] * 2


def test_a_trial_keeps_nothing(own: Database, server: Flask, admin: Caller, folder: Path) -> None:
    send(admin, ("kinds.csv", CATEGORIES), invented="1", trial="1")
    page = ended(admin, server)
    assert "This was a trial: nothing was kept." in page
    assert "2 accepted + 1 rejected" in page
    assert "=HYPERLINK(1)" in page
    assert ",=HYPERLINK(1)" in admin.get(f"{IMPORTS_PAGE}/trial/rejects.csv").text
    assert admin.get(f"{IMPORTS_PAGE}/2").status_code == 404
    assert left(folder) == []
    assert noted(own) == [("admin", "export", "rejects of trial")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("letter.txt", "Dear Sir", "letter.txt"),
        ("broken.parquet", b"PAR1 and no more", "broken.parquet"),
        ("other.csv", "a,b\n1,2\n", "The header of other.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    server: Flask, admin: Caller, folder: Path, name: str, content: str | bytes, sentence: str
) -> None:
    assert send(admin, (name, content), invented="1").status_code == 303
    page = ended(admin, server)
    assert sentence in page
    assert "jd-said-trouble" in page
    assert str(folder.parent) not in page
    assert left(folder) == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (DatabaseProblem("The database is tired."), "The database is tired."),
        (OSError(28, "No space left on device"), "The disk of the server is full"),
        (ValueError("secret"), "Something went wrong here; it has been logged."),
    ],
)
def test_what_goes_wrong_is_a_sentence(
    server: Flask,
    admin: Caller,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    sentence: str,
) -> None:
    def fails(*_: object) -> None:
        raise fault

    monkeypatch.setattr(desk, "bring", fails)
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    page = ended(admin, server)
    assert sentence in page
    assert "secret" not in page + caplog.text
    assert ("ValueError" in caplog.text) is isinstance(fault, ValueError)
    assert left(folder) == []
    assert admin.get("/live").status_code == 200


def test_a_form_that_says_too_little_is_told(server: Flask, admin: Caller, folder: Path) -> None:
    assert "No file was chosen" in send(admin).text
    refused = send(admin, ("kinds.csv", CATEGORIES))
    assert (refused.status_code, "holds the sample" in refused.text) == (400, True)
    assert send(admin, ("", "")).status_code == 400
    assert left(folder) == []


TICKETS = "No;Came;Where;About\nA-1;2019-10-01;Water board;pipes\nA-2;2019-10-02;Water board;pipes\n"
MAPPING = """
rows: case
namespace: tickets
file: {separator: ";"}
make: [department, office, category]
columns:
  id: {column: No, id: text}
  received_at: {column: Came, format: "%Y-%m-%d"}
  government: {constant: Sindh}
  department: Where
  category: About
"""


def test_an_export_comes_in_by_a_mapping_of_ones_own(server: Flask, admin: Caller, folder: Path) -> None:
    assert send(admin, ("t.csv", TICKETS), own_mapping=MAPPING, mapping="own", invented="1").status_code == 303
    assert "2 accepted + 0 rejected" in ended(admin, server)
    assert left(folder) == []
    names = Caller(server.test_client()).read("/api/v1/panels/departments?government=sindh")["rows"]
    assert "Water board" in {row["name"] for row in names}


def test_an_example_of_a_mapping_is_chosen(server: Flask, admin: Caller) -> None:
    assert '<option value="nyc_311">' in admin.get(IMPORTS_PAGE).text
    assert send(admin, ("t.csv", TICKETS), mapping="nyc_311", invented="1").status_code == 303
    assert "t.csv has no column Agency" in ended(admin, server)


@pytest.mark.parametrize(
    ("choice", "own_mapping", "sentence"),
    [
        ("own", None, "was not chosen"),
        ("nyc_311", MAPPING, "Two mappings are chosen"),
        ("none-such", None, "is not there"),
        ("../secret", None, "is not there"),
        ("own", "columns: 5", "ours.yaml: columns is missing"),
        ("own", "x" * 300_000, "larger than 256 kiB"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_told(
    server: Flask, admin: Caller, folder: Path, choice: str, own_mapping: str | None, sentence: str
) -> None:
    reply = send(admin, ("t.csv", TICKETS), own_mapping=own_mapping, mapping=choice, invented="1")
    assert (reply.status_code, sentence in reply.text) == (400, True)
    assert str(folder.parent) not in reply.text
    assert server.extensions[WORKS].newest is None
    assert left(folder) == []


def test_one_at_a_time(server: Flask, admin: Caller, folder: Path, held: Held) -> None:
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert held.begun.wait(20)
    second = send(browser(server, "admin"), ("more.csv", "slug,name\nroads,Roads\n"), invented="1")
    assert second.status_code == 409
    assert "Another import or rollback is under way" in second.text
    assert left(folder) == ["kinds.csv"]
    busy = admin.fill(f"{IMPORTS_PAGE}/1/roll-back")
    assert busy.status_code == 409
    held.go_on.set()
    assert "2 accepted" in ended(admin, server)


def test_it_is_watched_and_viewers_keep_their_answers(own: Database, server: Flask, admin: Caller, held: Held) -> None:
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert held.begun.wait(20)
    now = admin.read(f"{IMPORTS_PAGE}/progress")
    told = {name: text for name, _, text in now["facts"]}
    assert (now["running"], now["share"], told["rows"]) == (True, 1.0, "3")
    assert "rebuilding the ledger" in told["doing"]
    page = admin.get(IMPORTS_PAGE).text
    assert 'data-work="1"' in page
    assert 'http-equiv="refresh"' in page
    assert 'enctype="multipart/form-data"' not in page
    viewer = Caller(server.test_client())
    before = viewer.read("/api/v1/panels/scorecard")
    assert before["data_version"] == 1
    assert len(viewer.read("/api/v1/panels/totals?government=sindh")["rows"]) > 0
    assert viewer.get("/live").status_code == 200
    assert browser(server, "viewer").get("/").status_code == 200  # somebody signs in, which is written down
    held.go_on.set()
    ended(admin, server)
    assert viewer.read("/api/v1/panels/scorecard")["data_version"] == 2
    assert admin.read(f"{IMPORTS_PAGE}/progress") == {"running": False}


def test_cancelled_nothing_is_left(own: Database, server: Flask, admin: Caller, folder: Path, held: Held) -> None:
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert held.begun.wait(20)
    admin.post(f"{IMPORTS_PAGE}/cancel", {FIELD: admin.token(), "number": "99"})
    assert server.extensions[WORKS].running is not None
    reply = admin.post(f"{IMPORTS_PAGE}/cancel", {FIELD: admin.token(), "number": "1"})
    assert (reply.status_code, reply.headers["Location"]) == (303, IMPORTS_PAGE)
    page = ended(admin, server)
    assert "It was stopped; nothing of it has landed." in page
    assert left(folder) == []
    assert admin.get(f"{IMPORTS_PAGE}/2").status_code == 404
    assert Caller(server.test_client()).read("/api/v1/panels/totals")["data_version"] == 1
    assert noted(own) == []
    assert all(finding.difference is None for finding in check(own))
    held.go_on.set()
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert "2 accepted" in ended(admin, server)


def test_a_server_that_is_stopped_stops_its_import(own: Database, server: Flask, admin: Caller, held: Held) -> None:
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert held.begun.wait(20)
    with ending_imports(server):
        pass
    assert server.extensions[WORKS].running is None
    assert admin.get(f"{IMPORTS_PAGE}/2").status_code == 404


def test_the_newest_batch_is_rolled_back(own: Database, server: Flask, admin: Caller) -> None:
    send(admin, ("kinds.csv", CATEGORIES), invented="1")
    assert f"{IMPORTS_PAGE}/2/roll-back" in ended(admin, server)
    asked = admin.get(f"{IMPORTS_PAGE}/2/roll-back").text
    assert "Are you sure?" in asked
    assert "every figure is as it was before it" in asked
    assert admin.get(f"{IMPORTS_PAGE}/1/roll-back").status_code == 409
    reply = admin.fill(f"{IMPORTS_PAGE}/2/roll-back")
    assert (reply.status_code, reply.headers["Location"]) == (303, IMPORTS_PAGE)
    page = ended(admin, server)
    assert "The batch was rolled back" in page
    assert "rolled back by batch 3" in page
    assert "rolled batch 2 back" in page
    assert "/roll-back" not in page
    assert admin.fill(f"{IMPORTS_PAGE}/2/roll-back").status_code == 409
    assert noted(own) == [("admin", "import", "2"), ("admin", "rollback", "3")]


def test_batches_come_in_pages(own: Database, server: Flask, admin: Caller) -> None:
    counts = dict.fromkeys(("read", "accepted", "rejected", "unchanged"), 0)
    rows = [{"id": n, "source": f"{n}.csv", "landed_at": datetime(2026, 1, 31, 20), **counts} for n in range(2, 53)]
    with own.writer() as connection:
        connection.execute(insert(import_batch), rows)
    first = admin.get(IMPORTS_PAGE).text
    assert f'href="{IMPORTS_PAGE}?before=3" rel="next"' in first
    assert f'href="{IMPORTS_PAGE}/52"' in first
    assert "1 Feb 2026, 01:00:00" in first  # in Karachi
    second = admin.get(f"{IMPORTS_PAGE}?before=3").text
    assert second.count('<th scope="row"') == 2
    assert "Newest" in second


def test_others_have_no_business_here(server: Flask, admin: Caller, folder: Path) -> None:
    for name in ("pmo", "cs-sindh", "presenter"):
        other = browser(server, name)
        assert other.get(IMPORTS_PAGE).status_code == 403
        assert send(other, ("kinds.csv", CATEGORIES), token=other.token(), invented="1").status_code == 403
    nobody = Caller(server.test_client(), None)
    assert send(nobody, ("kinds.csv", CATEGORIES), token="x").status_code == 401
    assert send(admin, ("kinds.csv", CATEGORIES), token="forged", invented="1").status_code == 400
    assert send(admin, ("kinds.csv", CATEGORIES), token="", invented="1").status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    form = {FIELD: admin.token(IMPORTS_PAGE), "files": (io.BytesIO(b"x"), "a.csv")}
    assert admin.client.post(IMPORTS_PAGE, data=form, headers=elsewhere).status_code == 403
    assert admin.post(f"{IMPORTS_PAGE}/cancel", {"number": "1"}).status_code == 400
    assert server.extensions[WORKS].newest is None
    assert left(folder) == []
