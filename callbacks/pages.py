"""The page follows the path, and the frame says where one is and as whom."""

from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks.drawing import Gone, ReaderOf
from callbacks.frame import account
from callbacks.ways import way_to_briefing, ways
from dashboard.web.forms import token
from dashboard.words.text import DEFAULT_LANGUAGE
from layouts import header, pages, shell


def register(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    """A change of the path draws the page; navigation links carry the search.

    `gone` are errors of a database that is out of reach: the links that stand there stay.
    """

    @app.callback(
        Output(shell.PAGE, "children"),
        Output(shell.PAGE, "data-path"),
        Input(shell.ADDRESS, "pathname"),
        State(shell.ADDRESS, "search"),
    )
    def _page(path: str, search: str | None) -> tuple[Any, str]:
        return pages.drawn(path, search or ""), path

    @app.callback(
        Output(shell.NAVIGATION, "children"),
        Output(shell.BRIEFING, "children"),
        Input(shell.ADDRESS, "search"),
        Input(shell.ADDRESS, "pathname"),
    )
    def _navigation(search: str | None, path: str) -> Any:
        reader = reader_of()
        try:
            found = ways(reader, search or "")
        except gone:
            raise PreventUpdate from None
        link = way_to_briefing(path or "", search or "", reader.scope)
        made = shell.briefing(link, DEFAULT_LANGUAGE) if link else None
        return shell.navigation(found, path or "", DEFAULT_LANGUAGE), made

    @app.callback(
        output={
            "account": Output(header.ACCOUNT, "children"),
            "role": Output(header.ROLE, "children"),
            "pages": Output(header.OWN_PAGES, "children"),
            "token": Output(header.FORM_TOKEN, "value"),
        },
        # Nothing that a stranger may choose comes back beside the token (see dashboard.web.forms).
        inputs={"_path": Input(shell.ADDRESS, "pathname")},
    )
    def _account(_path: str) -> dict[str, Any]:
        return vars(account(reader_of().scope, token(), DEFAULT_LANGUAGE))
