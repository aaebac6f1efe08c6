"""Contexts of a browser in which an account is signed in already, shared by the tests of a file, or of many files.

A context for each test costs more than most tests do: a process for its pages, all scripts fetched and compiled anew,
the form, and the page that sign-in leads to. A test that ends its session, or wants a context of another kind, makes
one of its own.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, Page

from dashboard.web.forms import FIELD
from tests.app.serving import token_in
from tests.strategies import at_length

SHIFTED = """window.shifted = 0; new PerformanceObserver(list => { for (const one of list.getEntries())
    if (!one.hadRecentInput) window.shifted += one.value; }).observe({type: "layout-shift", buffered: true});"""
"""Said before a page's own scripts: adds up by how much what stands on the screen moves by itself."""


class NewContext(Protocol):
    """Makes a context that closes with the test."""

    def __call__(self, **more: Any) -> BrowserContext: ...


class Room:
    """The context of one account at one server; `home` is the address that sign-in led to.

    What waits keeps still but for the long run: without a graphics card, its pulse is a sixth of what a page costs. One
    page without scripts stays open, so that the process of its pages does too.
    """

    def __init__(self, browser: Browser, address: str, account: str) -> None:
        self.context = browser.new_context(reduced_motion="no-preference" if at_length() else "reduce")
        self.context.add_init_script(SHIFTED)
        form = self.context.request.get(f"{address}/sign-in").text()
        said: dict[str, str | float | bool] = {FIELD: token_in(form), "username": account, "password": "demo"}
        reply = self.context.request.post(f"{address}/sign-in", form=said)
        assert reply.ok, reply.text()
        assert "/sign-in" not in reply.url
        self.home, self._cookies = reply.url, self.context.cookies()
        self._keeper = self.context.new_page()
        self._keeper.goto(f"{address}/healthz")

    def enter(self) -> Page:
        """A new page; where it is the only one, nothing is left of those before it."""
        if self.context.pages == [self._keeper]:
            self._keeper.evaluate("localStorage.clear()")
            self.context.clear_cookies()
            self.context.add_cookies(self._cookies)  # type: ignore[arg-type]  # its own cookies
        return self.context.new_page()

    def leave(self) -> None:
        """Close what a test has opened."""
        for page in self.context.pages:
            if page != self._keeper:
                page.close()


@dataclass
class Rooms:
    """All rooms, each made when it is first asked for; `lasting` are the servers that go on from file to file."""

    browser: Browser
    lasting: set[str] = field(default_factory=set)
    rooms: dict[tuple[str, str], Room] = field(default_factory=dict)

    def of(self, address: str, account: str) -> Room:
        """The room of this account at this server."""
        key = (address, account)
        if key not in self.rooms:
            self.rooms[key] = Room(self.browser, address, account)
        return self.rooms[key]

    def leave(self) -> None:
        """Close what a test has opened."""
        for room in self.rooms.values():
            room.leave()

    def close(self) -> None:
        """Close the rooms themselves, but for those at servers that go on."""
        for at, account in [key for key in self.rooms if key[0] not in self.lasting]:
            self.rooms.pop((at, account)).context.close()


@dataclass(frozen=True)
class Contexts:
    """What a test gets its pages from: a context of its own, or the room of an account."""

    make: NewContext
    rooms: Rooms

    def __call__(self, **more: Any) -> BrowserContext:
        return self.make(**more)
