"""The panels follow the search: the address is the only filter state."""

from typing import Any

from dash import ALL, Dash, Input, Output, State

from callbacks.drawing import Drawing, ReaderOf
from layouts import parts, shell
from layouts.pages import PAGES

_SLOTS = {"type": parts.PANEL, "name": ALL}


def register(app: Dash, drawing: Drawing, reader_of: ReaderOf) -> None:
    """A change of the search, or a new page, draws the frame's parts and all panels."""

    @app.callback(
        Output(shell.STAMP, "children"),
        Output(shell.SOURCE, "children"),
        Output(shell.CHIPS, "children"),
        Output(shell.NOTICE, "children"),
        Output(shell.LEAD, "children"),
        Output(_SLOTS, "children"),
        Input(shell.ADDRESS, "search"),
        Input(shell.PAGE, "data-path"),
        State(_SLOTS, "id"),
    )
    def _panels(search: str | None, path: str, slots: list[dict[str, str]]) -> tuple[Any, ...]:
        names = [slot["name"] for slot in slots]
        drawn = drawing.draw(path, search or "", names, reader_of())
        panels = [drawn.panels[name] for name in names]
        return drawn.stamp, drawn.source, drawn.chips, drawn.notice, drawn.lead, panels

    @app.callback(
        Output(shell.NAVIGATION, "children"),
        Output(shell.ACCOUNT, "children"),
        Input(shell.ADDRESS, "search"),
        Input(shell.ADDRESS, "pathname"),
    )
    def _frame(search: str | None, path: str) -> tuple[Any, str]:
        links = [(page.path, page.title) for page in PAGES.values()]
        return shell.navigation(links, path, search or "", "en"), reader_of().scope.account
