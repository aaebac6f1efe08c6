"""/: which government is failing its citizens, and are its resolved complaints really resolved?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from layouts.parts import slot

SHOWN: Final = ("totals", "scorecard", "ladder", "trend")
LEAD: Final = "scorecard"
"""The panel whose lead opens the page."""


def scorecard() -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1("Scorecard", className="visually-hidden"),
            slot(PANELS["totals"], 118, "jd-wide jd-totals"),
            slot(PANELS["scorecard"], 420, "jd-main"),
            slot(PANELS["ladder"], 300, "jd-side"),
            slot(PANELS["trend"], 460, "jd-wide"),
        ],
        className="jd-grid",
    )
