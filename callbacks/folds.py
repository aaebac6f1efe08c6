"""What lies under a fold is drawn when it is opened."""

from typing import Any

from dash import MATCH, Dash, Input, Output, State

from callbacks.drawing import Drawing, ReaderOf
from layouts import panel, shell
from layouts.markup import baked


def register(app: Dash, drawing: Drawing, reader_of: ReaderOf) -> None:
    """A click on a fold draws what lies under it, for the address the page shows."""

    @app.callback(
        Output({"type": panel.FOLDED, "name": MATCH, "part": MATCH}, "children", allow_duplicate=True),
        Input({"type": panel.FOLD, "name": MATCH, "part": MATCH}, "n_clicks"),
        State({"type": panel.FOLD, "name": MATCH, "part": MATCH}, "id"),
        State(shell.PAGE, "data-path"),
        State(shell.ADDRESS, "search"),
        State(shell.PAGE, "data-version"),
        prevent_initial_call=True,
    )
    def _unfold(_clicks: int, fold: dict[str, str], path: str | None, search: str | None, shown: str | None) -> Any:
        one = (fold["name"], fold["part"])
        return baked(drawing.unfold(one, path or "", search or "", reader_of(), shown))
