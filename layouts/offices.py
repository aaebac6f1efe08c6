"""/offices: how does each office do? With one asked for: who held its post, how its peers do, whence and whither."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from data_access.filters import Filters
from layouts.panel import HIDDEN, WAITING, room

SHOWN: Final = ("offices", "office", "ageing", "trend", "peers", "transfers")
LEAD: Final = "offices"
_ONE: Final = frozenset(SHOWN) - {"offices"}


def offices(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Offices", language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language, HIDDEN if name in silent else WAITING) for name in SHOWN),
        ],
        className="jd-grid",
    )


def silent(filters: Filters) -> frozenset[str]:
    """What is about one office says nothing until one is asked for."""
    return frozenset() if filters.office is not None else _ONE
