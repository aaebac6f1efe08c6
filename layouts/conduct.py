"""/conduct: do citizens misuse the portal, and do offices flag them without cause? And the page of one citizen."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import marked, say
from layouts.panel import room
from layouts.rooms import page_of
from layouts.withheld import OPEN

SHOWN: Final = ("responsibility", "responsibility-course", "conduct-weights", "false-flags")
OF_ONE: Final = ("citizen-flags",)


def conduct(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Conduct"), SHOWN, language)


def of_one(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page of one citizen, with the ways to others."""
    ways: list[Component | str] = [
        html.A(say("Open the flags of another citizen", language), href=OPEN),
        " · ",
        html.A(say("All citizens", language), href="/conduct"),
    ]
    return html.Div(
        [
            html.H1(say("One citizen's flags", language), className="visually-hidden"),
            html.P(ways, className="jd-ways"),
            *(room(PANELS[name], "jd-wide", language) for name in OF_ONE),
        ],
        className="jd-grid",
    )
