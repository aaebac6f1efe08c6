"""The page follows the path, and the frame says where one is and as whom."""

from typing import Any

from dash import Dash, Input, Output

from callbacks.drawing import ReaderOf
from callbacks.frame import account
from dashboard.words.text import DEFAULT_LANGUAGE
from layouts import header, pages, shell


def register(app: Dash, reader_of: ReaderOf) -> None:
    """A change of the path draws the page; navigation links carry the search."""

    @app.callback(
        Output(shell.PAGE, "children"),
        Output(shell.PAGE, "data-path"),
        Input(shell.ADDRESS, "pathname"),
    )
    def _page(path: str) -> tuple[Any, str]:
        return pages.drawn(path), path

    @app.callback(
        Output(shell.NAVIGATION, "children"),
        Output(header.ACCOUNT, "children"),
        Output(header.ROLE, "children"),
        Input(shell.ADDRESS, "search"),
        Input(shell.ADDRESS, "pathname"),
    )
    def _frame(search: str | None, path: str) -> tuple[Any, str, str]:
        links = [(page.path, page.title) for page in pages.PAGES.values()]
        bar = shell.navigation(links, path, search or "", DEFAULT_LANGUAGE)
        return bar, *account(reader_of().scope, DEFAULT_LANGUAGE)
