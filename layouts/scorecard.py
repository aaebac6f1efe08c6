"""/: which government is failing its citizens, and are its resolved complaints really resolved?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import room

SHOWN: Final = ("totals", "scorecard", "ladder", "trend", "changes")
LEAD: Final = "scorecard"
"""The panel whose lead opens the page."""


def scorecard(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Scorecard", language), className="visually-hidden"),
            room(PANELS["totals"], "jd-wide", language),
            room(PANELS["scorecard"], "jd-main", language),
            room(PANELS["ladder"], "jd-side", language),
            room(PANELS["trend"], "jd-wide", language),
            room(PANELS["changes"], "jd-wide", language),
        ],
        className="jd-grid",
    )
