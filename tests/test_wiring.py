"""Ids: what callbacks use is drawn, what is drawn for callbacks is used. Dash itself answers 200 to a misspelt id."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dash import Dash
from dash.development.base_component import Component

from callbacks import complaints as complaint_callbacks
from callbacks import drill as drill_callbacks
from callbacks import filter_bar as filter_bar_callbacks
from callbacks import folds as fold_callbacks
from callbacks import pages as page_callbacks
from callbacks import panels as panel_callbacks
from callbacks.drawing import Drawing
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.reader import Reader
from layouts import as_of, filter_bar, graph, header, mapped
from layouts import shell as shell_module
from layouts.pages import PAGES, Page, drawn
from layouts.shell import shell
from tests.app.small import Nobody

ASSETS = Path(__file__).parents[1] / "assets"


def no_reader() -> Reader:
    raise AssertionError("nothing is read while callbacks are registered")


def wired() -> Dash:
    app = Dash(__name__, add_log_handler=False)
    app.layout = shell()
    page_callbacks.register(app, no_reader, ())
    drawing = Drawing(answers := Answers(), Nobody(), ())
    panel_callbacks.register(app, drawing, no_reader)
    fold_callbacks.register(app, drawing, no_reader)
    filter_bar_callbacks.register(app, no_reader, ())
    drill_callbacks.register(app)
    complaint_callbacks.register(app, answers, no_reader)
    return app


def shape(found: Any) -> str:
    """An id by what it matches: a pattern's values do not matter, its keys and type do."""
    if isinstance(found, str) and found.startswith("{"):
        found = json.loads(found)
    if isinstance(found, dict):
        return json.dumps({key: value if key == "type" else "*" for key, value in found.items()}, sort_keys=True)
    return str(found)


def ids_in(component: Component) -> Iterator[Any]:
    for part in [component, *component._traverse()]:
        found = getattr(part, "id", None)
        if isinstance(part, Component) and found is not None:
            yield found


def used() -> set[str]:
    found: set[str] = set()
    for name, callback in wired().callback_map.items():
        outputs = [one.rpartition(".")[0] for one in name.strip(".").split("...")]
        inputs = [one["id"] for one in (*callback["inputs"], *callback["state"])]
        found |= {shape(one) for one in (*outputs, *inputs) if one}  # one that a script answers may have no output
    return found


def path_of(page: Page) -> str:
    """A path at which the page is."""
    return f"{page.path}1" if page.numbered else page.path


PATHS = [path_of(page) for page in PAGES.values()]
WRITTEN_BY_SCRIPTS = {header.LAMP}
"""Ids of what scripts keep up to date, without a callback."""
IN_BODIES = {
    json.dumps({"type": graph.GRAPH, "name": "*"}, sort_keys=True),
    json.dumps({"type": mapped.BESIDE, "name": "*", "part": "*"}, sort_keys=True),
}
"""Ids that stand in what a panel's room is filled with."""


def test_ids_used_are_ids_drawn() -> None:
    pages = [drawn(path) for path in PATHS]
    there = {shape(one) for component in (shell(), *pages) for one in ids_in(component)}
    assert used() == (there | IN_BODIES) - WRITTEN_BY_SCRIPTS


def test_every_id_is_drawn_once() -> None:
    for path in PATHS:
        ids = [json.dumps(one, sort_keys=True) for part in (shell(), drawn(path)) for one in ids_in(part)]
        assert len(ids) == len(set(ids))


def test_a_page_has_room_for_exactly_its_panels() -> None:
    for page in PAGES.values():
        rooms = {one["name"] for one in ids_in(drawn(path_of(page))) if isinstance(one, dict)}
        assert rooms == set(page.panels)


def test_every_panel_stands_on_a_page() -> None:
    shown = {name for page in PAGES.values() for name in page.panels}
    assert shown | {PANELS[name].companion for name in shown} - {None} == set(PANELS)


def test_scripts_find_their_ids() -> None:
    assert named_in("live.js") == {shell_module.PAGE, header.LAMP, header.ACCOUNT, shell_module.LIVE}
    ours = {as_of.TRAVEL, as_of.SLIDER, as_of.CHOSEN, shell_module.PAGE, shell_module.ADDRESS, filter_bar.BAR}
    assert named_in("travel.js") == ours


def named_in(script: str) -> set[str]:
    """The ids that a script looks for, or writes to."""
    text = (ASSETS / script).read_text()
    return set(re.findall(r'getElementById\("([^"]+)"\)', text)) | set(
        re.findall(r'set_props(?:\?\.)?\("([^"]+)"', text)
    )


def test_the_script_knows_what_a_page_asks_when_it_is_drawn() -> None:
    """By the place of each state, and by what is among its outputs."""
    name, asked = next((one, callback) for one, callback in wired().callback_map.items() if "page.data-version" in one)
    states = [json.loads(one["id"])["type"] for one in asked["state"]]
    text = (ASSETS / "travel.js").read_text()
    places = dict(re.findall(r"(CHARTS|BESIDE) = (\d)", text))
    assert states[int(places["CHARTS"])] == graph.GRAPH
    assert states[int(places["BESIDE"])] == mapped.BESIDE
    assert f'"type":"{graph.GRAPH}"}}.figure' in name
    assert f'"type":"{mapped.BESIDE}"}}.children' in name


def test_callback_exceptions_are_not_suppressed() -> None:
    assert not wired().config.suppress_callback_exceptions
