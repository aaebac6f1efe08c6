"""/officers: how does each officer do? With one asked for: which posts he or she held, and what lay there."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from data_access.filters import Filters
from layouts.panel import HIDDEN, WAITING, room

SHOWN: Final = ("officers", "officer")
LEAD: Final = "officers"


def officers(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Officers", language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language, HIDDEN if name in silent else WAITING) for name in SHOWN),
        ],
        className="jd-grid",
    )


def silent(filters: Filters) -> frozenset[str]:
    """The table until one is asked for, that one then."""
    return frozenset({"officers"} if filters.officer is not None else {"officer"})
