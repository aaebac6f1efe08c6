"""A browser under watch: signed in by the form, every request and every complaint noted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.app.rooms import Contexts

expect.set_options(timeout=20_000)  # a busy machine is no failure; what must be quick is timed by itself

LAPTOP, WALL, PHONE = (1366, 768), (1920, 1080), (390, 844)
SIZES = [LAPTOP, WALL, PHONE]
Theme = Literal["light", "dark"]
NewContext = Contexts
every_look = pytest.mark.parametrize(
    ("size", "theme"),
    [
        pytest.param(LAPTOP, "light", id="laptop-light"),
        pytest.param(PHONE, "dark", id="phone-dark"),
        pytest.param(LAPTOP, "dark", id="laptop-dark", marks=pytest.mark.long),
        pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.long),
    ],
)
"""The test is asked for both sizes in both themes; at every change each size and each theme once."""


@dataclass
class Visit:
    """A page under watch."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.trouble.append(text)

    def check(self) -> None:
        """No request to another host; no error, warning or violation of the content policy on the console."""
        host = urlsplit(self.address).netloc
        outside = [url for url in self.requests if urlsplit(url).netloc not in {host, ""}]
        assert outside == []
        assert self.trouble == []

    def first_figure(self, shown: str) -> None:
        """Wait until the first of the totals reads so."""
        expect(self.page.locator(".jd-strip .jd-size").first).to_have_text(shown)


def signed_in(
    new_context: NewContext,
    address: str,
    account: str = "pmo",
    size: tuple[int, int] = LAPTOP,
    theme: Theme = "light",
    path: str | None = None,
) -> Visit:
    """A visit by that account, at this path or where sign-in leads to; the page goes with the test.

    It shares cookies with other tests of the file: who ends his session takes `sign_in`.
    """
    room = new_context.rooms.of(address, account)
    page = room.enter()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    visit = Visit(page, address)
    if path is None:
        page.goto(room.home)
        expect(page.locator("#page")).to_be_attached()
    else:
        visit.open(path)
    return visit


def sign_in(context: BrowserContext, address: str, account: str, path: str = "/sign-in") -> Visit:
    """Fill in the form; nothing is noted before it has led to a page."""
    page = context.new_page()
    page.goto(address + path)
    page.get_by_label("Name").fill(account)
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#page")).to_be_attached()
    page.wait_for_load_state()  # its scripts are there
    return Visit(page, address)


def whole(page: Page) -> None:
    """Wait until every panel of the page is there, whether it has a chart or none."""
    expect(page.locator("#page[data-version]")).to_be_attached()
    expect(page.locator('.jd-waiting:visible, main section[data-state="waiting"]')).to_have_count(0)
    expect(page.locator("main [data-dash-is-loading]")).to_have_count(0)


def drawn(page: Page) -> None:
    """Wait until everything is on the screen, charts too."""
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
    whole(page)
    expect(page.locator(".dash-graph--pending")).to_have_count(0)


def shifted(page: Page) -> float:
    """By how much what stands on the screen has moved by itself since the page began to load: see `tests.app.rooms`.

    It is told of a frame after that has been shown.
    """
    found: float = page.evaluate(
        "() => new Promise(told => requestAnimationFrame(() => setTimeout(() => told(window.shifted), 50)))"
    )
    return found


def rounds(page: Page) -> list[float]:
    """When the page has asked whether the data have changed: seconds of its own clock, which no busy machine shakes."""
    found: list[float] = page.evaluate(
        """() => performance.getEntriesByType("resource").filter(one => one.name.endsWith("/live"))
            .map(one => one.startTime / 1000)"""
    )
    return found


def asks_every_second(page: Page, times: int) -> None:
    """Wait until it has asked so many times more: a second or longer after it asked before."""
    before = len(rounds(page))
    until(page, lambda: len(rounds(page)) >= before + times)
    asked = rounds(page)[max(0, before - 1) :]
    assert all(later - earlier > 0.9 for earlier, later in pairwise(asked)), asked


def soon(page: Page) -> float:
    """Seconds within which what changes shall be seen: three, or, where this machine takes longer than two to draw the
    whole page anew, one more than that. Draws it anew."""
    start = monotonic()
    page.reload()
    drawn(page)
    return max(3.0, 1 + monotonic() - start)


def is_waited_for(request: Request) -> bool:
    """Whether a callback is asked that a page waits for: what is fetched ahead is waited for by nobody."""
    return "_dash-update-component" in request.url and "x-ahead" not in request.headers


def is_redraw(request: Request) -> bool:
    """Whether panels are asked for that a page waits for."""
    return is_waited_for(request) and '"type":"panel"' in (request.post_data or "")


def until(page: Page, holds: Callable[[], Any], within: float = 20.0) -> float:
    """Wait until it holds; the seconds that took. Asked from here: the content policy forbids waiting in the page."""
    start = monotonic()
    while not holds():
        assert monotonic() - start < within, "it never came to hold"
        page.wait_for_timeout(30)
    return monotonic() - start
