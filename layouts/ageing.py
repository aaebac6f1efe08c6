"""/ageing: how old is the backlog, who holds the oldest, and does it grow older?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import room

SHOWN: Final = ("ageing", "ageing-trend", "oldest")
LEAD: Final = "ageing"


def ageing(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Ageing", language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language) for name in SHOWN),
        ],
        className="jd-grid",
    )
