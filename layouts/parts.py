"""The small parts that pages are made of: messages, chips, addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.boundaries import MapLayer
from dashboard.words.filters import in_words
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.boundary_names import Level
from data_access.filters import FIELD_OF, Filters
from data_access.map_style import MapStyle
from layouts.aria import aria

To = Callable[[Filters], str]
"""Gives the address of a page under filters."""


def notice(sentence: str, back: str, back_text: str) -> Component:
    """A message in place of figures, with a way back."""
    return html.Div([html.P(sentence), dcc.Link(back_text, href=back)], className="jd-notice")


def chips(filters: Filters, free: Filters, names: Mapping[str, str], to: To) -> list[Component]:
    """The free ones of the filters, by the names behind their slugs; each is a link to the view without it."""
    language = filters.lang or DEFAULT_LANGUAGE
    found: list[Component] = [
        dcc.Link(
            [f"{words} ", html.Span("×", **aria(hidden="true"))],
            href=to(filters.but(**{FIELD_OF.get(name, name): None, "cursor": None})),
            className="jd-chip",
            title=say("Remove this filter", language),
        )
        for name, words in in_words(free, names, language).items()
    ]
    if len(found) > 1:
        nothing = to(Filters(lang=filters.lang))
        found.append(dcc.Link(say("Clear all", language), href=nothing, className="jd-clear"))
    return found


Layers = Mapping[Level, MapLayer]


@dataclass(frozen=True)
class Here:
    """The page that is shown: its path, the filters of its address, the layers of maps and how maps are drawn.

    `way` gives its address under other filters, as far as they have an answer together; `said` is what it opens with.
    """

    path: str
    filters: Filters = field(default_factory=Filters)
    layers: Layers = field(default_factory=dict)
    map_style: MapStyle = "shapes"
    way: To | None = None
    said: str = ""

    def to(self, **changes: date | str | int | None) -> str:
        """The address of this page with these filters changed and all others kept."""
        return address(self.path, self.filters.but(**changes))

    def to_some(self, **changes: date | str | None) -> str:
        """The same, without those of the others that have no answer beside the changes."""
        return (self.way or partial(address, self.path))(self.filters.but(**changes))


def address(path: str, filters: Filters) -> str:
    """A page under these filters."""
    query = filters.query()
    return f"{path}?{query}" if query else path
