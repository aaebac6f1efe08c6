"""The small parts that pages are made of: messages, chips, addresses."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.filters import in_words
from dashboard.words.text import say
from data_access.filters import FIELD_OF, Filters
from layouts.aria import aria


def notice(sentence: str, back: str, back_text: str) -> Component:
    """A message in place of figures, with a way back."""
    return html.Div([html.P(sentence), dcc.Link(back_text, href=back)], className="jd-notice")


def chips(path: str, filters: Filters, names: Mapping[str, str], language: str) -> list[Component]:
    """The filters that are set, by the names behind their slugs; each is a link to the view without it."""
    found: list[Component] = [
        dcc.Link(
            [f"{words} ", html.Span("×", **aria(hidden="true"))],
            href=address(path, filters.but(**{FIELD_OF.get(name, name): None})),
            className="jd-chip",
            title=say("Remove this filter", language),
        )
        for name, words in in_words(filters, names, language).items()
    ]
    if len(found) > 1:
        nothing = Filters(lang=filters.lang)
        found.append(dcc.Link(say("Clear all", language), href=address(path, nothing), className="jd-clear"))
    return found


def address(path: str, filters: Filters) -> str:
    """A page under these filters."""
    query = filters.query()
    return f"{path}?{query}" if query else path
