"""Times a click on Punjab until its districts are drawn, beside a bare Dash page: `python -m tools.measure_map`.

The bare page draws the same two maps by the same function from the same files, with no data and nothing around them:
what Dash and plotly take alone. Both are clicked in turn in Chromium. Uses the database in DATABASE_URL, which no
server may hold.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from tools import chromium
from tools.measure import serving
from tools.measure_page import SWITCHES, WINDOW, let_in, served

AIM = 500
"""Milliseconds from the click to the last district, in the median."""
DISTRICTS = 36

BARE = """
import logging, pathlib, sys
import dash, waitress
from flask import Response
from dash import Input, Output, dcc
from dashboard.charts.boundaries import map_layer
from dashboard.charts.map_drawing import Label, Place, draw_map
from dashboard.charts.tokens import SHADES
from data_access.boundaries import read_boundaries
from data_access.intake.ground import districts
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
folder = pathlib.Path("assets/boundaries")
found = read_boundaries(folder)
layers = {"provinces": map_layer(found.provinces, "/provinces"), "districts": map_layer(found.districts, "/districts")}
punjab = [row["slug"] for row in districts() if row["iso_3166_2"] == "PK-PB"]
def drawn(layer, slugs, whole):
    places = [Place(layer.shape_of[slug], slug, number % 5, slug) for number, slug in enumerate(slugs)]
    names = [layer.shapes[layer.shape_of[slug]] for slug in slugs]
    labels = [Label(one.name, one.label[1], one.label[0]) for one in names]
    return draw_map(layer, places, labels, SHADES, whole=whole).to_dict()
first = drawn(layers["provinces"], list(layers["provinces"].shape_of), True)
then = drawn(layers["districts"], punjab, False)
app = dash.Dash("bare", assets_folder="assets", assets_ignore="^(?!boundaries[.]js$).*")
config = {"displayModeBar": False, "responsive": True}
app.layout = dash.html.Div(dcc.Graph(id="map", figure=first, config=config, responsive=True), style={"height": 472},
                           **{"data-next-shapes": "/districts"})
for level in layers:
    body = (folder / f"{level}.geojson").read_bytes()
    app.server.add_url_rule(f"/{level}", level, lambda body=body: Response(body, mimetype="application/geo+json"))
@app.callback(Output("map", "figure"), Input("map", "clickData"), prevent_initial_call=True)
def descend(_click):
    return then
waitress.serve(app.server, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
"""

WATCH = """
(() => {
  let began = 0;
  const shapes = () => [...document.querySelectorAll(".choroplethlocation")];
  const coloured = () => shapes().filter((one) => /^rgb/.test(one.getAttribute("fill") ?? one.style.fill)).length;
  window.shapesDrawn = () => shapes().length;
  addEventListener("mousedown", () => { began = performance.now(); }, true);
  window.whenDrawn = (wanted) => new Promise((done) => {
    const look = () => (shapes().length === wanted && coloured() === wanted ? requestAnimationFrame(say)
                                                                            : requestAnimationFrame(look));
    const say = () => done(performance.now() - began);
    look();
  });
  window.placeOf = (slug) => {
    const box = shapes().find((one) => one.__data__?.loc === slug).getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
})();
"""


@dataclass(frozen=True)
class Click:
    """What one click took, in milliseconds: the first one on a page, and one after going back."""

    first: float
    again: float


ROWS = ("the first click, ms", "a click after going back, ms")


def click(page: Page) -> float:
    """Click on Punjab; the time until all its districts are coloured."""
    x, y = page.evaluate("placeOf('punjab')")
    page.mouse.move(x, y)
    page.wait_for_timeout(600)  # as long as people point before they click; what is fetched ahead has come
    waiting = f"window.took = whenDrawn({DISTRICTS}); 0"
    page.evaluate(waiting)
    page.mouse.click(x, y)
    took: float = page.evaluate("window.took")
    return took


def visit(browser: Browser, address: str, *, ours: bool) -> Click:
    """One visit: to the map, into Punjab, back, and into it again."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]  # a TypedDict of the same two
    if ours:
        let_in(context, address)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}/map" if ours else address, wait_until="commit")
    settled(page)
    first = click(page)
    if ours:
        page.go_back()
    else:
        page.reload(wait_until="commit")
    settled(page)
    again = click(page)
    context.close()
    return Click(first, again)


def settled(page: Page) -> None:
    """Wait until the provinces are drawn and nothing moves."""
    for _ in range(600):
        # By then each government with land has its shape, and what is disputed.
        if page.evaluate("window.shapesDrawn?.() === 8"):
            break
        page.wait_for_timeout(50)
    page.wait_for_timeout(1000)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="visits of each page (9)")
    asked = parser.parse_args(arguments)
    with serving() as ours, served(BARE) as theirs, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=SWITCHES)
        rounds = [
            (visit(browser, ours, ours=True), visit(browser, theirs, ours=False)) for _ in range(asked.rounds + 1)
        ][1:]  # the first warms the servers
        browser.close()
    table = Table("from the click to the last district", "Jawabdeh /map", "bare Dash page", "ratio", "at most")
    columns = [zip(*(astuple(done[page]) for done in rounds), strict=True) for page in range(2)]
    for name, our, their in zip(ROWS, *columns, strict=True):
        mine, bares = statistics.median(our), statistics.median(their)
        table.add_row(name, f"{mine:,.0f}", f"{bares:,.0f}", f"{mine / bares:.2f}", f"{max(our):,.0f}")
    Console().print(table, f"Medians of {asked.rounds}; the aim is {AIM} ms.")


if __name__ == "__main__":
    main(sys.argv[1:])
