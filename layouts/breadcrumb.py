"""Where one is, in one line: Pakistan › Sindh › Karachi division › Karachi South."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.text import say
from data_access.filters import Filters
from layouts.aria import aria
from layouts.parts import address

CRUMBS: Final = "breadcrumb"


def breadcrumb(whole: str, language: str) -> Component:
    """The room of the steps, of which the first is `whole`; the others come by a callback."""
    return html.Nav(
        html.Ol([html.Li(whole)], id=CRUMBS),
        className="jd-crumbs",
        **aria(label=say("Where you are", language)),
    )


def crumb(name: str, path: str, filters: Filters | None, *, here: bool) -> Component:
    """One step: a link to the page at `path` under these filters, or plain text where there are none."""
    inside = html.Span(name) if filters is None else dcc.Link(name, href=address(path, filters))
    return html.Li(inside, title=name, **(aria(current="page") if here else {}))
