"""The page in a browser: nothing from outside, no error, no violation, usable at every size and by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from data_access.database import Database
from tests.app.serving import server_over, serving
from tests.app.small import LABEL

SIZES = [(1366, 768), (1920, 1080), (390, 844)]


@pytest.fixture(scope="module")
def address(small: Database) -> Iterator[str]:
    with serving(server_over(small)) as url:
        yield url


@dataclass
class Visit:
    """A page under watch: every request and every complaint of the browser."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.goto(self.address + path)

    def note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.trouble.append(text)

    def check(self) -> None:
        host = urlsplit(self.address).netloc
        outside = [url for url in self.requests if urlsplit(url).netloc not in {host, ""}]
        assert outside == []
        assert self.trouble == []


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


def visit(browser: Browser, address: str, account: str = "pmo", size: tuple[int, int] = (1366, 768)) -> Visit:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        http_credentials={"username": account, "password": "demo"},
    )
    return Visit(context.new_page(), address)


def drawn(page: Page) -> None:
    """Wait until everything is on the screen."""
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
    expect(page.locator(".jd-waiting")).to_have_count(0)


def test_the_page_is_whole_at_every_size(browser: Browser, address: str, size: tuple[int, int]) -> None:
    seen = visit(browser, address, size=size)
    seen.open("/")
    drawn(seen.page)
    expect(seen.page.locator("#lead")).to_have_text("Sindh holds 67% of the 9 complaints pending over 90 days.")
    expect(seen.page.locator("#stamp")).to_have_text(f"as of 30 Sep 2019{LABEL}")
    expect(seen.page.locator("section h2")).to_have_count(4)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    seen.check()


def test_the_first_answer_needs_no_scrolling(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.open("/")
    drawn(seen.page)
    league = seen.page.locator(".jd-league").bounding_box()
    assert league is not None
    assert league["y"] + league["height"] <= 768


def test_a_name_descends_a_chip_and_back_widen(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.open("/")
    page = seen.page
    drawn(page)
    page.locator(".jd-league").get_by_role("link", name="Sindh").click()
    expect(page.locator(".jd-strip .jd-size").first).to_have_text("10")
    assert page.url.endswith("/?government=sindh")
    page.locator(".jd-chip").click()
    expect(page.locator(".jd-strip .jd-size").first).to_have_text("35")
    assert page.url == f"{address}/"
    page.go_back()
    expect(page.locator(".jd-strip .jd-size").first).to_have_text("10")
    seen.check()


def test_the_same_data_is_in_the_table(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.open("/")
    drawn(seen.page)
    panel = seen.page.locator("section", has_text="Are resolved ones really so?")
    panel.get_by_text("Table", exact=True).click()
    expect(panel.locator("tbody tr").first).to_contain_text("Received35100.0%")
    panel.get_by_text("How this is computed").click()
    expect(panel.locator("dl")).to_contain_text("complaints that reached the step")
    with seen.page.expect_download() as download:
        panel.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "jawabdeh-ladder-2019-09-30-v1.csv"


def test_a_wrong_address_names_the_value_and_leads_back(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.open("/?government=sind&channel=app")
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("sind")
    notice.get_by_role("link").click()
    drawn(seen.page)
    assert seen.page.url == f"{address}/?channel=app"
    expect(seen.page.locator("#notice")).to_be_empty()
    seen.check()


def test_an_unknown_page_is_designed(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.page.goto(f"{address}/nowhere")
    expect(seen.page.get_by_role("heading", name="Page not found")).to_be_visible()
    seen.page.get_by_role("link", name="Go to the scorecard").click()
    drawn(seen.page)


def test_a_chief_secretary_sees_his_own_figures(browser: Browser, address: str) -> None:
    seen = visit(browser, address, "cs-sindh")
    seen.open("/")
    drawn(seen.page)
    expect(seen.page.locator(".jd-strip .jd-size").first).to_have_text("10")
    expect(seen.page.locator(".jd-league tbody tr")).to_have_count(8)
    seen.check()


def test_the_keyboard_reaches_the_drill(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.open("/")
    drawn(seen.page)
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Skip to the figures"
    link = seen.page.locator(".jd-league").get_by_role("link", name="Federal")
    link.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(".jd-strip .jd-size").first).to_have_text("20")


def test_an_empty_database_says_so(browser: Browser, bare: Database) -> None:
    with serving(server_over(bare)) as url:
        seen = visit(browser, url)
        seen.open("/")
        expect(seen.page.locator("#notice")).to_contain_text("holds no complaints yet")
        seen.check()


def test_it_prints(browser: Browser, address: str) -> None:
    seen = visit(browser, address)
    seen.open("/")
    drawn(seen.page)
    seen.page.emulate_media(media="print")
    expect(seen.page.locator(".jd-nav")).to_be_hidden()
    expect(seen.page.locator(".jd-league")).to_be_visible()
