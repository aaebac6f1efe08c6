"""The panels follow the search and the data: the address is the only filter state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from flask import Request

from callbacks.bodies import UPDATE
from callbacks.drawing import Asked, Drawing, Drawn, ReaderOf
from layouts import graph, header, mapped, panel, shell
from layouts.markup import baked
from layouts.panel import NOTHING

LIVE = f"{shell.LIVE}.data"
Ids = Sequence[dict[str, str]]
PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "state": (panel.PANEL, "data-state"),
    "headline": (panel.HEADLINE, "children"),
    "trouble": (panel.TROUBLE, "children"),
    "left_out": (panel.LEFT_OUT, "children"),
    "body": (panel.BODY, "children"),
    "standing": (panel.STANDING, "children"),
    "csv": (panel.CSV, "href"),
}
"""Part of a panel's content -> the part of its room that it is put into, and the property that holds it there."""


def register(app: Dash, drawing: Drawing, reader_of: ReaderOf) -> None:
    """A change of the search, another page or newer data draw the frame's parts and all panels."""

    @app.callback(output=_outputs(), inputs=_inputs())
    def _panels(
        search: str | None,
        path: str,
        _version: str | None,
        charts: Ids,
        beside: Ids,
        rooms: Ids,
        folds: Ids,
        clicks: Sequence[int | None],
    ) -> dict[str, Any]:
        names = [room["name"] for room in rooms]
        there = frozenset(chart["name"] for chart in charts)
        asked = Asked(path, search or "", names, opened(folds, clicks), there, _only_data_changed())
        return outputs(drawing.draw(asked, reader_of()), names, Shown(charts, beside, folds))


def _outputs() -> dict[str, Any]:
    return {
        "frame": {
            "stamp": Output(header.STAMP, "children"),
            "source": Output(shell.SOURCE, "children"),
            "chips": Output(shell.CHIPS, "children"),
            "notice": Output(shell.NOTICE, "children"),
            "lead": Output(shell.LEAD, "children"),
            "version": Output(shell.PAGE, "data-version"),
        },
        "panels": {part: Output({"type": kind, "name": ALL}, prop) for part, (kind, prop) in PARTS.items()},
        "figures": Output({"type": graph.GRAPH, "name": ALL}, "figure"),
        "folds": Output({"type": panel.FOLDED, "name": ALL, "part": ALL}, "children"),
        "beside": Output({"type": mapped.BESIDE, "name": ALL, "part": ALL}, "children"),
    }


def _inputs() -> dict[str, Any]:
    return {
        "search": Input(shell.ADDRESS, "search"),
        "path": Input(shell.PAGE, "data-path"),
        "_version": Input(shell.LIVE, "data"),
        "charts": State({"type": graph.GRAPH, "name": ALL}, "id"),
        "rooms": State({"type": panel.PANEL, "name": ALL}, "id"),
        "folds": State({"type": panel.FOLD, "name": ALL, "part": ALL}, "id"),
        "clicks": State({"type": panel.FOLD, "name": ALL, "part": ALL}, "n_clicks"),
        "beside": State({"type": mapped.BESIDE, "name": ALL, "part": ALL}, "id"),
    }


@dataclass(frozen=True)
class Shown:
    """The ids of what panels show already: charts, parts around them, folds."""

    charts: Ids
    beside: Ids
    folds: Ids


def outputs(drawn: Drawn, names: Sequence[str], shown: Shown) -> dict[str, Any]:
    """What is drawn as the callback's outputs; None stands for a part that stays as it is."""
    rooms = [drawn.panels[name] for name in names]
    return {
        "frame": {name: _update(value) for name, value in vars(drawn.frame).items() if name != "notice"}
        | {"notice": drawn.frame.notice},
        "panels": {part: [_update(getattr(room, part)) for room in rooms] for part in PARTS}
        | {"body": [_update(_filling(room.body)) for room in rooms]},
        "figures": [_update(drawn.panels.get(chart["name"], NOTHING).figure) for chart in shown.charts],
        "beside": [
            _update(baked(drawn.panels.get(one["name"], NOTHING).beside.get(one["part"]))) for one in shown.beside
        ],
        "folds": [_update(baked(drawn.folds.get((fold["name"], fold["part"])))) for fold in shown.folds],
    }


def _filling(body: Any) -> Any:
    """What a room is filled with. Dash forgets the chart that stood there when it gets a list, but not for no words."""
    return [] if body == "" else baked(body)


def _update(value: Any) -> Any:
    return no_update if value is None else value


def opened(folds: Ids, clicks: Sequence[int | None]) -> frozenset[tuple[str, str]]:
    """A fold is open after every other click on it."""
    return frozenset(
        (fold["name"], fold["part"]) for fold, number in zip(folds, clicks, strict=True) if (number or 0) % 2
    )


def _only_data_changed() -> bool:
    return set(ctx.triggered_prop_ids) == {LIVE}


def is_redraw(asked: Request) -> bool:
    """Whether a page asks by itself, because the data have changed: nobody need sit before it."""
    asks = asked.get_json(silent=True) if asked.path == UPDATE else None
    return isinstance(asks, dict) and asks.get("changedPropIds") == [LIVE]
