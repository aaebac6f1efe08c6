"""/actions: which actions were taken, on which posts, of which kind?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import room

SHOWN: Final = ("actions", "action-totals")
LEAD: Final = "actions"


def actions(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Actions", language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language) for name in SHOWN),
        ],
        className="jd-grid",
    )
