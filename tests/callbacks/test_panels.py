"""From what is drawn to the outputs of the callback: parts that stay are left alone."""

import pytest
from dash import html, no_update
from dash._no_update import NoUpdate
from flask import Flask, request

from callbacks.drawing import Drawn
from callbacks.frame import Frame
from callbacks.panels import Shown, is_redraw, opened, outputs
from layouts.panel import DRAWN, STALE, TABLE, Content, kept

FOLDS = [{"type": "fold", "name": name, "part": part} for name in ("a", "b") for part in ("table", "how")]


def test_a_fold_is_open_after_every_other_click() -> None:
    assert opened(FOLDS, [None, 1, 2, 3]) == {("a", "how"), ("b", "how")}


def test_parts_that_are_not_known_anew_stay() -> None:
    chart = Content(DRAWN, body=None, figure={"x": 1}, beside={"legend": html.P("scale")})
    panels = {"a": Content(DRAWN, "now", body="figures"), "b": kept("en"), "c": chart}
    drawn = Drawn(Frame(version="7.0"), panels, {("a", TABLE): "rows"})
    beside = [{"type": "beside", "name": name, "part": "legend"} for name in ("c", "b")]
    shown = Shown([{"type": "graph", "name": "c"}, {"type": "graph", "name": "b"}], beside, FOLDS)
    found = outputs(drawn, ["b", "a", "c"], shown)
    assert found["panels"]["state"] == [STALE, DRAWN, DRAWN]
    assert found["panels"]["headline"] == [no_update, "now", ""]
    assert found["panels"]["body"] == [no_update, "figures", no_update]
    assert found["figures"] == [{"x": 1}, no_update]
    assert found["beside"] == [chart.beside["legend"], no_update]
    assert isinstance(found["panels"]["csv"][0], NoUpdate)
    assert found["folds"] == ["rows", no_update, no_update, no_update]
    assert found["frame"]["version"] == "7.0"
    assert isinstance(found["frame"]["stamp"], NoUpdate)
    assert found["frame"]["notice"] is None  # no message is a message that goes


@pytest.mark.parametrize(
    ("path", "sent", "by_itself"),
    [
        ("/_dash-update-component", {"changedPropIds": ["live.data"]}, True),
        ("/_dash-update-component", {"changedPropIds": ["live.data", "address.search"]}, False),
        ("/_dash-update-component", {"changedPropIds": ["address.search"]}, False),
        ("/_dash-update-component", [], False),
        ("/api/v1/panels", {"changedPropIds": ["live.data"]}, False),
    ],
)
def test_a_page_that_draws_newer_data_asks_by_itself(path: str, sent: object, by_itself: bool) -> None:
    with Flask("test").test_request_context(path, method="POST", json=sent):
        assert is_redraw(request) is by_itself
