"""The page follows the path."""

from dash import Dash, Input, Output
from dash.development.base_component import Component

from layouts import pages, shell


def register(app: Dash) -> None:
    """A change of the path draws the page."""

    @app.callback(
        Output(shell.PAGE, "children"),
        Output(shell.PAGE, "data-path"),
        Input(shell.ADDRESS, "pathname"),
    )
    def _page(path: str) -> tuple[Component, str]:
        return pages.drawn(path), path
