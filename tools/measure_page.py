"""Times the first page in a browser beside a bare Dash page with one figure: `python -m tools.measure_page`.

Both are served in processes of their own and visited in turn, each round with an empty cache and then once more with
what the browser kept. Uses the database in DATABASE_URL, which no server may hold.
"""

import argparse
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass

import httpx
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from rich.console import Console
from rich.table import Table

from tools import chromium
from tools.environment import ROOT
from tools.measure import serving

ACCOUNT: dict[str, str | float | bool] = {"username": "pmo", "password": "demo"}  # nosec B105  # in the README
WINDOW = {"width": 1366, "height": 768}
SWITCHES = ("--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-background-networking")

BARE = """
import logging, sys, dash, waitress
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
app = dash.Dash("bare")
app.layout = dash.dcc.Graph(figure={"data": [{"type": "scatter", "x": [*range(10)], "y": [*range(10)]}]})
waitress.serve(app.server, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
"""

# A figure is drawn when no graph is pending, and shown one frame later.
WATCH = """
(() => {
  let shifted = 0;
  const moves = (list) => { for (const move of list.getEntries()) if (!move.hadRecentInput) shifted += move.value; };
  new PerformanceObserver(moves).observe({ type: "layout-shift", buffered: true });
  const has = (what) => document.querySelector(what) !== null;
  const drawn = () =>
    has(".js-plotly-plot .main-svg") &&
    !has(".dash-graph--pending, .jd-waiting, .jd-skeleton") &&
    (!has(".jd-page") || has(".jd-league"));
  window.measured = new Promise((done) => {
    const look = () => (drawn() ? requestAnimationFrame(say) : requestAnimationFrame(look));
    const say = () => done({
      drawn: performance.now(),
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      shifted,
    });
    look();
  });
})();
"""


@dataclass(frozen=True)
class Visit:
    """What one visit took: milliseconds, the sum of all shifts, what went over the wire."""

    drawn: float
    painted: float
    shifted: float
    requests: int
    kilobytes: float


ROWS = (
    ("last figure drawn, ms", "{:,.0f}"),
    ("first contentful paint, ms", "{:,.0f}"),
    ("layout shift", "{:.3f}"),
    ("requests", "{:,.0f}"),
    ("kB on the wire", "{:,.0f}"),
)
"""A name and a format for each field of a Visit."""

Enter = Callable[[BrowserContext], object]
"""Lets a new browser context in, without its cache taking part."""


@contextmanager
def served(program: str) -> Iterator[str]:
    """A page of its own, whose program is given a free port; its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", program, str(port)], cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(address)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def let_in(context: BrowserContext, address: str) -> None:
    """Sign in by the form, whose token is read from it; the browser's cache learns nothing of it."""
    form = context.request.get(f"{address}/sign-in").text()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    context.request.post(f"{address}/sign-in", form={**ACCOUNT, "csrf_token": token[1] if token else ""})


def visit(context: BrowserContext, address: str, latency: float) -> Visit:
    """One visit in a page of its own."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    if latency:
        network = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
        wire.send("Network.emulateNetworkConditions", network)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    seen = page.evaluate("window.measured")
    page.wait_for_timeout(100)  # the browser tells of the last bytes a little later
    page.close()
    sent = [size for size in sizes if size]  # the others came from the browser's own cache
    return Visit(seen["drawn"], seen["painted"], seen["shifted"], len(sent), sum(sent) / 1000)


def both_ways(browser: Browser, address: str, enter: Enter, latency: float) -> tuple[Visit, Visit]:
    """With an empty cache, and again."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]  # a TypedDict of the same two
    enter(context)
    cold, warm = (visit(context, address, latency) for _ in range(2))
    context.close()
    return cold, warm


def show(console: Console, title: str, ours: Sequence[Visit], theirs: Sequence[Visit]) -> None:
    """The medians side by side."""
    table = Table("", "Jawabdeh /", "bare Dash page", "ratio", title=title)
    columns = [zip(*map(astuple, visits), strict=True) for visits in (ours, theirs)]
    for (name, form), our, their in zip(ROWS, *columns, strict=True):
        mine, bares = statistics.median(our), statistics.median(their)
        table.add_row(name, form.format(mine), form.format(bares), f"{mine / bares:.2f}" if bares else "")
    console.print(table)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="visits of each kind (7)")
    parser.add_argument("--latency", type=float, default=0, help="milliseconds added to each request (0)")
    asked = parser.parse_args(arguments)
    console = Console()
    with serving() as ours, served(BARE) as theirs, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=SWITCHES)
        pages: tuple[tuple[str, Enter], ...] = (
            (ours, lambda context: let_in(context, ours)),
            (theirs, lambda _: None),
        )
        rounds = [
            [both_ways(browser, address, enter, asked.latency) for address, enter in pages]
            for _ in range(asked.rounds + 1)
        ][1:]  # the first warms the servers
        browser.close()
    for which, title in enumerate(("Empty cache", "Second visit")):
        our, their = ([done[page][which] for done in rounds] for page in range(2))
        show(console, f"{title}, medians of {asked.rounds}", our, their)


if __name__ == "__main__":
    main(sys.argv[1:])
