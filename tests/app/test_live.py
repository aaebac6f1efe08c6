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
from playwright.sync_api import Page, Request, expect
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from data_access.database import Database, open_database
from data_access.identity import become_another
from data_access.tables.facts import complaint
from data_access.tables.system import data_version, dataset
from tests.app.browsing import NewContext, Visit, asks_every_second, drawn, sign_in, signed_in, soon, until
from tests.app.serving import server_over, serving
from tests.app.small import NEWEST, bring, event, filed, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

ROOT = Path(__file__).parents[2]
ZOOM = "document.querySelector('.js-plotly-plot').layout.xaxis.range"


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A small database that one test after the other adds to."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('moving') / 'moving.duckdb'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def address(moving: Database) -> Iterator[str]:
    with serving(server_over(moving)) as url:
        yield url


def watched(new_context: NewContext, address: str) -> Visit:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    expect(seen.page.locator("#lamp")).to_contain_text("live")
    return seen


@pytest.fixture
def watching(new_context: NewContext, address: str) -> Visit:
    return watched(new_context, address)


def file_one(database: Database) -> str:
    """One complaint more, in Sindh; how many there are then, as the page says it."""
    with database.snapshot() as connection:
        had: int = connection.execute(select(func.count()).select_from(complaint)).scalar_one()
    row, received = filed(900 + had, NEWEST, "sindh-office")
    bring(database, {"complaint": [row], "event": [received]})
    return str(had + 1)


def first(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.jd-strip .jd-size').textContent"))


def of_sindh(page: Page) -> str:
    """What Sindh has received, as the page of all says."""
    return page.locator(".jd-league [data-figure='sindh received']").inner_text()


def version(page: Page) -> str | None:
    """Which data the page shows."""
    return page.locator("#page").get_attribute("data-version")


def test_an_event_is_on_the_screen_in_three_seconds(watching: Visit, moving: Database) -> None:
    now = file_one(moving)
    took = until(watching.page, lambda: first(watching.page) == now)
    watching.check()
    assert took <= soon(watching.page)


def test_new_figures_are_marked_for_a_moment(watching: Visit, moving: Database) -> None:
    page = watching.page
    file_one(moving)
    marked = "[...document.querySelectorAll('.jd-new')].map(one => one.dataset.figure)"
    found: set[str] = set()

    def marks() -> list[str]:
        """What is marked now; panels may be drawn one after the other."""
        now: list[str] = page.evaluate(marked)
        found.update(now)
        return now

    until(page, lambda: marks() and {"received", "sindh received"} <= found)
    until(page, lambda: not marks())
    assert "federal received" not in found


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


def test_what_the_reader_has_done_stays(watching: Visit, moving: Database) -> None:
    page = watching.page
    before = first(page)
    panel = page.locator("section", has_text="Are resolved ones really so?")
    panel.get_by_text("Table", exact=True).click()
    expect(panel.locator("tbody tr").first).to_contain_text(f"Received{before}")
    zoomed = zoom(page)
    scrolled = page.evaluate("scrollY")
    assert scrolled > 0
    page.evaluate("document.querySelector('details.jd-menu').open = true")
    page.evaluate("document.querySelector('.jd-league a[href$=punjab]').focus({preventScroll: true})")
    now = file_one(moving)
    expect(panel.locator("tbody tr").first).to_contain_text(f"Received{now}")
    drawn(page)
    until(page, lambda: page.evaluate(ZOOM) == zoomed)
    page.wait_for_timeout(500)
    assert page.evaluate(ZOOM) == zoomed
    assert page.evaluate("scrollY") == scrolled
    assert page.evaluate("document.querySelector('details.jd-menu').open")
    expect(page.locator(":focus")).to_have_attribute("href", "/?government=punjab")
    page.locator(".js-plotly-plot").dblclick(position={"x": 400, "y": 60})
    until(page, lambda: page.evaluate(ZOOM) != zoomed)
    watching.check()


def test_nothing_is_drawn_while_nothing_changes(watching: Visit) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if "x-ahead" not in request.headers:
            asked.append(request.url.rpartition("/")[2])

    watching.page.on("request", note)
    asks_every_second(watching.page, 4)
    assert set(asked) == {"live"}


def test_a_day_that_was_chosen_stays_while_the_data_go_on(watching: Visit, moving: Database) -> None:
    page = watching.page
    watching.open("/?as_of=2019-09-29")
    drawn(page)
    before = version(page)
    bring(moving, {"event": [event(110, NEWEST, "feedback", satisfied="true")]})
    until(page, lambda: version(page) != before)
    assert page.url.endswith("/?as_of=2019-09-29")
    expect(page.locator("#stamp")).to_contain_text("as of 29 Sep 2019")


def test_another_database_in_the_place_of_this_one_is_drawn_though_its_numbers_are_lower(
    new_context: NewContext, own: Database
) -> None:
    with serving(server_over(own)) as url:
        watching = watched(new_context, url)
        page = watching.page
        before = version(page)
        with own.writer() as connection:
            connection.execute(update(dataset).values(label="another database"))
            connection.execute(update(data_version).values(version=0))
            become_another(connection)
        until(page, lambda: version(page) != before)
        expect(page.locator("body")).to_contain_text("another database")
        watching.check()
        page.close()


def test_a_lost_database_leaves_the_last_good_figures(watching: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    page = watching.page
    before = first(page)

    def gone(self: Database) -> None:
        raise OperationalError("", {}, Exception("secret"))

    with monkeypatch.context() as patch:
        patch.setattr(Database, "snapshot", gone)
        expect(page.locator("#lamp")).to_have_text("figures as of 30 Sep 2019, reconnecting …")
        assert first(page) == before
        assert "secret" not in page.content()
    expect(page.locator("#lamp")).to_contain_text("live")
    assert first(page) == before


def test_a_filter_chosen_while_the_database_is_gone_comes_when_it_is_back(
    watching: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = watching.page
    sindh = of_sindh(page)

    def gone(self: Database) -> None:
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(Database, "snapshot", gone)
        expect(page.locator("#lamp")).to_contain_text("reconnecting")
        page.locator(".jd-league").get_by_role("link", name="Sindh").click()
        page.wait_for_timeout(500)
    watching.first_figure(sindh)


def test_a_session_that_ended_leads_to_the_door_and_back(watching: Visit) -> None:
    page = watching.page
    watching.open("/?government=sindh")
    drawn(page)
    page.context.clear_cookies()
    expect(page.get_by_label("Password")).to_be_visible()
    page.get_by_label("Name").fill("pmo")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{watching.address}/?government=sindh")
    drawn(page)


def test_another_account_in_another_tab_is_noticed(new_context: NewContext, address: str) -> None:
    watching = sign_in(new_context(), address, "pmo")  # whose session ends
    page = watching.page
    drawn(page)
    sindh = of_sindh(page)
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
    expect(page.locator("#account")).to_have_text("cs-sindh")
    watching.first_figure(sindh)


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
        expect(page.locator("#lamp")).to_have_text("figures as of 30 Sep 2019, reconnecting …")
        assert first(page) == "35"
        database = open_database(url)
        file_one(database)
        database.close()
        process = started(url, port)
        until(page, lambda: first(page) == "36")
        expect(page.locator("#lamp")).to_contain_text("live")
    finally:
        process.kill()
        process.wait()
