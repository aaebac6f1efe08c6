"""Ids: what callbacks use is drawn, what is drawn for callbacks is used. Dash itself answers 200 to a misspelt id."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import Dash, html
from dash.development.base_component import Component

from callbacks import folds as fold_callbacks
from callbacks import pages as page_callbacks
from callbacks import panels as panel_callbacks
from callbacks.drawing import Drawing
from dashboard.panels.answer import Answer, Answers
from dashboard.panels.catalogue import PANELS
from data_access.filters import Filters
from data_access.reader import Reader
from layouts.pages import PAGES, drawn
from layouts.parts import card
from layouts.shell import shell


def no_reader() -> Reader:
    raise AssertionError("nothing is read while callbacks are registered")


def wired() -> Dash:
    app = Dash(__name__, add_log_handler=False)
    app.layout = shell()
    page_callbacks.register(app)
    drawing = Drawing(Answers(), ())
    panel_callbacks.register(app, drawing, no_reader)
    fold_callbacks.register(app, drawing, no_reader)
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
        found |= {shape(one) for one in (*outputs, *inputs)}
    return found


def cards() -> Iterator[Component]:
    """Every panel, drawn around nothing."""
    for panel in PANELS.values():
        blank = Answer(panel, None, None, 0, "", Filters(), Filters(), False, "", "", pd.DataFrame(), ())
        yield html.Div(card(blank, html.Div()))


def test_ids_used_are_ids_drawn() -> None:
    pages = [drawn(path) for path in PAGES]
    there = {shape(one) for component in (shell(), *pages, *cards()) for one in ids_in(component)}
    assert used() == there


def test_every_id_is_drawn_once() -> None:
    for path in PAGES:
        ids = [json.dumps(one, sort_keys=True) for part in (shell(), drawn(path)) for one in ids_in(part)]
        assert len(ids) == len(set(ids))


def test_a_page_has_room_for_exactly_its_panels() -> None:
    for page in PAGES.values():
        rooms = {one["name"] for one in ids_in(page.draw()) if isinstance(one, dict)}
        assert rooms == set(page.panels)


def test_every_panel_stands_on_a_page() -> None:
    assert {name for page in PAGES.values() for name in page.panels} == set(PANELS)


def test_callback_exceptions_are_not_suppressed() -> None:
    assert not wired().config.suppress_callback_exceptions
