"""An import that one process runs is seen, and can be cancelled, from any other that serves the same PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import assemble
from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.forms import FIELD
from dashboard.web.imports.page import BUSY, ELSEWHERE
from dashboard.web.imports.pages import WORKS, ending_imports
from dashboard.web.imports.works import SILENT
from data_access.database import Database, open_database
from data_access.settings import Settings
from tests.app.serving import SETTINGS, browser
from tests.app.small import make
from tests.app.test_admin_imports import CATEGORIES, Held, held, send
from tests.servers import within

__all__ = ["held"]
pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture
def databases(postgres_database: str) -> Iterator[list[Database]]:
    """Opened as two processes would."""
    make(postgres_database).close()
    both = [open_database(postgres_database) for _ in range(2)]
    yield both
    for one in both:
        one.close()


@pytest.fixture
def servers(databases: list[Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Flask]]:
    """A server of each of the two processes."""
    monkeypatch.chdir(tmp_path)  # what is sent comes into a folder below
    url = databases[0].engine.url.render_as_string(hide_password=False)
    settings = Settings(secret_key=SETTINGS.secret_key, database_url=url, rate_per_minute=1_000_000)
    with ExitStack() as stack:
        both = [assemble(settings, one).server for one in databases]
        for one in both:
            stack.enter_context(ending_imports(one))
        yield both


def test_how_far_it_is_and_how_it_ended_is_told_by_both(servers: list[Flask], held: Held) -> None:
    here, there = (browser(one, "admin") for one in servers)
    assert send(here, ("kinds.csv", CATEGORIES), invented="1").status_code == 303
    assert held.begun.wait(20)
    assert within(10, lambda: "rebuilding the ledger" in there.get(f"{IMPORTS_PAGE}/progress").text)
    now = there.read(f"{IMPORTS_PAGE}/progress")
    assert (now["running"], now["number"], now["share"]) == (True, 1, 1.0)
    assert {name: text for name, _, text in now["facts"]}["rows"] == "3"
    page = there.get(IMPORTS_PAGE).text
    assert 'data-work="1"' in page
    assert ELSEWHERE not in page
    assert "begun by admin" in page
    reply = send(there, ("kinds.csv", CATEGORIES), token=there.token(), invented="1")
    assert (reply.status_code, BUSY in reply.text) == (409, True)
    held.go_on.set()
    for caller in (here, there):
        assert within(20, lambda: "The data version is 2" in caller.get(IMPORTS_PAGE).text)  # noqa: B023  # asked at once
        assert "2 accepted + 1 rejected + 0 waiting + 0 unchanged = 3 rows read." in caller.get(IMPORTS_PAGE).text
        assert caller.read(f"{IMPORTS_PAGE}/progress") == {"running": False}


def test_it_is_cancelled_from_the_other(servers: list[Flask], held: Held) -> None:
    here, there = (browser(one, "admin") for one in servers)
    send(here, ("kinds.csv", CATEGORIES), invented="1")
    assert held.begun.wait(20)
    there.post(f"{IMPORTS_PAGE}/cancel", {FIELD: there.token(), "number": "99"})
    assert servers[0].extensions[WORKS].running is not None
    assert there.post(f"{IMPORTS_PAGE}/cancel", {FIELD: there.token(), "number": "1"}).status_code == 303
    for caller in (there, here):
        stopped = "It was stopped; nothing of it has landed."
        assert within(20, lambda: stopped in caller.get(IMPORTS_PAGE).text)  # noqa: B023  # asked at once
    held.go_on.set()
    assert send(there, ("kinds.csv", CATEGORIES), invented="1").status_code == 303  # now the other one may
    assert within(20, lambda: "2 accepted" in here.get(IMPORTS_PAGE).text)


def test_what_a_trial_would_refuse_is_shown_by_both(servers: list[Flask]) -> None:
    here, there = (browser(one, "admin") for one in servers)
    send(here, ("kinds.csv", CATEGORIES), invented="1", trial="1")
    assert within(20, lambda: there.get(f"{IMPORTS_PAGE}/trial/rejects.csv").status_code == 200)
    assert there.get(f"{IMPORTS_PAGE}/trial/rejects.csv").data == here.get(f"{IMPORTS_PAGE}/trial/rejects.csv").data


def test_one_whose_process_died_is_told_as_ended_and_stands_in_nobody_s_way(
    servers: list[Flask], databases: list[Database]
) -> None:
    with databases[0].engine.begin() as connection:
        told = "INSERT INTO import_work VALUES (7, 'import', 'x.csv', 'admin', 'reading', 5, 0.5, 9, false, {}, NULL)"
        connection.execute(text(told.format("extract(epoch FROM clock_timestamp()) - 10")))
    there = browser(servers[1], "admin")
    assert there.read(f"{IMPORTS_PAGE}/progress")["running"] is True
    assert send(there, ("kinds.csv", CATEGORIES), token=there.token(), invented="1").status_code == 409
    with databases[0].engine.begin() as connection:
        connection.execute(text("UPDATE import_work SET beat = beat - 10"))
    assert SILENT in there.get(IMPORTS_PAGE).text
    assert there.read(f"{IMPORTS_PAGE}/progress") == {"running": False}
    assert send(there, ("kinds.csv", CATEGORIES), invented="1").status_code == 303
    assert within(20, lambda: "2 accepted" in there.get(IMPORTS_PAGE).text)
