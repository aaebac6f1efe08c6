"""/review: what is to be done until the next review, what was promised, and where the pace leads."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import room

SHOWN: Final = ("worklist", "commitments", "projection", "crossings")
LEAD: Final = "worklist"
_PLACES: Final = {"worklist": "jd-wide", "commitments": "jd-half", "projection": "jd-half", "crossings": "jd-wide"}


def review(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Review", language), className="visually-hidden"),
            *(room(PANELS[name], _PLACES[name], language) for name in SHOWN),
        ],
        className="jd-grid jd-halves",
    )
