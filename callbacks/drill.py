"""A click on a chart descends: it writes the address."""

from collections.abc import Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash._no_update import NoUpdate

from callbacks.address import clicked
from layouts import graph, shell


def register(app: Dash) -> None:
    """What is clicked on a chart becomes the address's."""

    @app.callback(
        Output(shell.ADDRESS, "search", allow_duplicate=True),
        Input({"type": graph.GRAPH, "name": ALL}, "clickData"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _clicked(_clicks: Sequence[dict[str, Any] | None], search: str | None) -> str | NoUpdate:
        # A chart that is drawn anew reports a click that was none: its value is empty.
        told = ctx.triggered[0]["value"] if ctx.triggered and ctx.triggered_id else None
        found = clicked(search or "", ctx.triggered_id["name"], told) if told else None
        return no_update if found is None else found
