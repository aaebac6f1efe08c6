"""What lies under a fold is drawn when it is opened."""

from dash import MATCH, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.drawing import Drawing, ReaderOf
from layouts import parts, shell


def register(app: Dash, drawing: Drawing, reader_of: ReaderOf) -> None:
    """A click on a fold draws what lies under it, for the address the page shows."""

    @app.callback(
        Output({"type": parts.FOLDED, "name": MATCH, "part": MATCH}, "children"),
        Input({"type": parts.FOLD, "name": MATCH, "part": MATCH}, "n_clicks"),
        State({"type": parts.FOLD, "name": MATCH, "part": MATCH}, "id"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _unfold(_clicks: int, fold: dict[str, str], search: str | None) -> Component | str:
        return drawing.unfold(fold["name"], fold["part"], search or "", reader_of())
