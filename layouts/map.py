"""/map: where are complaints about, who holds them, and where is the backlog?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from data_access.filters import Filters
from layouts.panel import HIDDEN, WAITING, room

SHOWN: Final = ("provinces", "districts", "departments", "desks", "categories", "hotspots")
_PLACES: Final = {
    **dict.fromkeys(SHOWN, "jd-wide"),
    **dict.fromkeys(("departments", "desks", "categories"), "jd-half"),
}
LEAD: Final = "hotspots"
"""The panel whose lead opens the page: it is there under all filters."""
ALL_DISTRICTS: Final = "districts"


def map_page(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Map", language), className="visually-hidden"),
            *(room(PANELS[name], _PLACES[name], language, HIDDEN if name in silent else WAITING) for name in SHOWN),
        ],
        className="jd-grid jd-halves",
    )


def silent(filters: Filters) -> frozenset[str]:
    """What says nothing under these filters: provinces once one is looked at, offices until a department is."""
    given = filters.given()
    closer = given.keys() & {"government", "division", "district"} or filters.by == ALL_DISTRICTS
    return frozenset({"provinces" if closer else "districts", *(() if "department" in given else {"desks"})})
