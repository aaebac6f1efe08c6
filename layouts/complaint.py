"""/complaints/<number>: one complaint, and who held it for how long."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.listed import LIST
from layouts.panel import part_id, room

SHOWN: Final = ("complaint",)
LEAD: Final = "complaint"
BACK: Final = "back"


def complaint(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panel."""
    back = dcc.Link(say("Back to the list", language), href=LIST, id=part_id(BACK, SHOWN[0]), className="jd-back")
    return html.Div(
        [
            html.H1(say("One complaint", language), className="visually-hidden"),
            html.P(back, className="jd-wide jd-ways"),
            room(PANELS["complaint"], "jd-wide", language),
        ],
        className="jd-grid",
    )
