"""Events are sent to a real server while a browser watches and viewers ask."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

from data_access.database import Database
from tests.app.browsing import NewContext, Visit, asks_every_second, drawn, is_redraw, rounds, signed_in, soon, until
from tests.app.sending import API, one, token_for
from tests.app.serving import server_over, serving
from tests.app.small import NEWEST, event, filed

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

FIRST = "document.querySelector('.jd-strip .jd-size').textContent"
CLOCK = "performance.now() / 1000"
NEW = """() => { window.marked = 0; new MutationObserver(() => {
    window.marked += document.querySelectorAll('.jd-new').length;
}).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['class']}); }"""
"""From here on, counts what is marked as new, which is so for a moment only."""
VERSION = "document.getElementById('page').dataset.version.split('.')[0]"


@pytest.fixture
def address(own: Database) -> Iterator[str]:
    with serving(server_over(own)) as url:
        yield url


@pytest.fixture
def watching(new_context: NewContext, address: str) -> Iterator[Visit]:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    expect(seen.page.locator("#lamp")).to_contain_text("live")
    yield seen
    seen.page.close()


def send(address: str, token: str, body: object) -> dict[str, Any]:
    reply = httpx.post(address + API, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=60)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def shows(page: Page, what: str, value: str) -> Callable[[], bool]:
    """Asks whether the page shows this value."""
    return lambda: bool(page.evaluate(what) == value)


def test_what_is_sent_is_on_the_screen_in_three_seconds(watching: Visit, address: str, own: Database) -> None:
    page, token = watching.page, token_for(own)
    page.evaluate(NEW)
    send(address, token, one(900))  # the first batch of a server takes longer: its statements are written then
    until(page, lambda: page.evaluate(FIRST) == "36")
    took: list[float] = []
    while not took or (min(took) > 3 and len(took) < 5):  # a busy machine is no failure
        page.wait_for_timeout(2500)
        number = 901 + len(took)
        with ThreadPoolExecutor(1) as sender:
            sent = sender.submit(send, address, token, one(number))
            took.append(until(page, shows(page, FIRST, str(number - 864)), within=60))
        version = str(sent.result()["data_version"])
        until(page, shows(page, VERSION, version))
    until(page, lambda: page.evaluate("window.marked"))
    watching.check()
    assert min(took) <= soon(page), took


def test_a_page_that_nobody_sees_asks_seldom_and_at_once_when_it_is_seen_again(
    watching: Visit, address: str, own: Database
) -> None:
    page, token = watching.page, token_for(own)
    hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s});"
    tell = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(hide % "true" + tell)
    hidden = float(page.evaluate(CLOCK))
    until(page, lambda: page.evaluate(CLOCK) > hidden + 1.5)  # the question that was due
    send(address, token, one())
    until(page, lambda: page.evaluate(CLOCK) > hidden + 4.5)
    assert len([when for when in rounds(page) if hidden < when < hidden + 9]) <= 1
    page.evaluate(hide % "false" + tell)
    took = until(page, lambda: page.evaluate(FIRST) == "36")
    asks_every_second(page, 3)  # one round of questions, not two
    assert took <= soon(page)


@pytest.mark.long
def test_while_the_data_never_rest_a_page_draws_every_two_seconds_at_most(
    watching: Visit, address: str, own: Database
) -> None:
    page, token = watching.page, token_for(own)
    drawings: list[str] = []

    def note(asked: Request) -> None:
        if is_redraw(asked):
            drawings.append(asked.url)

    page.on("request", note)
    start = monotonic()
    for number in range(900, 912):
        send(address, token, one(number))
        page.wait_for_timeout(500)
    until(page, lambda: page.evaluate(FIRST) == "47")
    assert 2 <= len(drawings) <= (monotonic() - start) / 2 + 1  # one question draws all panels


def test_viewers_keep_their_answers_while_a_batch_lands(address: str, own: Database) -> None:
    """Figures are asked for all the while: each answer is of before or of after, and none waits for the batch."""
    token, landed = token_for(own), Event()
    numbers = range(1_000, 4_000)
    filings = [filed(number, NEWEST, "sindh-office") for number in numbers]
    batch = {
        "invented": True,
        "complaints": [complaint for complaint, _ in filings],
        "events": [first for _, first in filings]
        + [event(number, NEWEST, "closed", outcome="relief") for number in numbers],
    }

    def view() -> list[tuple[float, float, int, int]]:
        """When each answer was asked for, the seconds it took, the figure, and the data version it names."""
        found = []
        with httpx.Client(base_url=address, auth=("pmo", "demo"), timeout=60) as client:
            while not landed.is_set():
                start = monotonic()
                told = client.get("/api/v1/panels/totals?as_of=2019-09-30").json()
                found.append((start, monotonic() - start, told["rows"][0]["received"], told["data_version"]))
                sleep(0.01)
        return found

    with ThreadPoolExecutor(3) as others:
        viewers = [others.submit(view) for _ in range(3)]
        sleep(2)  # their password is verified, which takes long
        start = monotonic()
        report = send(address, token, batch)
        took = monotonic() - start
        sleep(0.3)
        landed.set()
        answers = [answer for viewer in viewers for answer in viewer.result()]
    assert (report["accepted"], report["rejected"]) == (9_000, 0)
    assert {(figure, version) for _, _, figure, version in answers} <= {(35, 1), (3_035, 2)}
    during = [seconds for when, seconds, _, version in answers if when > start and version == 1]
    assert len(during) > 10
    late = [seconds for seconds in during if seconds >= max(1.0, took / 2)]
    assert len(late) < len(viewers), late  # a lock makes all viewers wait, a busy machine now and then one of them
