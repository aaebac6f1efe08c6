"""Fields of a form that needs no script: Dash has none in its HTML. They are for what comes as markup only."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.words.text import say
from data_access.filters import LONGEST_SEARCH
from layouts.aria import aria


class Input(Component):
    """A field."""

    def __init__(self, **properties: str) -> None:
        self._namespace = "dash_html_components"
        self._type = "Input"
        self._prop_names = list(properties)
        self._valid_wildcard_attributes: list[str] = ["aria-", "data-"]
        super().__init__(**properties)


def search(path: str, kept: Mapping[str, str], words: str, label: str, language: str) -> Component:
    """A form that asks for the page at `path` with what is typed, and all that is kept of its address."""
    hidden = [Input(type="hidden", name=name, value=value) for name, value in kept.items()]
    typed = Input(
        type="search",
        name="search",
        value=words,
        maxlength=str(LONGEST_SEARCH),
        placeholder=label,
        className="jd-search",
        **aria(label=label),
    )
    button = html.Button(say("Search", language), type="submit", className="jd-button")
    return html.Form([*hidden, typed, button], action=path, method="get", className="jd-search-form", role="search")
