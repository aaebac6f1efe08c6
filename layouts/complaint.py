"""/complaints/<number>: one complaint, and who held it for how long."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import part_id, room

SHOWN: Final = ("complaint",)
LEAD: Final = "complaint"
BACK: Final = "back"


def complaint(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panel."""
    return html.Div(
        [
            html.H1(say("One complaint", language), className="visually-hidden"),
            room(PANELS["complaint"], "jd-wide", language),
        ],
        className="jd-grid",
    )


def way_back(href: str, language: str) -> Component:
    """The way to the list that one came from: it is right from the first paint on, however soon it is clicked."""
    link = dcc.Link(say("Back to the list", language), href=href, id=part_id(BACK, SHOWN[0]), className="jd-back")
    return html.P(link, className="jd-ways")
