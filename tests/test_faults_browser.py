"""What a person sees at two workers over a real PostgreSQL: while batches land, and while the database is away."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import make_url

from data_access.database import open_database
from data_access.intake.door import rows_of, take_in
from tests.app import browsing
from tests.app.browsing import NewContext, Visit, until
from tests.app.small import NEWEST, NOW, filed, make, table_of
from tests.clicking import RECOVERY
from tests.conftest import administer
from tests.servers import Running, running
from tools import postgres
from tools.postgres import Server

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("browser")]
VERSIONS = 6
"""That are seen on the page at least, while batches land under it;"""
SECONDS = 200.0
"""and for how long at most."""
LOST = "figures as of 30 Sep 2019, reconnecting …"
AWAY = "The database does not answer"
CHOSEN = "The database does not answer. These are the figures as of 30 Sep 2019; what you chose comes by itself."
# The version that the page says it is of, and all that is received as three panels tell it; null: not drawn yet.
SHOWN = """() => {
    const of = panel => [...document.querySelectorAll(`.jd-panel-${panel} [data-figure]`)];
    const sum = (panel, ends) => of(panel).filter(one => one.dataset.figure.endsWith(ends))
        .reduce((all, one) => all + Number(one.textContent.replaceAll(",", "")), 0);
    const found = [sum("totals", "received"), sum("scorecard", " received"), sum("ladder", "received complaints")];
    const version = document.getElementById("page")?.dataset.version;
    return version && found.every(Boolean) ? [Number(version.split(".")[0]), ...found] : null;
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that may be killed, with the small database."""
    with postgres.held() as one:
        administer(make_url(one.url), "CREATE DATABASE small")
        make(url_of(one)).close()
        yield one


def url_of(server: Server) -> str:
    return make_url(server.url).set(database="small").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def served(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two workers."""
    with running(tmp_path_factory.mktemp("served"), DATABASE_URL=url_of(server), WORKERS="2") as one:
        yield one
        assert "Traceback" not in one.said()


@contextmanager
def batches(url: str) -> Iterator[list[int]]:
    """Complaints that come in one after the other, each in a batch of its own, by the way of the command line."""
    stop = threading.Event()
    versions: list[int] = []

    def bring() -> None:
        with closing(open_database(url)) as database:
            while not stop.wait(1.0):
                complaint, first = filed(2_000 + len(versions), NEWEST, "sindh-office")
                rows = {"complaint": table_of([complaint]), "event": table_of([first])}
                versions.append(take_in(database, rows_of(rows, "test"), "test", now=NOW).version)

    thread = threading.Thread(target=bring)
    thread.start()
    try:
        yield versions
    finally:
        stop.set()
        thread.join(60)


def opened(new_context: NewContext, served: Running, account: str) -> Visit:
    """The scorecard, drawn, for who has just signed in."""
    page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{served.address}/sign-in")
    page.get_by_label("Name").fill(account)
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    drawn(page)
    return Visit(page, served.address)


def drawn(page: Page) -> None:
    """Wait until everything is on the screen: two workers, PostgreSQL and a browser on one machine take time."""
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=120_000)
    browsing.drawn(page)


def look(page: Page, seconds: float) -> list[list[int]]:
    """What the page shows at every look for so long."""
    seen, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        shown = page.evaluate(SHOWN)
        if shown is not None:
            seen.append(shown)
        page.wait_for_timeout(20)
    return seen


def test_no_page_shows_two_versions_at_once(new_context: NewContext, served: Running, server: Server) -> None:
    """Whichever worker answers, while batches land: at every look all of the page is of the one version."""
    visit = opened(new_context, served, "pmo")
    page = visit.page
    version, received, _, _ = page.evaluate(SHOWN)
    sindh = int(str(page.locator('.jd-league [data-figure="sindh received"]').text_content()))
    # Each batch is a version more and a complaint more in Sindh: so received less the version says what is looked at.
    whole, part = received - version, sindh - version
    seen: list[list[int]] = []
    end = time.monotonic() + SECONDS
    with batches(url_of(server)):
        while len({one[0] for one in seen}) < VERSIONS and time.monotonic() < end:
            seen += look(page, 10)
            page.locator(".jd-league").get_by_role("link", name="Sindh").click()
            seen += look(page, 3)
            page.go_back()
            seen += look(page, 3)
            page.reload()
            drawn(page)
    mixed = [one for one in seen if not {told - one[0] for told in one[1:]} <= {whole, part}]
    assert not mixed, f"{len(mixed)} of {len(seen)}, such as {mixed[:3]}"
    assert len({one[0] for one in seen}) >= VERSIONS
    visit.check()


def test_an_open_page_keeps_its_figures_while_the_database_is_killed(
    new_context: NewContext, served: Running, server: Server
) -> None:
    page = opened(new_context, served, "admin").page
    received = page.locator(".jd-strip .jd-size").first.text_content()
    other, admin = page.context.new_page(), page.context.new_page()
    server.kill()
    expect(page.locator("#lamp")).to_have_text(LOST)
    expect(page.locator(".jd-strip .jd-size").first).to_have_text(str(received))
    expect(page.locator(".jd-wait")).not_to_be_visible()
    page.locator(".jd-league").get_by_role("link", name="Sindh").click()
    expect(page.locator(".jd-wait")).to_be_visible()
    expect(page.locator(".jd-wait")).to_have_text(CHOSEN)
    for path in ("/", "/briefings", "/methods", "/account", "/review/days", "/admin"):
        other.goto(served.address + path)
        expect(other.get_by_role("heading", name=AWAY)).to_be_visible()
        expect(other.locator("body")).to_contain_text("This page asks again by itself.")
    other.close()
    admin.goto(f"{served.address}/admin/imports")
    expect(admin.get_by_role("heading", name=AWAY)).to_be_visible()
    stranger = new_context().new_page()
    stranger.goto(f"{served.address}/sign-in")
    stranger.get_by_label("Name").fill("pmo")
    stranger.get_by_label("Password").fill("demo")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("alert")).to_contain_text(AWAY)
    expect(stranger.get_by_label("Name")).to_have_value("pmo")
    page.bring_to_front()
    server.run()
    until(page, lambda: "live" in str(page.locator("#lamp").text_content()), within=RECOVERY)
    expect(admin.get_by_role("heading", name="Imports", exact=True)).to_be_visible()  # it asks every two seconds
    expect(page.locator("#stamp")).to_contain_text("30 Sep 2019")
    expect(page.locator(".jd-league tbody tr")).to_have_count(1)  # what was chosen has come
    expect(page.locator(".jd-wait")).not_to_be_visible()
    expect(page.locator("#page")).not_to_contain_text(AWAY)
