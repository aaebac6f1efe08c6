"""A browser watches while the data change, and while server and database come and go."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from data_access.database import Database, open_database
from data_access.identity import become_another
from data_access.tables.system import data_version, dataset
from tests.app.browsing import NewContext, Visit, drawn, signed_in, soon, until
from tests.app.serving import server_over, serving
from tests.app.small import NEWEST, bring, event, filed, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

ROOT = Path(__file__).parents[2]
ZOOM = "document.querySelector('.js-plotly-plot').layout.xaxis.range"


@pytest.fixture
def watching(new_context: NewContext, own: Database) -> Iterator[Visit]:
    with serving(server_over(own)) as url:
        seen = signed_in(new_context, url)
        drawn(seen.page)
        expect(seen.page.locator("#lamp")).to_contain_text("live")
        yield seen
        seen.page.close()


def file_one(database: Database, number: int = 900) -> None:
    """One complaint more, in Sindh."""
    complaint, first = filed(number, NEWEST, "sindh-office")
    bring(database, {"complaint": [complaint], "event": [first]})


def first(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.jd-strip .jd-size').textContent"))


def test_an_event_is_on_the_screen_in_three_seconds(watching: Visit, own: Database) -> None:
    file_one(own)
    took = until(watching.page, lambda: first(watching.page) == "36")
    watching.check()
    assert took <= soon(watching.page)


def test_new_figures_are_marked_for_a_moment(watching: Visit, own: Database) -> None:
    page = watching.page
    file_one(own)
    until(page, lambda: first(page) == "36")
    marked = "[...document.querySelectorAll('.jd-new')].map(one => one.dataset.figure)"
    until(page, lambda: page.evaluate(marked))
    found = page.evaluate(marked)
    assert "received" in found
    assert "sindh received" in found
    assert "federal received" not in found
    until(page, lambda: not page.evaluate(marked))


def zoom(page: Page) -> list[str]:
    """Drag over a part of the trend; what is shown then."""
    chart = page.locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    whole = page.evaluate(ZOOM)
    page.mouse.move(box["x"] + 300, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 700, box["y"] + 60, steps=8)
    page.mouse.up()
    until(page, lambda: page.evaluate(ZOOM) != whole)
    found: list[str] = page.evaluate(ZOOM)
    return found


def test_what_the_reader_has_done_stays(watching: Visit, own: Database) -> None:
    page = watching.page
    panel = page.locator("section", has_text="Are resolved ones really so?")
    panel.get_by_text("Table", exact=True).click()
    expect(panel.locator("tbody tr").first).to_contain_text("Received35")
    zoomed = zoom(page)
    scrolled = page.evaluate("scrollY")
    assert scrolled > 0
    page.evaluate("document.querySelector('details.jd-menu').open = true")
    page.evaluate("document.querySelector('.jd-league a[href$=punjab]').focus({preventScroll: true})")
    file_one(own)
    expect(panel.locator("tbody tr").first).to_contain_text("Received36")
    page.wait_for_timeout(500)
    assert page.evaluate(ZOOM) == zoomed
    assert page.evaluate("scrollY") == scrolled
    assert page.evaluate("document.querySelector('details.jd-menu').open")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/?government=punjab"
    page.locator(".js-plotly-plot").dblclick(position={"x": 400, "y": 60})
    until(page, lambda: page.evaluate(ZOOM) != zoomed)
    watching.check()


def test_nothing_is_drawn_while_nothing_changes(watching: Visit) -> None:
    watching.page.wait_for_timeout(300)
    watching.requests.clear()
    watching.page.wait_for_timeout(5000)
    asked = [url.rpartition("/")[2] for url in watching.requests]
    assert set(asked) == {"live"}
    assert len(asked) in {4, 5, 6}


def test_a_day_that_was_chosen_stays_while_the_data_go_on(watching: Visit, own: Database) -> None:
    page = watching.page
    watching.open("/?as_of=2019-09-29")
    drawn(page)
    bring(own, {"event": [event(110, NEWEST, "feedback", satisfied="true")]})
    until(page, lambda: (page.locator("#page").get_attribute("data-version") or "").startswith("2.2."))
    assert page.url.endswith("/?as_of=2019-09-29")
    expect(page.locator("#stamp")).to_contain_text("as of 29 Sep 2019")


def test_another_database_in_the_place_of_this_one_is_drawn_though_its_numbers_are_lower(
    watching: Visit, own: Database
) -> None:
    page = watching.page
    before = page.locator("#page").get_attribute("data-version")
    with own.writer() as connection:
        connection.execute(update(dataset).values(label="another database"))
        connection.execute(update(data_version).values(version=0))
        become_another(connection)
    until(page, lambda: page.locator("#page").get_attribute("data-version") != before)
    expect(page.locator("body")).to_contain_text("another database")
    watching.check()


def test_a_lost_database_leaves_the_last_good_figures(
    watching: Visit, own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = watching.page

    def gone(self: Database) -> None:
        raise OperationalError("", {}, Exception("secret"))

    with monkeypatch.context() as patch:
        patch.setattr(Database, "snapshot", gone)
        expect(page.locator("#lamp")).to_have_text("figures as of 30 Sep 2019, reconnecting …", timeout=10_000)
        assert first(page) == "35"
        assert "secret" not in page.content()
    expect(page.locator("#lamp")).to_contain_text("live", timeout=10_000)
    assert first(page) == "35"


def test_a_filter_chosen_while_the_database_is_gone_comes_when_it_is_back(
    watching: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = watching.page

    def gone(self: Database) -> None:
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(Database, "snapshot", gone)
        expect(page.locator("#lamp")).to_contain_text("reconnecting", timeout=10_000)
        page.locator(".jd-league").get_by_role("link", name="Sindh").click()
        page.wait_for_timeout(500)
    watching.first_figure("10")


def test_a_session_that_ended_leads_to_the_door_and_back(watching: Visit) -> None:
    page = watching.page
    watching.open("/?government=sindh")
    drawn(page)
    page.context.clear_cookies()
    expect(page.get_by_label("Password")).to_be_visible(timeout=10_000)
    page.get_by_label("Name").fill("pmo")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    drawn(page)
    assert page.url.endswith("/?government=sindh")


def test_another_account_in_another_tab_is_noticed(watching: Visit) -> None:
    page = watching.page
    page.route("**/live", lambda route: route.abort())  # else it may ask just while nobody is signed in
    other = page.context.new_page()
    other.goto(f"{watching.address}/")
    drawn(other)
    other.locator("#account").click()
    other.get_by_role("button", name="Sign out").click()
    other.get_by_label("Name").fill("cs-sindh")
    other.get_by_label("Password").fill("demo")
    other.get_by_role("button", name="Sign in").click()
    drawn(other)
    page.unroute("**/live")
    expect(page.locator("#account")).to_have_text("cs-sindh", timeout=15_000)
    watching.first_figure("10")


def started(url: str, port: int) -> "subprocess.Popen[bytes]":
    """The server in a process of its own, answering."""
    env = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "SECRET_KEY": "k" * 32}
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    start = monotonic()
    while monotonic() - start < 60:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return process
        except URLError:
            sleep(0.1)
    process.kill()
    raise AssertionError("the server did not start")


def test_a_server_that_is_killed_and_started_again(new_context: NewContext, tmp_path: Path) -> None:
    """Killed, not stopped; while it is gone the data go on."""
    url = f"duckdb:///{tmp_path / 'killed.duckdb'}"
    make(url).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = started(url, port)
    try:
        page = signed_in(new_context, f"http://127.0.0.1:{port}").page
        drawn(page)
        process.send_signal(signal.SIGKILL)
        process.wait()
        expect(page.locator("#lamp")).to_have_text("figures as of 30 Sep 2019, reconnecting …", timeout=10_000)
        assert first(page) == "35"
        database = open_database(url)
        file_one(database)
        database.close()
        process = started(url, port)
        until(page, lambda: first(page) == "36", within=15)
        expect(page.locator("#lamp")).to_contain_text("live")
    finally:
        process.kill()
        process.wait()
