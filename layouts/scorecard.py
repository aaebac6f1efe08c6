"""/: which government is failing its citizens, and are its resolved complaints really resolved?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from data_access.filters import Filters
from layouts.panel import HIDDEN, WAITING, room

SHOWN: Final = ("totals", "scorecard", "ladder", "departments", "desks", "trend", "changes")
_PLACES: Final = {
    **dict.fromkeys(SHOWN, "jd-wide"),
    **dict.fromkeys(("scorecard", "departments", "desks"), "jd-main"),
    "ladder": "jd-side",
}
LEAD: Final = "scorecard"
"""The panel whose lead opens the page."""


def scorecard(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Scorecard", language), className="visually-hidden"),
            *(room(PANELS[name], _PLACES[name], language, HIDDEN if name in silent else WAITING) for name in SHOWN),
        ],
        className="jd-grid",
    )


def silent(filters: Filters) -> frozenset[str]:
    """What says nothing under these filters: below a government come its departments, below one of them its offices."""
    given = filters.given()
    below = "desks" if "department" in given else "departments" if "government" in given else ""
    return frozenset({"departments", "desks"} - {below})
